import type { Grey, Region } from '../grey.ts';
import type { Random } from '../random.ts';

/** What a defect is drawn on. */
export interface Canvas {
  readonly clean: Grey;
  readonly random: Random;
  /** The part of the photograph this split may use, and a bicubic reader of it, for defects made of texture from elsewhere. */
  readonly source: { readonly region: Region; readonly lift: (x: number, y: number) => number };
}

/** A drawn defect: `altered` is blended over the clean picture with weight `coverage` (0–1, both of the picture's size). */
export interface Drawing {
  readonly altered: Float32Array;
  readonly coverage: Float32Array;
}

/** Calls `visit` with each pixel's index and its offset from (x, y). */
export function eachPixel(picture: Grey, x: number, y: number, visit: (index: number, dx: number, dy: number) => void): void {
  for (let row = 0; row < picture.height; row++) {
    for (let column = 0; column < picture.width; column++) visit(row * picture.width + column, column - x, row - y);
  }
}

/** 0 below `low`, 1 above `high`, smooth between. */
export function smoothstep(low: number, high: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return t * t * (3 - 2 * t);
}

/** The value below which `share` of the picture lies: a tone that really occurs in this texture. */
export function tone(picture: Grey, share: number): number {
  const sorted = Float32Array.from(picture.data).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

/** Mean of the clean picture weighted by `coverage`. */
export function coveredMean(values: Float32Array, coverage: Float32Array): number {
  let sum = 0;
  let weights = 0;
  for (let index = 0; index < values.length; index++) {
    sum += values[index]! * coverage[index]!;
    weights += coverage[index]!;
  }
  return weights === 0 ? 0 : sum / weights;
}

/** Bilinear value of the picture at (x, y), clamped to its border. */
export function sampleBilinear(picture: Grey, x: number, y: number): number {
  const clampedX = Math.min(picture.width - 1, Math.max(0, x));
  const clampedY = Math.min(picture.height - 1, Math.max(0, y));
  const column = Math.min(picture.width - 2, Math.floor(clampedX));
  const row = Math.min(picture.height - 2, Math.floor(clampedY));
  const fx = clampedX - column;
  const fy = clampedY - row;
  const at = (dy: number, dx: number): number => picture.data[(row + dy) * picture.width + column + dx]!;
  return (1 - fy) * ((1 - fx) * at(0, 0) + fx * at(0, 1)) + fy * ((1 - fx) * at(1, 0) + fx * at(1, 1));
}
