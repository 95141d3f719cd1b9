import type { Mask } from '@plumbline/ml/geometry';

/**
 * Border of a mask along pixel edges, exact to the pixel: where a set pixel meets an unset one or the picture's end.
 * Collinear unit edges are merged.
 * @returns segments x1, y1, x2, y2, … in pixel-corner coordinates (0…width, 0…height)
 */
export function outlineSegments(mask: Mask): Float32Array {
  const { width, height, data } = mask;
  const set = (x: number, y: number): number => (x >= 0 && y >= 0 && x < width && y < height && data[y * width + x]! > 0 ? 1 : 0);
  const segments: number[] = [];
  for (let y = 0; y <= height; y++) {
    let from = -1;
    for (let x = 0; x <= width; x++) {
      const edge = x < width && set(x, y - 1) !== set(x, y);
      if (edge && from < 0) from = x;
      if (!edge && from >= 0) {
        segments.push(from, y, x, y);
        from = -1;
      }
    }
  }
  for (let x = 0; x <= width; x++) {
    let from = -1;
    for (let y = 0; y <= height; y++) {
      const edge = y < height && set(x - 1, y) !== set(x, y);
      if (edge && from < 0) from = y;
      if (!edge && from >= 0) {
        segments.push(x, from, x, y);
        from = -1;
      }
    }
  }
  return Float32Array.from(segments);
}
