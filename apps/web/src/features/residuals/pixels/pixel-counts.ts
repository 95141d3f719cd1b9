import type { FloatMap, Mask } from '@plumbline/ml/geometry';
import type { Confusion } from './confusion.ts';
import type { ThresholdEdges } from './threshold-edges.ts';

/** How many pixels of one image fall into each bin, of the bins that hold any; small enough to hand from a worker. */
export interface ImageCounts {
  /** The bin of the first entry. */
  readonly first: number;
  /** By bin: pixels of the ground truth, and the others. */
  readonly defective: Uint32Array<ArrayBuffer>;
  readonly good: Uint32Array<ArrayBuffer>;
}

/**
 * Counts a map's pixels by value and ground truth.
 * @param truth null = a good image, every pixel is good
 * @throws Error where map and truth are of different sizes
 */
export function countPixels(map: FloatMap, truth: Mask | null, edges: ThresholdEdges): ImageCounts {
  if (truth && truth.data.length !== map.data.length)
    throw new Error(`The mask is ${truth.width}×${truth.height} but the residual map ${map.width}×${map.height}: import the mask again.`);
  const bins = edges.binsOf(map.data);
  const [defective, good] = [new Uint32Array(edges.bins), new Uint32Array(edges.bins)];
  let [first, last] = [edges.bins, -1];
  for (let i = 0; i < bins.length; i++) {
    const bin = bins[i]!;
    const counts = truth && truth.data[i]! > 0 ? defective : good;
    counts[bin] = counts[bin]! + 1;
    if (bin < first) first = bin;
    if (bin > last) last = bin;
  }
  return last < 0
    ? { first: 0, defective: new Uint32Array(0), good: new Uint32Array(0) }
    : { first, defective: defective.slice(first, last + 1), good: good.slice(first, last + 1) };
}

/** The pixels of many images together, shown one at a time: what a threshold does to the whole set, at once. */
export class SetCounts {
  readonly edges: ThresholdEdges;
  readonly #defective: Float64Array;
  readonly #good: Float64Array;
  /** The same, summed from each bin upwards; null until asked for after an image was added. */
  #atLeast: { readonly defective: Float64Array; readonly good: Float64Array } | null = null;
  #images = 0;

  constructor(edges: ThresholdEdges) {
    this.edges = edges;
    this.#defective = new Float64Array(edges.bins);
    this.#good = new Float64Array(edges.bins);
  }

  /** Images counted so far. */
  get images(): number {
    return this.#images;
  }

  add({ first, defective, good }: ImageCounts): void {
    for (let i = 0; i < good.length; i++) {
      this.#defective[first + i] = this.#defective[first + i]! + defective[i]!;
      this.#good[first + i] = this.#good[first + i]! + good[i]!;
    }
    this.#images++;
    this.#atLeast = null;
  }

  /** Pixels of all images against their ground truth; null where the threshold is none of the edges. */
  confusionAt(threshold: number): Confusion | null {
    const bin = this.edges.at(threshold);
    if (bin === null) return null;
    const { defective, good } = (this.#atLeast ??= { defective: summed(this.#defective), good: summed(this.#good) });
    const [truePositive, falsePositive] = [defective[bin]!, good[bin]!];
    return {
      truePositive,
      falsePositive,
      falseNegative: defective[0]! - truePositive,
      trueNegative: good[0]! - falsePositive,
    };
  }
}

function summed(counts: Float64Array): Float64Array {
  const sums = counts.slice();
  for (let bin = sums.length - 2; bin >= 0; bin--) sums[bin] = sums[bin]! + sums[bin + 1]!;
  return sums;
}
