/** Gaussian of σ = 1 in five pixels, middle first; over the whole width the weights sum to 1. */
const [MIDDLE, NEXT, LAST] = (() => {
  const weights = [0, 1, 2].map((k) => Math.exp(-(k * k) / 2));
  const sum = weights[0]! + 2 * (weights[1]! + weights[2]!);
  return weights.map((weight) => weight / sum) as [number, number, number];
})();

const RIM = 2;

/**
 * The filters of the normalisation loss (Eq. 6–7) on square planes of float64: size kept, zeros outside the plane. Each is separable and taken
 * column by column into one row, then along it. `out` may be the plane that goes in.
 */
export class GradientFilters {
  readonly #side: number;
  readonly #line: number;
  readonly #padded: Float64Array;
  readonly #row: Float64Array;

  constructor(side: number) {
    this.#side = side;
    this.#line = side + 2 * RIM;
    this.#padded = new Float64Array(this.#line * this.#line);
    this.#row = new Float64Array(this.#line);
  }

  /** Gaussian 5 × 5, σ = 1. It is its own adjoint, being symmetric. */
  blur(plane: Float64Array, out: Float64Array): void {
    this.#pad(plane);
    const [side, line, p, row] = [this.#side, this.#line, this.#padded, this.#row];
    for (let y = 0, o = 0; y < side; y++) {
      for (let x = 0, i = y * line; x < line; x++, i++)
        row[x] = MIDDLE * p[i + 2 * line]! + NEXT * (p[i + line]! + p[i + 3 * line]!) + LAST * (p[i]! + p[i + 4 * line]!);
      for (let x = 0; x < side; x++) out[o++] = MIDDLE * row[x + 2]! + NEXT * (row[x + 1]! + row[x + 3]!) + LAST * (row[x]! + row[x + 4]!);
    }
  }

  /** Sobel's gradient to the right, G_x = [−1 0 1; −2 0 2; −1 0 1], not scaled. Its adjoint is −G_x, being odd in x and even in y. */
  across(plane: Float64Array, out: Float64Array): void {
    this.#pad(plane);
    const [side, line, p, row] = [this.#side, this.#line, this.#padded, this.#row];
    for (let y = 0, o = 0; y < side; y++) {
      for (let x = 1, i = (y + 1) * line + 1; x < line - 1; x++, i++) row[x] = p[i]! + 2 * p[i + line]! + p[i + 2 * line]!;
      for (let x = 0; x < side; x++) out[o++] = row[x + 3]! - row[x + 1]!;
    }
  }

  /** Sobel's gradient downwards, G_y, the transpose of G_x. */
  down(plane: Float64Array, out: Float64Array): void {
    this.#pad(plane);
    const [side, line, p, row] = [this.#side, this.#line, this.#padded, this.#row];
    for (let y = 0, o = 0; y < side; y++) {
      for (let x = 1, i = (y + 1) * line + 1; x < line - 1; x++, i++) row[x] = p[i + 2 * line]! - p[i]!;
      for (let x = 0; x < side; x++) out[o++] = row[x + 1]! + 2 * row[x + 2]! + row[x + 3]!;
    }
  }

  /** Copies the plane into its rim of zeros. */
  #pad(plane: Float64Array): void {
    const [side, line, padded] = [this.#side, this.#line, this.#padded];
    for (let y = 0, i = 0; y < side; y++) for (let x = 0, o = (y + RIM) * line + RIM; x < side; x++) padded[o++] = plane[i++]!;
  }
}
