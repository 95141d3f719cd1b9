import { resizeMapBilinear, type FloatMap } from '../geometry/index.ts';
import { imageScore, quantileOfMaps } from '../metrics/index.ts';

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
  return {
    min: quantileOfMaps([map.data], 0),
    max: imageScore(map, 'max'),
    mean: imageScore(map, 'mean'),
    p99: quantileOfMaps([map.data], 0.99),
  };
}
