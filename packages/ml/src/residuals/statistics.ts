import { resizeMapBilinear, type FloatMap } from '../geometry/index.ts';

/** The map at another size, bilinearly with half-pixel centres: what is exported and scored at the original image's size. */
export function upsampleMap(map: FloatMap, width: number, height: number): FloatMap {
  return resizeMapBilinear(map, width, height);
}

export interface MapStatistics {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** 99 % quantile, linear between neighbours. */
  readonly p99: number;
}

/** What is kept of a map beside its pixels. */
export function mapStatistics(map: FloatMap): MapStatistics {
  const sorted = map.data.toSorted();
  const at = 0.99 * (sorted.length - 1);
  const low = Math.floor(at);
  const below = sorted[low]!;
  const above = sorted[Math.min(low + 1, sorted.length - 1)]!;
  let sum = 0;
  for (const value of sorted) sum += value;
  return { min: sorted[0]!, max: sorted.at(-1)!, mean: sum / sorted.length, p99: below + (above - below) * (at - low) };
}
