import type { Mask } from '../geometry/index.ts';
import { requireBatch, type Angles, type BatchShape } from './batch.ts';
import { GradientFilters } from './gradient-filters.ts';
import { MeasuredRegion, requirePixels } from './measured-region.ts';
import { wrapHalfTurn } from './rotation.ts';
import { greyOf, halve } from './reduced.ts';

/**
 * J(α) without turning anything: the horizontal gradient of the turned picture is cos α·g_x + sin α·g_y of the unturned one (a steered filter), so both
 * are taken once and every further angle costs one sum. Differs from J by the blur of interpolation and by the filters' small departure from
 * circles; on brick the minimum moves by 0.5° (science.md §7). For sweeps, plots and the first step of a search.
 */
export class SteeredOrientation {
  readonly #side: number;
  readonly #pixels: Int32Array;
  readonly #filters: GradientFilters;

  /**
   * @param roi region of interest, a mask of the images' (even) side
   * @param mask `after`: the region eroded by the filters' reach · `disc`: the inscribed disc
   * @throws RangeError where the mask is not a square of an even side or leaves no pixel to measure
   */
  constructor(roi: Mask, mask: 'after' | 'disc' = 'after') {
    const region = new MeasuredRegion(roi);
    const measured = mask === 'disc' ? region.disc() : region.eroded();
    this.#pixels = new Int32Array(requirePixels(measured));
    for (let k = 0, count = 0; k < measured.data.length; k++) if (measured.data[k] === 1) this.#pixels[count++] = k;
    this.#side = region.side;
    this.#filters = new GradientFilters(region.side / 2);
  }

  /**
   * The steered J of every image at every angle: image n at angle k lies at n · angles.length + k.
   * @param angles radians, the same table for all images
   * @throws RangeError where lengths do not fit
   */
  curves(images: Float32Array, shape: BatchShape, angles: Angles): Float64Array {
    requireBatch(images, shape, 'the images');
    const { side, count, channels } = shape;
    if (side !== this.#side) throw new RangeError(`the region of interest has ${this.#side} px a side, but the images have ${side}`);
    const pixels = this.#pixels;
    const grey = new Float32Array(side * side);
    const plane = new Float64Array((side * side) / 4);
    const slope = new Float64Array(plane.length);
    const [across, down] = [new Float64Array(pixels.length), new Float64Array(pixels.length)];
    const curves = new Float64Array(count * angles.length);
    for (let n = 0, o = 0; n < count; n++) {
      greyOf(images, n, side, channels, grey);
      halve(grey, side, plane);
      this.#filters.blur(plane, plane);
      this.#filters.across(plane, slope);
      pick(slope, pixels, across);
      this.#filters.down(plane, slope);
      pick(slope, pixels, down);
      for (let k = 0; k < angles.length; k++) curves[o++] = steeredMean(across, down, angles[k]!);
    }
    return curves;
  }
}

function pick(plane: Float64Array, pixels: Int32Array, out: Float64Array): void {
  for (let k = 0; k < pixels.length; k++) out[k] = plane[pixels[k]!]!;
}

/** Mean of |cos α·g_x + sin α·g_y|. */
function steeredMean(across: Float64Array, down: Float64Array, alpha: number): number {
  const cos = Math.cos(alpha);
  const sin = Math.sin(alpha);
  let sum = 0;
  for (let k = 0; k < across.length; k++) sum += Math.abs(cos * across[k]! + sin * down[k]!);
  return sum / across.length;
}

/** `count` angles evenly over half a turn, from 0: what a curve's index k stands for is k·π/count. */
export function halfTurnGrid(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, k) => (k * Math.PI) / count);
}

/** A place where J is lower than around it. */
export interface OrientationMinimum {
  /** Radians in [0, π): an orientation is defined modulo 180°. */
  readonly angle: number;
  /** J there, read off the parabola. */
  readonly value: number;
}

/**
 * Local minima of a closed curve, lowest first, each refined by the parabola through it and its two neighbours; a flat floor counts once, in its middle. A
 * constant curve has none.
 * @param curve J at the angles k·period/curve.length
 * @param period radians that the curve covers: π, or 2π for a full turn, in which each minimum then appears twice (once per half turn)
 */
export function minima(curve: ArrayLike<number>, period: number = Math.PI): OrientationMinimum[] {
  const count = curve.length;
  const found: OrientationMinimum[] = [];
  const at = (k: number) => curve[((k % count) + count) % count]!;
  for (let k = 0; k < count; k++) {
    const value = at(k);
    if (!(at(k - 1) > value)) continue;
    let last = k;
    while (at(last + 1) === value) last++;
    if (!(at(last + 1) > value)) continue;
    const [before, after] = [at(k - 1), at(last + 1)];
    // Between two neighbours above it the parabola's vertex lies within half a step.
    const offset = last === k ? (before - after) / (2 * (before - 2 * value + after)) : (last - k) / 2;
    const vertex = last === k ? value - ((before - after) * offset) / 4 : value;
    found.push({ angle: wrapHalfTurn(((k + offset) * period) / count), value: vertex });
  }
  return found.sort((a, b) => a.value - b.value);
}
