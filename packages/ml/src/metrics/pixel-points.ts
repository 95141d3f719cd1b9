import type { FloatMap, Mask } from '../geometry/index.ts';
import { bitsOf, BadScoresError, sortableKey, valueOfKey } from './float-keys.ts';
import type { OperatingPoints } from './operating-points.ts';
import { radixSort } from './radix-sort.ts';
import { labelRegions } from './regions.ts';

/** A map and its mask, of one size. */
export interface ScoredMap {
  readonly map: FloatMap;
  readonly mask: Mask;
}

/** @throws BadScoresError where map and mask differ in size */
export function requireFit({ map, mask }: ScoredMap): void {
  if (map.width !== mask.width || map.height !== mask.height || map.data.length !== mask.data.length)
    throw new BadScoresError(
      `a map of ${map.width} × ${map.height} px (${map.data.length} scores) has a mask of ${mask.width} × ${mask.height} px (${mask.data.length} labels); they must agree`,
    );
}

interface Positives {
  /** Sorted ascending. */
  readonly keys: Uint32Array;
  /** Region of each, numbered over all images from 0. */
  readonly regions: Uint32Array;
  readonly regionSizes: readonly number[];
}

function collectPositives(images: readonly ScoredMap[]): Positives {
  let count = 0;
  for (const { mask } of images) for (let i = 0; i < mask.data.length; i++) if (mask.data[i]) count++;
  const keys = new Uint32Array(count);
  const regions = new Uint32Array(count);
  const regionSizes: number[] = [];
  let at = 0;
  for (const { map, mask } of images) {
    if (!mask.data.includes(1)) continue;
    const { labels, sizes } = labelRegions(mask);
    const bits = bitsOf(map.data);
    for (let i = 0; i < labels.length; i++) {
      if (!labels[i]) continue;
      keys[at] = sortableKey(bits[i]!);
      regions[at++] = regionSizes.length + labels[i]! - 1;
    }
    for (const size of sizes) regionSizes.push(size);
  }
  radixSort(keys, regions);
  return { keys, regions, regionSizes };
}

const tableBits = 18;

/** Where a key stands among ascending distinct keys: a table over their range narrows the binary search to a few steps. */
class KeyIndex {
  readonly #distinct: Uint32Array;
  readonly #first: number;
  readonly #last: number;
  readonly #shift: number;
  readonly #table: Uint32Array;

  constructor(distinct: Uint32Array) {
    this.#distinct = distinct;
    // Without any key every other one lies below them all.
    this.#first = distinct[0] ?? Infinity;
    this.#last = distinct.at(-1) ?? Infinity;
    const range = distinct.length > 0 ? this.#last - this.#first : 0;
    this.#shift = Math.max(0, 32 - Math.clz32(range) - tableBits);
    this.#table = new Uint32Array((range >>> this.#shift) + 2);
    let at = 0;
    for (let cell = 0; cell < this.#table.length; cell++) {
      while (at < distinct.length && (distinct[at]! - this.#first) >>> this.#shift < cell) at++;
      this.#table[cell] = at;
    }
  }

  /** Twice the number of distinct keys below `key`, plus one where `key` is among them. */
  slot(key: number): number {
    if (key < this.#first) return 0;
    const distinct = this.#distinct;
    if (key > this.#last) return 2 * distinct.length;
    const cell = (key - this.#first) >>> this.#shift;
    let low = this.#table[cell]!;
    let high = this.#table[cell + 1]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (distinct[middle]! < key) low = middle + 1;
      else high = middle;
    }
    return 2 * low + (low < distinct.length && distinct[low] === key ? 1 : 0);
  }
}

/** Negatives counted between and at the distinct keys of the positives: slot 2k lies below key k, slot 2k + 1 equals it. */
function countNegatives(images: readonly ScoredMap[], distinct: Uint32Array): Float64Array {
  const counts = new Float64Array(2 * distinct.length + 1);
  const index = new KeyIndex(distinct);
  for (const { map, mask } of images) {
    const bits = bitsOf(map.data);
    const labels = mask.data;
    for (let i = 0; i < bits.length; i++) {
      if (labels[i]) continue;
      const slot = index.slot(sortableKey(bits[i]!));
      counts[slot] = counts[slot]! + 1;
    }
  }
  return counts;
}

/**
 * Operating points over the pooled pixels of all images, exact: positives sorted, every negative counted against them; with the mean overlap of
 * the 8-connected regions, each of the same weight.
 * @throws BadScoresError where a score is not finite or a mask does not fit
 */
export function pointsOfPixels(images: readonly ScoredMap[]): OperatingPoints {
  images.forEach(requireFit);
  const { keys, regions, regionSizes } = collectPositives(images);
  const distinct = keys.filter((key, i) => i === 0 || key !== keys[i - 1]);
  const counts = countNegatives(images, distinct);
  const points = distinct.length;
  const result = {
    thresholds: new Float64Array(points),
    truePositives: new Float64Array(points),
    falsePositives: new Float64Array(points),
    falsePositivesAbove: new Float64Array(points),
    regionOverlap: new Float64Array(points),
  };
  let negatives = counts[2 * points]!;
  let overlap = 0;
  let next = keys.length - 1;
  for (let k = points - 1, out = 0; k >= 0; k--, out++) {
    result.thresholds[out] = valueOfKey(distinct[k]!);
    result.falsePositivesAbove[out] = negatives;
    negatives += counts[2 * k + 1]!;
    result.falsePositives[out] = negatives;
    negatives += counts[2 * k]!;
    for (; next >= 0 && keys[next] === distinct[k]; next--) overlap += 1 / regionSizes[regions[next]!]!;
    result.truePositives[out] = keys.length - 1 - next;
    result.regionOverlap[out] = overlap / regionSizes.length;
  }
  return { ...result, positives: keys.length, negatives };
}
