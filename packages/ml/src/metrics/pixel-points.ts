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

/** Scores of an image's defective pixels as keys, and the region of each, numbered over all images from `firstRegion`. */
interface ImagePositives {
  readonly keys: Uint32Array;
  readonly regions: Uint32Array;
}

function positivesOf({ map, mask }: ScoredMap, firstRegion: number, regionSizes: number[]): ImagePositives | null {
  if (!mask.data.includes(1)) return null;
  const { labels, sizes } = labelRegions(mask);
  const count = sizes.reduce((sum, size) => sum + size, 0);
  const [keys, regions] = [new Uint32Array(count), new Uint32Array(count)];
  const bits = bitsOf(map.data);
  for (let i = 0, at = 0; i < labels.length; i++) {
    if (!labels[i]) continue;
    keys[at] = sortableKey(bits[i]!);
    regions[at++] = firstRegion + labels[i]! - 1;
  }
  for (const size of sizes) regionSizes.push(size);
  return { keys, regions };
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

/** What gives operating points of images shown one at a time: all of them once, then all of them again. */
export interface PixelRanking {
  collect(image: ScoredMap): void;
  count(image: ScoredMap): void;
  points(): OperatingPoints;
}

/**
 * Exact operating points: the positives are sorted, every negative is counted against them. Keeps the positives' scores (`bytesPerPositive` at
 * the end) and none of the negatives', so that maps need not be held.
 */
export class ExactRanking implements PixelRanking {
  readonly #regionSizes: number[] = [];
  #collected: ImagePositives[] = [];
  #keys = new Uint32Array(0);
  #regions = new Uint32Array(0);
  #distinct = new Uint32Array(0);
  /** Negatives between and at the distinct keys of the positives: slot 2k lies below key k, slot 2k + 1 equals it. */
  #negatives = new Float64Array(1);
  #index: KeyIndex | null = null;

  collect(image: ScoredMap): void {
    const found = positivesOf(image, this.#regionSizes.length, this.#regionSizes);
    if (found) this.#collected.push(found);
  }

  #sort(): KeyIndex {
    const count = this.#collected.reduce((sum, { keys }) => sum + keys.length, 0);
    this.#keys = new Uint32Array(count);
    this.#regions = new Uint32Array(count);
    let at = 0;
    for (const { keys, regions } of this.#collected) {
      this.#keys.set(keys, at);
      this.#regions.set(regions, at);
      at += keys.length;
    }
    this.#collected = [];
    radixSort(this.#keys, this.#regions);
    this.#distinct = this.#keys.filter((key, i, keys) => i === 0 || key !== keys[i - 1]);
    this.#negatives = new Float64Array(2 * this.#distinct.length + 1);
    return new KeyIndex(this.#distinct);
  }

  count({ map, mask }: ScoredMap): void {
    const index = (this.#index ??= this.#sort());
    const counts = this.#negatives;
    const bits = bitsOf(map.data);
    const labels = mask.data;
    for (let i = 0; i < bits.length; i++) {
      if (labels[i]) continue;
      const slot = index.slot(sortableKey(bits[i]!));
      counts[slot] = counts[slot]! + 1;
    }
  }

  points(): OperatingPoints {
    const [keys, distinct, counts, regions, regionSizes] = [this.#keys, this.#distinct, this.#negatives, this.#regions, this.#regionSizes];
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
}

/** Most memory that ExactRanking takes a positive: key and region twice while sorting; then key, distinct key, two counts of negatives, five numbers a point. */
export const bytesPerPositive = 72;

/**
 * Operating points over the pooled pixels of all images, exact; with the mean overlap of the 8-connected regions, each of the same weight.
 * @throws BadScoresError where a score is not finite or a mask does not fit
 */
export function pointsOfPixels(images: readonly ScoredMap[]): OperatingPoints {
  const ranking = new ExactRanking();
  images.forEach(requireFit);
  for (const image of images) ranking.collect(image);
  for (const image of images) ranking.count(image);
  return ranking.points();
}
