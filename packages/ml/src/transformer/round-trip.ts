import type { FloatMap, PixelImage } from '../geometry/index.ts';
import type { Sampler } from './read-positions.ts';
import { rotate } from './samplers.ts';

/** What turning a picture and turning it back does to it (Section 4, Fig. 4). */
export interface RoundTrip {
  readonly forward: PixelImage;
  readonly back: PixelImage;
  /** Picture after the way back less the one before, mean over the channels, on the 0–255 scale. */
  readonly difference: FloatMap;
  /** Mean squared difference over all pixels and channels, 0–255 scale. */
  readonly mse: number;
  /** The same within `inner` pixels of each side; null where none is left. */
  readonly mseInner: number | null;
}

/**
 * Turns a square picture by α and the result by −α with the same sampler.
 * @param alpha radians
 * @param inner first and last row and column that count for `mseInner`, e.g. those that hold content and no padding
 * @throws RangeError for a picture that is not square, or an angle that is not finite
 */
export function roundTrip(sampler: Sampler, image: PixelImage, alpha: number, inner: readonly [number, number]): RoundTrip {
  if (image.width !== image.height) throw new RangeError(`only square pictures are turned, not one of ${image.width} × ${image.height} px`);
  const shape = { count: 1, side: image.width, channels: image.channels };
  const there = rotate(sampler, image.data, shape, [alpha]);
  const back = rotate(sampler, there, shape, [-alpha]);
  const difference = new Float32Array(image.width * image.height);
  const [first, last] = inner;
  let [sum, innerSum] = [0, 0];
  for (let p = 0; p < difference.length; p++) {
    const [x, y] = [p % image.width, Math.floor(p / image.width)];
    const inside = x >= first && x <= last && y >= first && y <= last;
    let mean = 0;
    for (let i = p * image.channels; i < (p + 1) * image.channels; i++) {
      const change = 255 * (back[i]! - image.data[i]!);
      mean += change / image.channels;
      sum += change * change;
      if (inside) innerSum += change * change;
    }
    difference[p] = mean;
  }
  const side = Math.max(0, Math.min(last, image.width - 1) - Math.max(first, 0) + 1);
  return {
    forward: { ...image, data: there },
    back: { ...image, data: back },
    difference: { width: image.width, height: image.height, data: difference },
    mse: sum / back.length,
    mseInner: side === 0 ? null : innerSum / (side * side * image.channels),
  };
}
