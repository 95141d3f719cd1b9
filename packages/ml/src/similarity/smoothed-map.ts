import type { FloatMap } from '../geometry/index.ts';
import { defaultSsim, windowWeights } from './window.ts';
import { WindowedMean } from './windowed-mean.ts';

/**
 * The map under a Gaussian of standard deviation `sigma` px, mirrored borders (edge pixel repeated), cut off at 4σ: SciPy's
 * gaussian_filter with its defaults; computed in float64.
 * @param sigma 0 gives the map itself
 * @throws RangeError where sigma is negative or not finite
 */
export function smoothedMap(map: FloatMap, sigma: number): FloatMap {
  if (!(sigma >= 0 && Number.isFinite(sigma)))
    throw new RangeError(`a map cannot be smoothed with a sigma of ${sigma}; it must be 0 or more`);
  const radius = Math.floor(4 * sigma + 0.5);
  if (radius === 0) return map;
  const { width, height } = map;
  const weights = windowWeights({ ...defaultSsim, window: 'gaussian', sigma, size: 2 * radius + 1 });
  const means = new WindowedMean(Float64Array.from(map.data), width, height, weights, false);
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) data.set(means.row(y), y * width);
  return { width, height, data };
}
