import type { PixelImage } from '../geometry/index.ts';
import type { OrientationLoss } from './orientation-loss.ts';
import { minima, type OrientationMinimum } from './steered.ts';

/** J over a full turn (Fig. 7). */
export interface OrientationCurve {
  /** Radians, evenly from 0. */
  readonly angles: Float64Array;
  readonly values: Float64Array;
  /** Lowest first, within half a turn: J has period 180°, so each stands for two. */
  readonly minima: readonly OrientationMinimum[];
}

/**
 * J of one picture at `count` angles over a full turn, each with the picture turned by the sampler.
 * @param count even, so that the second half turn meets the angles of the first
 * @throws RangeError where picture and region of interest do not fit
 */
export function orientationCurve(loss: OrientationLoss, image: PixelImage, count = 360): OrientationCurve {
  if (count < 4 || count % 2 !== 0) throw new RangeError(`${count} angles over a full turn are not possible; give an even number from 4`);
  const shape = { count: 1, side: image.width, channels: image.channels };
  const angles = Float64Array.from({ length: count }, (_, k) => (2 * Math.PI * k) / count);
  const values = Float64Array.from(angles, (angle) => loss.values(image.data, shape, [angle])[0]!);
  return { angles, values, minima: minima(values.subarray(0, count / 2)) };
}
