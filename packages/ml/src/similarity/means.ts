import { erodeMask, type FloatMap, type Mask } from '../geometry/index.ts';

/** Mean of a map over all its pixels, or over those where the mask is 1; float64. Null where no pixel counts. */
export function meanOf(map: FloatMap, mask?: Mask): number | null {
  if (mask && (mask.width !== map.width || mask.height !== map.height))
    throw new RangeError(`a ${mask.width} × ${mask.height} mask does not fit a ${map.width} × ${map.height} map`);
  let sum = 0;
  let count = 0;
  for (let i = 0; i < map.data.length; i++) {
    if (mask && !mask.data[i]) continue;
    sum += map.data[i]!;
    count++;
  }
  return count === 0 ? null : sum / count;
}

/** Mean without a border of `radius` px: scikit-image's number for SSIM. Null where nothing is left. */
export function meanInterior(map: FloatMap, radius: number): number | null {
  let sum = 0;
  let count = 0;
  for (let y = radius; y < map.height - radius; y++) {
    for (let x = radius; x < map.width - radius; x++) {
      sum += map.data[y * map.width + x]!;
      count++;
    }
  }
  return count === 0 ? null : sum / count;
}

/** Mean over the mask eroded by the window's radius: pixels whose whole window lies inside it (science: the valid region of SSIM). */
export function meanOverValid(map: FloatMap, mask: Mask, radius: number): number | null {
  return meanOf(map, erodeMask(mask, radius));
}
