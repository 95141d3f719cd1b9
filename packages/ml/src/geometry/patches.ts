import type { Point, Size } from './image.ts';
import type { Geometry } from './scale.ts';

function requireRoom(length: number, patch: number): void {
  if (length < patch) throw new RangeError(`a side of ${length} px does not hold a patch of ${patch} px`);
}

/** Patch origins evenly spread along one side: round((length − patch)/stride) + 1 of them, the first and the last flush with the borders. */
export function patchOrigins(length: number, grid: { readonly patch: number; readonly stride: number }): number[] {
  requireRoom(length, grid.patch);
  const room = length - grid.patch;
  if (room === 0) return [0];
  const steps = Math.max(1, Math.round(room / grid.stride));
  return Array.from({ length: steps + 1 }, (_, i) => Math.round((i * room) / steps));
}

/** Patch origins of a plain grid along one side: 0, stride, 2·stride, … while the patch fits, and one more flush with the border where it is not reached. */
export function gridOrigins(length: number, grid: { readonly patch: number; readonly stride: number }): number[] {
  requireRoom(length, grid.patch);
  const origins: number[] = [];
  for (let at = 0; at + grid.patch <= length; at += grid.stride) origins.push(at);
  if (origins.at(-1)! + grid.patch < length) origins.push(length - grid.patch);
  return origins;
}

/** Origins of all patches of an image at network scale, row by row. `image`: evenly spread; `patch`: the plain grid, side by side. */
export function patchGrid(size: Size, geometry: Geometry): Point[] {
  const along = (length: number) =>
    geometry.kind === 'image' ? patchOrigins(length, geometry) : gridOrigins(length, { patch: geometry.patch, stride: geometry.patch });
  const columns = along(size.width);
  return along(size.height).flatMap((y) => columns.map((x) => ({ x, y })));
}

/** Side of the zero padding in which a square of `patch` px turns freely, counted by pixel centres: ceil((patch − 1)·√2 + 1). */
export function padSize(patch: number): number {
  return Math.ceil((patch - 1) * Math.SQRT2 + 1);
}

/** Zeros before a patch of `patch` px in a padding of `padded` px; the rest comes after. */
export function padLead(patch: number, padded: number): number {
  return Math.floor((padded - patch) / 2);
}

/**
 * Origin along one side so that borders are seen as often as the middle: drawn from an interval half a patch wider on each side, then clamped.
 * @param u uniform in [0,1)
 */
export function coverOrigin(u: number, length: number, patch: number): number {
  requireRoom(length, patch);
  const beyond = Math.floor(patch / 2);
  const at = Math.floor(u * (length - patch + 1 + 2 * beyond)) - beyond;
  return Math.min(Math.max(at, 0), length - patch);
}

/** Origin along one side, every whole position equally likely. `u` uniform in [0,1). */
export function uniformOrigin(u: number, length: number, patch: number): number {
  requireRoom(length, patch);
  return Math.min(Math.floor(u * (length - patch + 1)), length - patch);
}
