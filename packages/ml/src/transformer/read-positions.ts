import { wholeOf, type Bounds } from './bounds.ts';

/**
 * How a turned picture is read. `bilinear`: pixel-centred, zeros outside, the product's default. `nearest`: the nearest pixel, no gradient to the
 * angle (the default of tfa.image.transform, which the paper used). `legacy`: daviddao's spatial transformer, which scales [−1, 1] by N instead of
 * N − 1 and clips corner indices before it takes the weights, so that no turn is not the identity.
 */
export type Sampler = 'bilinear' | 'legacy' | 'nearest';

/**
 * Where each output pixel of a square frame reads its input, for one angle at a time. Output pixel (x, y) reads at R(α)·(x − c, y − c) + c with
 * c = (side − 1)/2 and R = [[cos, −sin], [sin, cos]]. The input is framed (see ZeroFrame): one zero pixel around it, so that neighbours outside need
 * no test, and a block of zeros behind it, where positions without any neighbour inside read.
 *
 * The samplers differ in nothing but this: `nearest` is a bilinear read at rounded positions, `legacy` one at other coordinates that ends
 * where its clipped indices meet (there its four weights cancel).
 */
export class ReadPositions {
  /** Per output pixel: the upper left of the four neighbours, in pixels of the framed input. */
  readonly index: Int32Array;
  /** Per output pixel: the weight of the right neighbours, in [0, 1). */
  readonly right: Float64Array;
  /** Per output pixel: the weight of the lower neighbours, in [0, 1). */
  readonly below: Float64Array;
  /** Per output row: the first of the columns that were asked for and can read something; the others have no positions. */
  readonly first: Int32Array;
  /** Per output row: the column behind the last of them. */
  readonly end: Int32Array;
  /** Coordinate of a column or row before the turn. */
  readonly coordinate: Float64Array;
  /** Pixels per unit of `coordinate`. */
  readonly scale: number;
  readonly #side: number;
  readonly #nearest: boolean;
  readonly #shift: number;
  readonly #step: number;
  readonly #from: number;
  readonly #to: number;

  constructor(side: number, sampler: Sampler) {
    const legacy = sampler === 'legacy';
    const centre = (side - 1) / 2;
    this.index = new Int32Array(side * side);
    this.right = new Float64Array(side * side);
    this.below = new Float64Array(side * side);
    this.first = new Int32Array(side);
    this.end = new Int32Array(side);
    this.coordinate = Float64Array.from({ length: side }, (_, i) => (legacy ? (2 * i) / (side - 1) - 1 : i - centre));
    this.scale = legacy ? side / 2 : 1;
    this.#side = side;
    this.#nearest = sampler === 'nearest';
    this.#shift = legacy ? 1 : centre;
    this.#step = legacy ? 2 / (side - 1) : 1;
    this.#from = legacy || this.#nearest ? 0 : -1;
    this.#to = legacy ? side - 1 : side;
  }

  /**
   * Fills the positions for `alpha` radians.
   * @param held where the input holds anything: what reads beside it reads 0
   * @param asked the output pixels that are needed
   */
  turn(alpha: number, held: Bounds = wholeOf(this.#side), asked: Bounds = wholeOf(this.#side)): void {
    const { index, right, below, coordinate, scale, first, end } = this;
    const shift = this.#shift;
    const cos = Math.cos(alpha);
    const sin = Math.sin(alpha);
    const half = this.#nearest ? 0.5 : 0;
    const keepFraction = this.#nearest ? 0 : 1;
    const line = this.#side + 2;
    const nowhere = line * line;
    const [left, beyondX] = [Math.max(this.#from, held.left - 1), Math.min(this.#to, held.right + 1)];
    const [top, beyondY] = [Math.max(this.#from, held.top - 1), Math.min(this.#to, held.bottom + 1)];
    first.fill(0);
    end.fill(0);
    for (let y = asked.top; y <= asked.bottom; y++) {
      const sinY = sin * coordinate[y]!;
      const cosY = cos * coordinate[y]!;
      this.#columns(
        y,
        [shift * scale + half - sinY * scale, cos * scale, left, beyondX],
        [(shift + cosY) * scale + half, sin * scale, top, beyondY],
        asked,
      );
      for (let x = first[y]!, k = y * this.#side + x; x < end[y]!; x++, k++) {
        // Whole-number positions decide between neighbours: the order of these roundings is the reference's.
        const atX = (cos * coordinate[x]! - sinY + shift) * scale + half;
        const atY = (sin * coordinate[x]! + cosY + shift) * scale + half;
        if (atX >= left && atX < beyondX && atY >= top && atY < beyondY) {
          const column = Math.floor(atX);
          const row = Math.floor(atY);
          index[k] = (row + 1) * line + column + 1;
          right[k] = (atX - column) * keepFraction;
          below[k] = (atY - row) * keepFraction;
        } else {
          index[k] = nowhere;
          right[k] = 0;
          below[k] = 0;
        }
      }
    }
  }

  /** The columns of row y whose positions can lie within both limits, and up to two more at either end, which rounding may need. */
  #columns(y: number, alongX: Limits, alongY: Limits, asked: Bounds): void {
    const { coordinate } = this;
    let [from, to] = [coordinate[asked.left]!, coordinate[asked.right]!];
    for (const [start, slope, low, high] of [alongX, alongY]) {
      if (Math.abs(slope) < 1e-9) {
        if (start < low - 1 || start > high + 1) return;
        continue;
      }
      const [a, b] = [(low - start - 1e-6) / slope, (high - start + 1e-6) / slope];
      from = Math.max(from, Math.min(a, b));
      to = Math.min(to, Math.max(a, b));
    }
    if (!(from <= to)) return;
    const origin = coordinate[0]!;
    const step = this.#step;
    this.first[y] = Math.max(asked.left, Math.floor((from - origin) / step) - 1);
    this.end[y] = Math.min(asked.right, Math.ceil((to - origin) / step) + 1) + 1;
  }
}

/** A position start + slope · coordinate, and the two limits it is to lie between. */
type Limits = readonly [start: number, slope: number, low: number, high: number];

/** Length of a framed image: (side + 2)² pixels and the zeros behind them, which reach one pixel beyond the next row. */
export function framedLength(side: number, channels: number): number {
  return ((side + 2) * (side + 2) + side + 4) * channels;
}

/** Copies image `n` of the batch into the frame; its rim stays zero. */
export function intoFrame(images: Float32Array, n: number, side: number, channels: number, framed: Float32Array): void {
  const line = side * channels;
  const framedLine = (side + 2) * channels;
  for (let y = 0, from = n * side * line; y < side; y++) {
    const to = (y + 1) * framedLine + channels;
    for (let i = 0; i < line; i++) framed[to + i] = images[from++]!;
  }
}

/** Copies what the frame holds into image `n` of the batch, rounded to float32, and empties the frame. */
export function outOfFrame(framed: Float64Array, n: number, side: number, channels: number, images: Float32Array): void {
  const line = side * channels;
  const framedLine = (side + 2) * channels;
  for (let y = 0, to = n * side * line; y < side; y++) {
    const from = (y + 1) * framedLine + channels;
    for (let i = 0; i < line; i++) images[to++] = framed[from + i]!;
  }
  framed.fill(0);
}
