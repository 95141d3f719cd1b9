import type { Point } from './image.ts';
import { patchGrid } from './patches.ts';
import { regionOfInterest } from './roi.ts';
import type { Geometry, PatchGeometry } from './scale.ts';

/** How many tiles a network image of the `patch` geometry has along each side. */
export function tileLayout(geometry: PatchGeometry): { readonly columns: number; readonly rows: number } {
  const origins = patchGrid({ width: geometry.resize, height: geometry.resize }, geometry);
  const columns = new Set(origins.map((at) => at.x)).size;
  return { columns, rows: origins.length / columns };
}

export interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

/**
 * The rectangles of a network image that hold the photograph's content: all of it in the `image` geometry, each tile's region of interest in
 * `patch`. Residuals are taken inside each, so that no window reaches into padding.
 */
export function contentFields(image: { readonly width: number; readonly height: number }, geometry: Geometry): Rectangle[] {
  if (geometry.kind === 'image') return [{ x: 0, y: 0, width: image.width, height: image.height }];
  const roi = regionOfInterest(geometry);
  const first = roi.data.indexOf(1);
  const last = roi.data.lastIndexOf(1);
  const lead = first % roi.width;
  const side = (last % roi.width) - lead + 1;
  const { columns, rows } = tileLayout(geometry);
  return Array.from({ length: columns * rows }, (_, i) => ({
    x: (i % columns) * geometry.input + lead,
    y: Math.floor(i / columns) * geometry.input + lead,
    width: side,
    height: side,
  }));
}
