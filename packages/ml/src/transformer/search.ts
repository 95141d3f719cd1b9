import type { Angles, BatchShape } from './batch.ts';
import type { OrientationLoss } from './orientation-loss.ts';
import type { Sampler } from './read-positions.ts';
import { orientationDifference } from './rotation.ts';
import { rotate } from './samplers.ts';
import { halfTurnGrid, minima, SteeredOrientation } from './steered.ts';

/** What was found for each image of a batch. */
export interface FoundOrientations {
  /** Radians in [−π/2, π/2), one an image: turned by it, the image lies in its orientation. */
  readonly angles: Float64Array;
  /** J there. */
  readonly values: Float64Array;
}

export interface SearchOptions {
  /** Angles over half a turn at which the steered J is taken. */
  readonly grid: number;
  /** Golden-section steps on J itself; each makes the bracket, at first two grid steps wide, 0.618 times as wide. 0: the steered minimum as it is. */
  readonly steps: number;
}

/** 3° apart, then 6°·0.618⁸ = 0.13°. */
export const defaultSearch: SearchOptions = { grid: 60, steps: 8 };

/**
 * Of the two turns by α and α + 180°, which J cannot tell apart, the one of at most 90°: parts photographed upright stay upright, where [0, π) would turn
 * every second one upside down. The head `vector` of the localisation network gives the same one.
 */
export const nearUpright = (alpha: number): number => orientationDifference(alpha, 0);

/** Keeps of two candidates per image the one with the lower J. */
function keepLower(best: FoundOrientations, angles: Float64Array, values: Float64Array): void {
  for (let n = 0; n < angles.length; n++)
    if (values[n]! < best.values[n]!) {
      best.values[n] = values[n]!;
      best.angles[n] = nearUpright(angles[n]!);
    }
}

/**
 * The orientation of each image without a network, the oracle of what a perfect localisation network could give: the lowest minimum of J over a grid of
 * half a turn (steered where it can be), then a golden-section search on J around it; the lowest J seen wins. Deterministic, the same number of evaluations
 * for every image. An image without any gradient keeps the angle 0.
 * @throws RangeError where lengths do not fit, or where the region leaves no pixel to measure
 */
export function searchOrientation(
  loss: OrientationLoss,
  images: Float32Array,
  shape: BatchShape,
  { grid, steps }: SearchOptions = defaultSearch,
): FoundOrientations {
  const curves = gridOf(loss, images, shape, grid);
  const start = Float64Array.from({ length: shape.count }, (_, n) =>
    nearUpright(minima(curves.subarray(n * grid, (n + 1) * grid))[0]?.angle ?? 0),
  );
  const best = { angles: start.slice(), values: loss.values(images, shape, start) };
  if (steps === 0) return best;
  const golden = (Math.sqrt(5) - 1) / 2;
  const step = Math.PI / grid;
  const low = start.map((angle) => angle - step);
  const high = start.map((angle) => angle + step);
  const inner = low.map((from, n) => high[n]! - golden * (high[n]! - from));
  const outer = low.map((from, n) => from + golden * (high[n]! - from));
  const probe = (angles: Float64Array) => {
    const values = loss.values(images, shape, angles);
    keepLower(best, angles, values);
    return values;
  };
  const atInner = probe(inner);
  const atOuter = probe(outer);
  for (let round = 1; round < steps; round++) {
    const next = new Float64Array(shape.count);
    const goesLow = atInner.map((value, n) => (value < atOuter[n]! ? 1 : 0));
    for (let n = 0; n < shape.count; n++) {
      if (goesLow[n]) {
        [high[n], outer[n], atOuter[n]] = [outer[n]!, inner[n]!, atInner[n]!];
        next[n] = inner[n] = high[n]! - golden * (high[n]! - low[n]!);
      } else {
        [low[n], inner[n], atInner[n]] = [inner[n]!, outer[n]!, atOuter[n]!];
        next[n] = outer[n] = low[n]! + golden * (high[n]! - low[n]!);
      }
    }
    const values = probe(next);
    for (let n = 0; n < shape.count; n++) (goesLow[n] ? atInner : atOuter)[n] = values[n]!;
  }
  return best;
}

/** J at every angle of the grid, an image after the other: steered, but for the mask `before`, whose border no steered filter sees. */
function gridOf(loss: OrientationLoss, images: Float32Array, shape: BatchShape, grid: number): Float64Array {
  const angles = halfTurnGrid(grid);
  if (loss.mask !== 'before') return new SteeredOrientation(loss.roi, loss.mask).curves(images, shape, angles);
  const curves = new Float64Array(shape.count * grid);
  angles.forEach((angle, k) => {
    const values = loss.values(images, shape, new Float64Array(shape.count).fill(angle));
    values.forEach((value, n) => (curves[n * grid + k] = value));
  });
  return curves;
}

/** The localisation network: images of the shape to one angle an image, in radians. */
export type Localise = (images: Float32Array, shape: BatchShape) => Promise<Angles>;

/**
 * Multi-start (after Bidart & Wong, affine variational autoencoders): the network sees each image turned by k·180°/starts for every k; its angle plus that
 * turn is a candidate, and of the candidates the one with the lowest J wins. Repairs what a network gets wrong only for some views.
 * @param sampler what turns the images for the network
 * @throws RangeError where there is no start, lengths do not fit, an angle is not finite, or the region leaves no pixel to measure
 */
export async function multiStart(
  loss: OrientationLoss,
  images: Float32Array,
  shape: BatchShape,
  localise: Localise,
  starts: number,
  sampler: Sampler = 'bilinear',
): Promise<FoundOrientations> {
  if (!(Number.isInteger(starts) && starts >= 1)) throw new RangeError(`multi-start needs one start or more, not ${starts}`);
  const best = { angles: new Float64Array(shape.count), values: new Float64Array(shape.count).fill(Infinity) };
  for (const start of halfTurnGrid(starts)) {
    const turned = rotate(sampler, images, shape, new Float64Array(shape.count).fill(start));
    const candidates = Float64Array.from(await localise(turned, shape), (angle) => angle + start);
    keepLower(best, candidates, loss.values(images, shape, candidates));
  }
  return best;
}
