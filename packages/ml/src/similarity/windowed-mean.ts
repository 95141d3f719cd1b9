/** Index mirrored at the borders with the edge pixel repeated: … 1 0 | 0 1 … n−1 | n−1 n−2 … */
function mirrored(index: number, length: number): number {
  const period = 2 * length;
  const at = ((index % period) + period) % period;
  return at < length ? at : period - 1 - at;
}

/**
 * Weighted means of a plane over a separable symmetric window, mirrored at the borders; float64 throughout. Rows are asked for from the
 * top down, so that nothing but one row is kept. The uniform window takes running sums: its cost does not grow with its size.
 */
export class WindowedMean {
  readonly #plane: Float64Array;
  readonly #width: number;
  readonly #weights: Float64Array;
  readonly #uniform: boolean;
  readonly #radius: number;
  /** Where each row begins, mirrored rows included: entry k is row k − radius. */
  readonly #rowStart: Int32Array;
  /** Source columns of the mirrored borders, left ones first. */
  readonly #border: Int32Array;
  /** One row averaged along the columns, with its mirrored borders. */
  readonly #padded: Float64Array;
  readonly #running: Float64Array;
  readonly #row: Float64Array;

  /** @param weights of one side, centre first */
  constructor(plane: Float64Array, width: number, height: number, weights: Float64Array, uniform: boolean) {
    const radius = weights.length - 1;
    this.#plane = plane;
    this.#width = width;
    this.#weights = weights;
    this.#uniform = uniform;
    this.#radius = radius;
    this.#rowStart = Int32Array.from({ length: height + 2 * radius }, (_, k) => mirrored(k - radius, height) * width);
    this.#border = Int32Array.from(
      { length: 2 * radius },
      (_, k) => radius + mirrored(k < radius ? k - radius : width + k - radius, width),
    );
    this.#padded = new Float64Array(width + 2 * radius);
    this.#row = new Float64Array(width);
    this.#running = new Float64Array(width);
    if (uniform)
      for (let k = 0; k < 2 * radius; k++)
        for (let x = 0; x < width; x++) this.#running[x] = this.#running[x]! + plane[this.#rowStart[k]! + x]!;
  }

  /** The means of row y; the array is used again for the next row. */
  row(y: number): Float64Array {
    if (this.#uniform) this.#columnsUniform(y);
    else if (this.#radius === 5) this.#columnsOfEleven(y);
    else this.#columnsWeighted(y);
    const padded = this.#padded;
    const [radius, width, border] = [this.#radius, this.#width, this.#border];
    for (let k = 0; k < radius; k++) {
      padded[k] = padded[border[k]!]!;
      padded[radius + width + k] = padded[border[radius + k]!]!;
    }
    if (this.#uniform) this.#alongRowUniform();
    else if (this.#radius === 5) this.#alongRowOfEleven();
    else this.#alongRowWeighted();
    return this.#row;
  }

  #columnsUniform(y: number): void {
    const [plane, running, padded, radius] = [this.#plane, this.#running, this.#padded, this.#radius];
    const entering = this.#rowStart[y + 2 * radius]!;
    const leaving = this.#rowStart[y]!;
    for (let x = 0; x < this.#width; x++) {
      const sum = running[x]! + plane[entering + x]!;
      padded[radius + x] = sum;
      running[x] = sum - plane[leaving + x]!;
    }
  }

  #columnsWeighted(y: number): void {
    const [plane, padded, radius, width] = [this.#plane, this.#padded, this.#radius, this.#width];
    const centre = this.#rowStart[y + radius]!;
    const middle = this.#weights[0]!;
    for (let x = 0; x < width; x++) padded[radius + x] = middle * plane[centre + x]!;
    for (let k = 1; k <= radius; k++) {
      const above = this.#rowStart[y + radius - k]!;
      const below = this.#rowStart[y + radius + k]!;
      const weight = this.#weights[k]!;
      for (let x = 0; x < width; x++) padded[radius + x] = padded[radius + x]! + weight * (plane[above + x]! + plane[below + x]!);
    }
  }

  #alongRowUniform(): void {
    const [padded, row, reach] = [this.#padded, this.#row, 2 * this.#radius];
    const weight = this.#weights[0]! * this.#weights[0]!;
    let sum = 0;
    for (let k = 0; k < reach; k++) sum += padded[k]!;
    for (let x = 0; x < this.#width; x++) {
      sum += padded[x + reach]!;
      row[x] = sum * weight;
      sum -= padded[x]!;
    }
  }

  #alongRowWeighted(): void {
    const [padded, row, weights, radius] = [this.#padded, this.#row, this.#weights, this.#radius];
    for (let x = 0; x < this.#width; x++) {
      const centre = x + radius;
      let sum = weights[0]! * padded[centre]!;
      for (let k = 1; k <= radius; k++) sum += weights[k]! * (padded[centre - k]! + padded[centre + k]!);
      row[x] = sum;
    }
  }

  /** The default window of 11, written out: the loop over its weights costs more than the sums. */
  #columnsOfEleven(y: number): void {
    const [plane, padded, start, width] = [this.#plane, this.#padded, this.#rowStart, this.#width];
    const [w0, w1, w2, w3, w4, w5] = this.#weights as unknown as readonly [number, number, number, number, number, number];
    const [a5, a4, a3, a2, a1] = [start[y]!, start[y + 1]!, start[y + 2]!, start[y + 3]!, start[y + 4]!];
    const [b0, b1, b2, b3, b4, b5] = [start[y + 5]!, start[y + 6]!, start[y + 7]!, start[y + 8]!, start[y + 9]!, start[y + 10]!];
    for (let x = 0; x < width; x++)
      padded[5 + x] =
        w0 * plane[b0 + x]! +
        w1 * (plane[a1 + x]! + plane[b1 + x]!) +
        w2 * (plane[a2 + x]! + plane[b2 + x]!) +
        w3 * (plane[a3 + x]! + plane[b3 + x]!) +
        w4 * (plane[a4 + x]! + plane[b4 + x]!) +
        w5 * (plane[a5 + x]! + plane[b5 + x]!);
  }

  /** See columnsOfEleven. */
  #alongRowOfEleven(): void {
    const [p, row, width] = [this.#padded, this.#row, this.#width];
    const [w0, w1, w2, w3, w4, w5] = this.#weights as unknown as readonly [number, number, number, number, number, number];
    for (let x = 0; x < width; x++)
      row[x] =
        w0 * p[x + 5]! +
        w1 * (p[x + 4]! + p[x + 6]!) +
        w2 * (p[x + 3]! + p[x + 7]!) +
        w3 * (p[x + 2]! + p[x + 8]!) +
        w4 * (p[x + 1]! + p[x + 9]!) +
        w5 * (p[x]! + p[x + 10]!);
  }
}
