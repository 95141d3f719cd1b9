/** Index mirrored at the borders with the edge pixel repeated: … 1 0 | 0 1 … n−1 | n−1 n−2 … */
export function mirrored(index: number, length: number): number {
  const period = 2 * length;
  const at = ((index % period) + period) % period;
  return at < length ? at : period - 1 - at;
}

/** Weighted mean of one row over the window, from a row that already carries its mirrored borders. */
function alongRow(padded: Float64Array, weights: Float64Array, uniform: boolean, into: Float64Array, offset: number, width: number): void {
  const radius = weights.length - 1;
  if (uniform) {
    const weight = weights[0]!;
    let sum = 0;
    for (let k = 0; k < 2 * radius; k++) sum += padded[k]!;
    for (let x = 0; x < width; x++) {
      sum += padded[x + 2 * radius]!;
      into[offset + x] = sum * weight;
      sum -= padded[x]!;
    }
    return;
  }
  for (let x = 0; x < width; x++) {
    const centre = x + radius;
    let sum = weights[0]! * padded[centre]!;
    for (let k = 1; k <= radius; k++) sum += weights[k]! * (padded[centre - k]! + padded[centre + k]!);
    into[offset + x] = sum;
  }
}

/**
 * Weighted mean of a plane over a separable symmetric window, mirrored at the borders; float64 throughout.
 * The uniform window takes running sums, so its cost does not grow with its size.
 * @param weights of one side, centre first
 */
export function windowedMean(plane: Float64Array, width: number, height: number, weights: Float64Array, uniform: boolean): Float64Array {
  const radius = weights.length - 1;
  const result = new Float64Array(width * height);
  const padded = new Float64Array(width + 2 * radius);
  const column = padded.subarray(radius, radius + width);
  const running = new Float64Array(width);
  const row = (y: number) => {
    const from = mirrored(y, height) * width;
    return plane.subarray(from, from + width);
  };
  if (uniform)
    for (let k = -radius; k < radius; k++) {
      const line = row(k);
      for (let x = 0; x < width; x++) running[x] = running[x]! + line[x]!;
    }
  for (let y = 0; y < height; y++) {
    if (uniform) {
      const entering = row(y + radius);
      const leaving = row(y - radius);
      const weight = weights[0]!;
      for (let x = 0; x < width; x++) {
        const sum = running[x]! + entering[x]!;
        column[x] = sum * weight;
        running[x] = sum - leaving[x]!;
      }
    } else {
      const centre = row(y);
      for (let x = 0; x < width; x++) column[x] = weights[0]! * centre[x]!;
      for (let k = 1; k <= radius; k++) {
        const above = row(y - k);
        const below = row(y + k);
        const weight = weights[k]!;
        for (let x = 0; x < width; x++) column[x] = column[x]! + weight * (above[x]! + below[x]!);
      }
    }
    for (let k = 1; k <= radius; k++) {
      padded[radius - k] = column[mirrored(-k, width)]!;
      padded[radius + width - 1 + k] = column[mirrored(width - 1 + k, width)]!;
    }
    alongRow(padded, weights, uniform, result, y * width, width);
  }
  return result;
}
