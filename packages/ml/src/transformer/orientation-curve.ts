import type { PixelImage } from '../geometry/index.ts';
import type { OrientationLoss } from './orientation-loss.ts';
import { minima, type OrientationMinimum } from './steered.ts';

/** J over a full turn (Fig. 7). */
export interface OrientationCurve {
  /** Radians, evenly from 0. */
  readonly angles: Float64Array;
  readonly values: Float64Array;
  /** Lowest first, within half a turn: J has period 180°, so each stands for two. Ripples are left out. */
  readonly minima: readonly OrientationMinimum[];
}

/**
 * How far a curve must rise around a minimum, as a share of its whole range, for it to be more than a ripple of interpolation and mask: at multiples
 * of 90° the sampler does not blur, and fine textures have a spike there.
 */
const PROMINENCE = 0.15;

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
  const half = values.subarray(0, count / 2);
  const needed = PROMINENCE * (Math.max(...half) - Math.min(...half));
  return { angles, values, minima: minima(half).filter((minimum) => prominence(half, minimum) >= needed) };
}

/** How far one must climb from a minimum, at least, to get to a lower place of the closed curve; to the top where there is none. */
function prominence(curve: Float64Array, { angle, value }: OrientationMinimum): number {
  const start = Math.round((angle * curve.length) / Math.PI);
  const climb = (direction: 1 | -1): number => {
    let top = value;
    for (let step = 1; step < curve.length; step++) {
      const here = curve[(start + direction * step + curve.length) % curve.length]!;
      // Within a step of the minimum its parabola may lie below the curve's own values.
      if (here < value) break;
      top = Math.max(top, here);
    }
    return top - value;
  };
  return Math.min(climb(1), climb(-1));
}
