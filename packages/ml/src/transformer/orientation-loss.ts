import type { FloatMap, Mask } from '../geometry/index.ts';
import { requireAngles, requireBatch, type Angles, type BatchShape } from './batch.ts';
import { GradientFilters } from './gradient-filters.ts';
import { angleSlope, read } from './kernels.ts';
import { MeasuredRegion, requirePixels } from './measured-region.ts';
import { framedLength, intoFrame, ReadPositions } from './read-positions.ts';
import { greyOf, halve, halveBack } from './reduced.ts';

/**
 * Where J is measured. `after`: over the turned region eroded by the filters' reach. `before`: the paper's letter, the mask multiplied in before the
 * gradient is taken, so that the region's own border counts. `disc`, the default of recipes: the inscribed disc, the same pixels at every angle.
 */
export type OrientationMask = 'after' | 'before' | 'disc';

/**
 * The normalisation loss J(α) (Rádli & Czúni 2022, Eq. 6–7): grey (mean of the channels), turned bilinearly by α, means of 2 × 2, Gaussian 5 × 5 of
 * σ = 1, Sobel's horizontal gradient, mean of |·| over the mask. Images in [0,1] give J of the order of 0.1. It has period 180°.
 *
 * One object keeps its working memory: not for two threads at a time.
 */
export class OrientationLoss {
  readonly roi: Mask;
  readonly mask: OrientationMask;
  readonly #region: MeasuredRegion;
  readonly #disc: Mask | null;
  readonly #filters: GradientFilters;
  readonly #positions: ReadPositions;
  readonly #grey: Float32Array;
  readonly #framed: Float32Array;
  readonly #turned: Float32Array;
  readonly #plane: Float64Array;
  readonly #slope: Float64Array;

  /**
   * @param roi region of interest, a mask of the images' (even) side
   * @throws RangeError where the mask is not a square of an even side
   */
  constructor(roi: Mask, mask: OrientationMask = 'after') {
    this.#region = new MeasuredRegion(roi);
    const { side } = this.#region;
    this.roi = roi;
    this.mask = mask;
    this.#disc = mask === 'disc' ? this.#region.disc() : null;
    this.#filters = new GradientFilters(side / 2);
    this.#positions = new ReadPositions(side, 'bilinear');
    this.#grey = new Float32Array(side * side);
    this.#framed = new Float32Array(framedLength(side, 1));
    this.#turned = new Float32Array(side * side);
    this.#plane = new Float64Array((side * side) / 4);
    this.#slope = new Float64Array((side * side) / 4);
  }

  /**
   * J of each image at its angle.
   * @param angles radians, one an image
   * @throws RangeError where lengths do not fit, or where the region leaves no pixel to measure
   */
  values(images: Float32Array, shape: BatchShape, angles: Angles): Float64Array {
    this.#requireFit(images, shape, angles);
    const values = new Float64Array(shape.count);
    for (let n = 0; n < shape.count; n++) {
      this.#turnGrey(images, n, shape, angles[n]!);
      values[n] = this.#measure(false);
    }
    return values;
  }

  /**
   * J of each image at its angle, and dJ/dα per radian. Masks are constants for the gradient, as in the reference.
   * @throws RangeError as `values`
   */
  gradients(images: Float32Array, shape: BatchShape, angles: Angles): { values: Float64Array; angles: Float64Array } {
    this.#requireFit(images, shape, angles);
    const values = new Float64Array(shape.count);
    const slopes = new Float64Array(shape.count);
    for (let n = 0; n < shape.count; n++) {
      this.#turnGrey(images, n, shape, angles[n]!);
      values[n] = this.#measure(true);
      slopes[n] = angleSlope(this.#framed, this.#turned, 0, this.#positions, angles[n]!, 1);
    }
    return { values, angles: slopes };
  }

  /**
   * What J averages at an angle, in the reduced plane of half the side (Fig. 5): |G_x|, and the pixels that count.
   * @param image one image of the shape {count: 1, …}
   * @throws RangeError as `values`
   */
  picture(image: Float32Array, shape: BatchShape, alpha: number): { gradient: FloatMap; measured: Mask } {
    this.#requireFit(image, shape, [alpha]);
    this.#turnGrey(image, 0, shape, alpha);
    this.#measure(false);
    const side = this.#region.side / 2;
    const all: Mask = { width: side, height: side, data: new Uint8Array(side * side).fill(1) };
    const measured = this.mask === 'before' ? all : (this.#disc ?? this.#region.erodedAt(this.#positions));
    return { gradient: { width: side, height: side, data: Float32Array.from(this.#plane, Math.abs) }, measured };
  }

  #requireFit(images: Float32Array, shape: BatchShape, angles: Angles): void {
    requireBatch(images, shape, 'the images');
    requireAngles(angles, shape.count);
    if (shape.side !== this.#region.side)
      throw new RangeError(`the region of interest has ${this.#region.side} px a side, but the images have ${shape.side}`);
  }

  /** Leaves the grey image in its frame, the read positions, and the turned grey. */
  #turnGrey(images: Float32Array, n: number, { side, channels }: BatchShape, alpha: number): void {
    greyOf(images, n, side, channels, this.#grey);
    intoFrame(this.#grey, 0, side, 1, this.#framed);
    this.#positions.turn(alpha);
    read(this.#framed, this.#positions, 1, this.#turned, 0);
  }

  /** J of the turned grey; with `back`, dJ/d(turned grey) takes the turned grey's place. */
  #measure(back: boolean): number {
    const [plane, slope, filters] = [this.#plane, this.#slope, this.#filters];
    halve(this.#turned, this.#region.side, plane);
    filters.blur(plane, plane);
    const keep = this.mask === 'before' ? this.#region.keepAt(this.#positions).data : null;
    if (keep) multiply(plane, keep);
    filters.across(plane, plane);
    const region = keep ? null : (this.#disc ?? this.#region.erodedAt(this.#positions));
    const weight = 1 / (region ? requirePixels(region) : plane.length);
    let sum = 0;
    for (let k = 0; k < plane.length; k++) {
      const inside = region === null || region.data[k] === 1;
      const gradient = plane[k]!;
      if (inside) sum += Math.abs(gradient);
      // −G_x is the adjoint of G_x: the sign is taken here.
      slope[k] = inside ? -Math.sign(gradient) * weight : 0;
    }
    if (back) {
      filters.across(slope, slope);
      if (keep) multiply(slope, keep);
      filters.blur(slope, slope);
      halveBack(slope, this.#region.side, this.#turned);
    }
    return sum * weight;
  }
}

function multiply(plane: Float64Array, mask: Uint8Array): void {
  for (let k = 0; k < plane.length; k++) plane[k] = plane[k]! * mask[k]!;
}
