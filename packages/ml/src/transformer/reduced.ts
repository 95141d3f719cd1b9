/** Writes the grey of image `n` of the batch, the mean of its channels, into `grey` (side² values). */
export function greyOf(images: Float32Array, n: number, side: number, channels: 1 | 3, grey: Float32Array): void {
  const pixels = side * side;
  if (channels === 1) {
    for (let k = 0, i = n * pixels; k < pixels; k++) grey[k] = images[i++]!;
    return;
  }
  for (let k = 0, i = 3 * n * pixels; k < pixels; k++, i += 3) grey[k] = (images[i]! + images[i + 1]! + images[i + 2]!) / 3;
}

/** Means of every 2 × 2 block: side² values to (side/2)². */
export function halve(plane: Float32Array, side: number, out: Float64Array): void {
  for (let y = 0, o = 0; y < side; y += 2)
    for (let i = y * side, end = i + side; i < end; i += 2)
      out[o++] = (plane[i]! + plane[i + 1]! + plane[i + side]! + plane[i + side + 1]!) / 4;
}

/** The adjoint of `halve`: each value's quarter to the four pixels of its block. `side` is that of the larger plane. */
export function halveBack(small: Float64Array, side: number, out: Float32Array): void {
  for (let y = 0, s = 0; y < side; y += 2)
    for (let i = y * side, end = i + side; i < end; i += 2) {
      const quarter = small[s++]! / 4;
      out[i] = quarter;
      out[i + 1] = quarter;
      out[i + side] = quarter;
      out[i + side + 1] = quarter;
    }
}
