import { erodeMask, type Mask } from '../geometry/index.ts';
import { read } from './kernels.ts';
import { framedLength, intoFrame, ReadPositions } from './read-positions.ts';
import { halve } from './reduced.ts';

/** Reach of the Gaussian (2) and of Sobel's filter (1), in pixels of the reduced plane. */
const REACH = 3;

/** A reduced pixel belongs to the turned region from this share on. */
const INSIDE = 0.99;

/**
 * The region of interest in the reduced plane (half the side): which pixels the normalisation loss measures.
 */
export class MeasuredRegion {
  /** Pixels along a side of the frame. */
  readonly side: number;
  readonly #roi: Mask;
  readonly #framed: Float32Array;
  readonly #turned: Float32Array;
  readonly #soft: Float64Array;

  /** @throws RangeError where the mask is not a square of an even side */
  constructor(roi: Mask) {
    if (roi.width !== roi.height || roi.width % 2 !== 0)
      throw new RangeError(
        `the orientation is measured in square frames of an even side, but the region of interest is ${roi.width} × ${roi.height} px`,
      );
    this.side = roi.width;
    this.#roi = roi;
    this.#framed = new Float32Array(framedLength(this.side, 1));
    this.#turned = new Float32Array(this.side * this.side);
    this.#soft = new Float64Array(this.#turned.length / 4);
    intoFrame(Float32Array.from(roi.data), 0, this.side, 1, this.#framed);
  }

  /** Reduced pixels that lie inside the turned region: its bilinear turn, reduced by means of 2 × 2, is at least 0.99. */
  keepAt(positions: ReadPositions): Mask {
    read(this.#framed, positions, 1, this.#turned, 0);
    halve(this.#turned, this.side, this.#soft);
    const data = new Uint8Array(this.#soft.length);
    for (let k = 0; k < data.length; k++) data[k] = this.#soft[k]! >= INSIDE ? 1 : 0;
    return { width: this.side / 2, height: this.side / 2, data };
  }

  /** Reduced pixels whose filters read nothing beyond the turned region: `keepAt` eroded by 7 × 7. */
  erodedAt(positions: ReadPositions): Mask {
    return erodeMask(this.keepAt(positions), REACH);
  }

  /** `erodedAt` without a turn. */
  eroded(): Mask {
    const positions = new ReadPositions(this.side, 'bilinear');
    positions.turn(0);
    return this.erodedAt(positions);
  }

  /**
   * The inscribed disc: the reduced pixels whose filters read nothing beyond the region at any angle, so that every angle is measured over the same
   * pixels. From the distance to the nearest pixel outside the region go off: √2 for a bilinear neighbour, √½ for the pixel's place in its 2 × 2
   * block, and the diagonal of the filters' reach.
   */
  disc(): Mask {
    const { side } = this;
    const half = side / 2;
    const centre = (side - 1) / 2;
    let nearest = half + 0.5;
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++)
        if (this.#roi.data[y * side + x] === 0) nearest = Math.min(nearest, Math.hypot(x - centre, y - centre));
    const radius = (nearest - Math.SQRT2 - Math.SQRT1_2) / 2 - REACH * Math.SQRT2;
    const middle = (half - 1) / 2;
    const data = new Uint8Array(half * half);
    for (let y = 0; y < half; y++) for (let x = 0; x < half; x++) data[y * half + x] = Math.hypot(x - middle, y - middle) <= radius ? 1 : 0;
    return { width: half, height: half, data };
  }
}

/**
 * Number of pixels in the mask.
 * @throws RangeError where there is none
 */
export function requirePixels(mask: Mask): number {
  let count = 0;
  for (let k = 0; k < mask.data.length; k++) count += mask.data[k]!;
  if (count === 0)
    throw new RangeError(
      'the region of interest is too small to measure an orientation in: a disc of radius 13 px about the middle of the frame must lie inside it',
    );
  return count;
}
