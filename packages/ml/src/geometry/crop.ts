import { blankImage, type Mask, type PixelImage, type Point } from './image.ts';
import { padLead } from './patches.ts';
import { resizeArea, resizeNearest } from './resize.ts';
import type { Geometry } from './scale.ts';

function requireInside(outer: { width: number; height: number }, inner: { width: number; height: number }, at: Point): void {
  if (at.x < 0 || at.y < 0 || at.x + inner.width > outer.width || at.y + inner.height > outer.height)
    throw new RangeError(
      `a piece of ${inner.width} × ${inner.height} px at (${at.x}, ${at.y}) leaves the ${outer.width} × ${outer.height} px image`,
    );
}

/** The rectangle of the image whose top left corner is `at`. */
export function crop(image: PixelImage, at: Point, width: number, height: number): PixelImage {
  requireInside(image, { width, height }, at);
  const result = blankImage(width, height, image.channels);
  const line = width * image.channels;
  for (let y = 0; y < height; y++) {
    const from = ((at.y + y) * image.width + at.x) * image.channels;
    result.data.set(image.data.subarray(from, from + line), y * line);
  }
  return result;
}

/** The rectangle of the mask whose top left corner is `at`. */
export function cropMask(mask: Mask, at: Point, width: number, height: number): Mask {
  requireInside(mask, { width, height }, at);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (at.y + y) * mask.width + at.x;
    data.set(mask.data.subarray(from, from + width), y * width);
  }
  return { width, height, data };
}

/** Writes `piece` into `target` in place, its top left corner at `at`. */
export function insert(target: PixelImage, piece: PixelImage, at: Point): void {
  requireInside(target, piece, at);
  if (target.channels !== piece.channels)
    throw new RangeError(`a ${piece.channels}-channel piece does not fit a ${target.channels}-channel image`);
  const line = piece.width * piece.channels;
  for (let y = 0; y < piece.height; y++)
    target.data.set(piece.data.subarray(y * line, (y + 1) * line), ((at.y + y) * target.width + at.x) * target.channels);
}

/** The square image in the middle of `size`² zeros; an odd rest comes after. */
export function padSquare(image: PixelImage, size: number): PixelImage {
  const result = blankImage(size, size, image.channels);
  insert(result, image, { x: padLead(image.width, size), y: padLead(image.height, size) });
  return result;
}

/** The mask in the middle of `size`² zeros; an odd rest comes after. */
export function padSquareMask(mask: Mask, size: number): Mask {
  const data = new Uint8Array(size * size);
  const x = padLead(mask.width, size);
  const y = padLead(mask.height, size);
  requireInside({ width: size, height: size }, mask, { x, y });
  for (let row = 0; row < mask.height; row++) data.set(mask.data.subarray(row * mask.width, (row + 1) * mask.width), (y + row) * size + x);
  return { width: size, height: size, data };
}

/** A patch as the network sees it: zero-padded, and in the paper's geometry reduced by area; `input`² pixels. */
export function patchToInput(patch: PixelImage, geometry: Geometry): PixelImage {
  return geometry.kind === 'image'
    ? padSquare(patch, geometry.input)
    : resizeArea(padSquare(patch, geometry.padded), geometry.input, geometry.input);
}

/** A patch's mask through the same geometry, by the nearest pixel. */
export function maskToInput(mask: Mask, geometry: Geometry): Mask {
  return geometry.kind === 'image'
    ? padSquareMask(mask, geometry.input)
    : resizeNearest(padSquareMask(mask, geometry.padded), geometry.input, geometry.input);
}

/** A pixel-centre coordinate of the patch in the network's input frame (both axes alike). */
export function pointToInput(coordinate: number, geometry: Geometry): number {
  if (geometry.kind === 'image') return coordinate + padLead(geometry.patch, geometry.input);
  return ((coordinate + padLead(geometry.patch, geometry.padded) + 0.5) * geometry.input) / geometry.padded - 0.5;
}
