import { areaAxis, bilinearAt, bilinearAxis, nearestIndex, type AxisWeights } from './axis.ts';
import type { FloatMap, Mask, PixelImage } from './image.ts';

function requireSize(width: number, height: number): void {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1)
    throw new RangeError(`an image cannot be resized to ${width} × ${height}; both sides must be whole numbers from 1`);
}

/** Rows first, then columns; sums in float64, rounded to float32 once at the end. */
function applyAxes(data: Float32Array, width: number, channels: number, rows: AxisWeights, columns: AxisWeights): Float32Array {
  const line = width * channels;
  const result = new Float32Array(rows.length * columns.length * channels);
  const sum = new Float64Array(line);
  let out = 0;
  for (let y = 0; y < rows.length; y++) {
    sum.fill(0);
    for (let k = rows.start[y]!; k < rows.start[y + 1]!; k++) {
      const weight = rows.weight[k]!;
      const from = rows.index[k]! * line;
      for (let i = 0; i < line; i++) sum[i] = sum[i]! + weight * data[from + i]!;
    }
    for (let x = 0; x < columns.length; x++) {
      for (let c = 0; c < channels; c++) {
        let value = 0;
        for (let k = columns.start[x]!; k < columns.start[x + 1]!; k++)
          value += columns.weight[k]! * sum[columns.index[k]! * channels + c]!;
        result[out++] = value;
      }
    }
  }
  return result;
}

/** Resizes by exact fractional coverage ("area"), any ratio; meant for reduction. */
export function resizeArea(image: PixelImage, width: number, height: number): PixelImage {
  requireSize(width, height);
  const data = applyAxes(image.data, image.width, image.channels, areaAxis(image.height, height), areaAxis(image.width, width));
  return { width, height, channels: image.channels, data };
}

/** Resizes bilinearly with half-pixel centres and no antialiasing; meant for enlargement. */
export function resizeBilinear(image: PixelImage, width: number, height: number): PixelImage {
  requireSize(width, height);
  const data = applyAxes(image.data, image.width, image.channels, bilinearAxis(image.height, height), bilinearAxis(image.width, width));
  return { width, height, channels: image.channels, data };
}

/** Each side by coverage where it shrinks and bilinearly where it grows, since coverage would make blocks there. */
export function resizeImage(image: PixelImage, width: number, height: number): PixelImage {
  requireSize(width, height);
  if (image.width === width && image.height === height) return image;
  const axis = (from: number, to: number) => (to > from ? bilinearAxis(from, to) : areaAxis(from, to));
  const data = applyAxes(image.data, image.width, image.channels, axis(image.height, height), axis(image.width, width));
  return { width, height, channels: image.channels, data };
}

/** A map resized bilinearly with half-pixel centres. */
export function resizeMapBilinear(map: FloatMap, width: number, height: number): FloatMap {
  requireSize(width, height);
  if (map.width === width && map.height === height) return map;
  return { width, height, data: applyAxes(map.data, map.width, 1, bilinearAxis(map.height, height), bilinearAxis(map.width, width)) };
}

/** The one value that `resizeMapBilinear` has at a pixel, to its last digit, without the others. */
export function resizedMapValue(map: FloatMap, width: number, height: number, x: number, y: number): number {
  if (map.width === width && map.height === height) return map.data[y * width + x]!;
  const [rows, columns] = [bilinearAt(map.height, height, y), bilinearAt(map.width, width, x)];
  let value = 0;
  for (let i = 0; i < 2; i++) {
    let sum = 0;
    for (let k = 0; k < 2; k++) sum += rows.weight[k]! * map.data[rows.index[k]! * map.width + columns.index[i]!]!;
    value += columns.weight[i]! * sum;
  }
  return Math.fround(value);
}

/** A mask resized by the nearest pixel: index floor((i+0.5)·s). */
export function resizeNearest(mask: Mask, width: number, height: number): Mask {
  requireSize(width, height);
  if (mask.width === width && mask.height === height) return mask;
  const columns = nearestIndex(mask.width, width);
  const rows = nearestIndex(mask.height, height);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data[y * width + x] = mask.data[rows[y]! * mask.width + columns[x]!]!;
  return { width, height, data };
}
