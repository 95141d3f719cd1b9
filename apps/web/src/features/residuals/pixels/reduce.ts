/** A rectangle of an image's pixels, read every `step` pixels: `columns` × `rows` blocks of `step`² from (x, y) on. */
export interface Blocks {
  readonly x: number;
  readonly y: number;
  readonly columns: number;
  readonly rows: number;
  readonly step: number;
}

/** The step, a power of two, at which an image drawn at this many device pixels a pixel is read: at least one block a device pixel. */
export function stepFor(devicePixelsPerPixel: number): number {
  return devicePixelsPerPixel >= 1 || !(devicePixelsPerPixel > 0) ? 1 : 2 ** Math.floor(Math.log2(1 / devicePixelsPerPixel));
}

/** Tiles of `side` blocks that a visible part needs: from tile x0, y0 up to and without x1, y1. */
export function visibleTiles(
  size: { readonly width: number; readonly height: number },
  part: { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number },
  step: number,
  side: number,
): { x0: number; y0: number; x1: number; y1: number } {
  const cover = side * step;
  const end = (to: number, length: number): number => Math.ceil(Math.min(length, Math.max(0, to)) / cover);
  return {
    x0: Math.max(0, Math.floor(part.x0 / cover)),
    y0: Math.max(0, Math.floor(part.y0 / cover)),
    x1: end(part.x1, size.width),
    y1: end(part.y1, size.height),
  };
}

/** Means of blocks of RGBA bytes, packed for ImageData's 32-bit view by writing bytes. Blocks at the right and lower edge may be smaller. */
export function reducePicture(
  picture: { readonly width: number; readonly height: number; readonly rgba: Uint8ClampedArray },
  { x, y, columns, rows, step }: Blocks,
  out: Uint8ClampedArray,
): void {
  const { width, height, rgba } = picture;
  if (step === 1) {
    for (let v = 0; v < rows; v++) out.set(rgba.subarray(4 * ((y + v) * width + x), 4 * ((y + v) * width + x + columns)), 4 * v * columns);
    return;
  }
  for (let v = 0; v < rows; v++)
    for (let u = 0; u < columns; u++) {
      const [fromX, fromY] = [x + u * step, y + v * step];
      const [toX, toY] = [Math.min(width, fromX + step), Math.min(height, fromY + step)];
      let [r, g, b] = [0, 0, 0];
      for (let py = fromY; py < toY; py++)
        for (let p = 4 * (py * width + fromX); p < 4 * (py * width + toX); p += 4) {
          r += rgba[p]!;
          g += rgba[p + 1]!;
          b += rgba[p + 2]!;
        }
      const count = (toX - fromX) * (toY - fromY);
      const o = 4 * (v * columns + u);
      out[o] = r / count;
      out[o + 1] = g / count;
      out[o + 2] = b / count;
      out[o + 3] = 255;
    }
}

/** Of each block of a map the value furthest from 0, with its sign: a single conspicuous pixel stays in sight however far out one looks. */
export function reduceFurthest(
  map: { readonly width: number; readonly height: number; readonly data: Float32Array | Uint8Array },
  { x, y, columns, rows, step }: Blocks,
): Float32Array {
  const { width, height, data } = map;
  const out = new Float32Array(columns * rows);
  for (let v = 0; v < rows; v++)
    for (let u = 0; u < columns; u++) {
      const toX = Math.min(width, x + (u + 1) * step);
      const toY = Math.min(height, y + (v + 1) * step);
      let furthest = 0;
      for (let py = y + v * step; py < toY; py++)
        for (let p = py * width + x + u * step; p < py * width + toX; p++) if (Math.abs(data[p]!) > Math.abs(furthest)) furthest = data[p]!;
      out[v * columns + u] = furthest;
    }
  return out;
}
