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
  /** Coordinate of a column or row before the turn. */
  readonly coordinate: Float64Array;
  /** Pixels per unit of `coordinate`. */
  readonly scale: number;
  readonly #side: number;
  readonly #nearest: boolean;
  readonly #shift: number;
  readonly #from: number;
  readonly #to: number;

  constructor(side: number, sampler: Sampler) {
    const legacy = sampler === 'legacy';
    const centre = (side - 1) / 2;
    this.index = new Int32Array(side * side);
    this.right = new Float64Array(side * side);
    this.below = new Float64Array(side * side);
    this.coordinate = Float64Array.from({ length: side }, (_, i) => (legacy ? (2 * i) / (side - 1) - 1 : i - centre));
    this.scale = legacy ? side / 2 : 1;
    this.#side = side;
    this.#nearest = sampler === 'nearest';
    this.#shift = legacy ? 1 : centre;
    this.#from = legacy || this.#nearest ? 0 : -1;
    this.#to = legacy ? side - 1 : side;
  }

  /** Fills `index`, `right` and `below` for `alpha` radians. */
  turn(alpha: number): void {
    const { index, right, below, coordinate, scale } = this;
    const [side, shift, from, to] = [this.#side, this.#shift, this.#from, this.#to];
    const cos = Math.cos(alpha);
    const sin = Math.sin(alpha);
    const half = this.#nearest ? 0.5 : 0;
    const keepFraction = this.#nearest ? 0 : 1;
    const line = side + 2;
    const nowhere = line * line;
    for (let y = 0, k = 0; y < side; y++) {
      const sinY = sin * coordinate[y]!;
      const cosY = cos * coordinate[y]!;
      for (let x = 0; x < side; x++, k++) {
        // Whole-number positions decide between neighbours: the order of these roundings is the reference's.
        const atX = (cos * coordinate[x]! - sinY + shift) * scale + half;
        const atY = (sin * coordinate[x]! + cosY + shift) * scale + half;
        if (atX >= from && atX < to && atY >= from && atY < to) {
          const left = Math.floor(atX);
          const top = Math.floor(atY);
          index[k] = (top + 1) * line + left + 1;
          right[k] = (atX - left) * keepFraction;
          below[k] = (atY - top) * keepFraction;
        } else {
          index[k] = nowhere;
          right[k] = 0;
          below[k] = 0;
        }
      }
    }
  }
}

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
