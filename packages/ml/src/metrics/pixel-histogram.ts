import { bitsOf, BadScoresError, sortableKey, valueOfKey } from './float-keys.ts';
import type { OperatingPoints } from './operating-points.ts';
import type { PixelRanking, ScoredMap } from './pixel-points.ts';
import { labelRegions } from './regions.ts';

/** Pixels whose scores share a bin, the highest bin first. */
export interface HistogramBin {
  /** Lowest score that falls into it. */
  readonly threshold: number;
  readonly positives: number;
  readonly negatives: number;
  /** Share of all regions that its positives make up, each region of the same weight. */
  readonly overlap: number;
}

const lowestFloat = -3.4028234663852886e38;

/**
 * Scores counted in fixed bins, for sets whose positives are too many to sort. A bin is the upper bits of the score's order-preserving float32 key,
 * so bins need no range: their width is 2^−11 of the score's power of two with the default 20 bits (SSIM residuals near 1: 0.0005), and histograms made
 * anywhere can be merged. Its memory is three numbers a bin (25 MB), whatever is counted.
 */
export class PixelHistogram implements PixelRanking {
  readonly #bits: number;
  readonly #positives: Float64Array;
  readonly #negatives: Float64Array;
  /** Σ 1/size of the positives' regions. */
  readonly #overlap: Float64Array;
  #regions = 0;

  /** @param bits of the key that decide the bin, 1 to 24 */
  constructor(bits = 20) {
    if (!Number.isInteger(bits) || bits < 1 || bits > 24) throw new RangeError(`a histogram by ${bits} bits cannot be made; from 1 to 24`);
    this.#bits = bits;
    this.#positives = new Float64Array(2 ** bits);
    this.#negatives = new Float64Array(2 ** bits);
    this.#overlap = new Float64Array(2 ** bits);
  }

  /** Fixed bins need no first look. */
  collect(): void {
    return;
  }

  /** @throws BadScoresError where a score is not finite */
  count({ map, mask }: ScoredMap): void {
    const shift = 32 - this.#bits;
    const bits = bitsOf(map.data);
    const labels = mask.data;
    const regions = labels.includes(1) ? labelRegions(mask) : null;
    for (let i = 0; i < bits.length; i++) {
      const bin = sortableKey(bits[i]!) >>> shift;
      if (labels[i]) {
        this.#positives[bin] = this.#positives[bin]! + 1;
        this.#overlap[bin] = this.#overlap[bin]! + 1 / regions!.sizes[regions!.labels[i]! - 1]!;
      } else this.#negatives[bin] = this.#negatives[bin]! + 1;
    }
    this.#regions += regions?.sizes.length ?? 0;
  }

  /** Adds what another histogram counted. @throws BadScoresError where its bins are others */
  merge(other: PixelHistogram): this {
    if (other.#bits !== this.#bits)
      throw new BadScoresError(`histograms by ${this.#bits} and ${other.#bits} bits cannot be merged; make both with the same`);
    const add = (to: Float64Array, from: Float64Array): void => from.forEach((value, i) => (to[i] = to[i]! + value));
    add(this.#positives, other.#positives);
    add(this.#negatives, other.#negatives);
    add(this.#overlap, other.#overlap);
    this.#regions += other.#regions;
    return this;
  }

  /** The bins that hold something, the highest scores first. */
  bins(): HistogramBin[] {
    const bins: HistogramBin[] = [];
    for (let bin = this.#positives.length - 1; bin >= 0; bin--) {
      const [positives, negatives] = [this.#positives[bin]!, this.#negatives[bin]!];
      if (positives + negatives === 0) continue;
      const edge = valueOfKey((bin << (32 - this.#bits)) >>> 0);
      const threshold = Number.isFinite(edge) ? edge : lowestFloat;
      bins.push({ threshold, positives, negatives, overlap: this.#regions === 0 ? 0 : this.#overlap[bin]! / this.#regions });
    }
    return bins;
  }

  /** Operating points as if the scores of a bin were equal. */
  points(): OperatingPoints {
    const points: { threshold: number; tp: number; fp: number; fpAbove: number; overlap: number }[] = [];
    let [tp, fp, overlap] = [0, 0, 0];
    for (const bin of this.bins()) {
      const fpAbove = fp;
      tp += bin.positives;
      fp += bin.negatives;
      overlap += bin.overlap;
      if (bin.positives > 0) points.push({ threshold: bin.threshold, tp, fp, fpAbove, overlap });
    }
    return {
      thresholds: Float64Array.from(points, (point) => point.threshold),
      truePositives: Float64Array.from(points, (point) => point.tp),
      falsePositives: Float64Array.from(points, (point) => point.fp),
      falsePositivesAbove: Float64Array.from(points, (point) => point.fpAbove),
      regionOverlap: Float64Array.from(points, (point) => point.overlap),
      positives: tp,
      negatives: fp,
    };
  }
}
