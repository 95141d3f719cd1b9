import type { Mask } from '@plumbline/ml/geometry';
import type { Point } from '../residuals/camera/camera.ts';

/** Whole pixels x0 ≤ x < x1, y0 ≤ y < y1. */
export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export function unite(a: Box | null, b: Box | null): Box | null {
  if (!a || !b) return a ?? b;
  return { x0: Math.min(a.x0, b.x0), y0: Math.min(a.y0, b.y0), x1: Math.max(a.x1, b.x1), y1: Math.max(a.y1, b.y1) };
}

/** The part of a box that lies in the mask; null for none. */
function inside({ width, height }: Mask, box: Box): Box | null {
  const cut = { x0: Math.max(0, box.x0), y0: Math.max(0, box.y0), x1: Math.min(width, box.x1), y1: Math.min(height, box.y1) };
  return cut.x0 < cut.x1 && cut.y0 < cut.y1 ? cut : null;
}

function distanceSquared(x: number, y: number, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / length));
  return (x - a.x - t * dx) ** 2 + (y - a.y - t * dy) ** 2;
}

/**
 * A stroke of a round brush from one point to another: the pixels whose middle it covers, and those that its ends lie in, so that the finest brush
 * meets the pixel under it.
 * @param from, to in pixel corners: pixel (i, j) covers [i, i+1) × [j, j+1)
 * @param diameter in pixels, at least 1
 * @returns what may have changed; null beside the mask
 */
export function drawStroke(mask: Mask, from: Point, to: Point, diameter: number, value: 0 | 1): Box | null {
  const radius = diameter / 2;
  const box = inside(mask, {
    x0: Math.floor(Math.min(from.x, to.x) - radius),
    y0: Math.floor(Math.min(from.y, to.y) - radius),
    x1: Math.ceil(Math.max(from.x, to.x) + radius) + 1,
    y1: Math.ceil(Math.max(from.y, to.y) + radius) + 1,
  });
  if (!box) return null;
  for (let y = box.y0; y < box.y1; y++)
    for (let x = box.x0; x < box.x1; x++)
      if (distanceSquared(x + 0.5, y + 0.5, from, to) <= radius * radius) mask.data[y * mask.width + x] = value;
  for (const end of [from, to]) {
    const [x, y] = [Math.floor(end.x), Math.floor(end.y)];
    if (x >= 0 && y >= 0 && x < mask.width && y < mask.height) mask.data[y * mask.width + x] = value;
  }
  return box;
}

/** Fills a polygon by the even-odd rule: the pixels whose middle lies inside. @returns what may have changed; null for none */
export function fillPolygon(mask: Mask, points: readonly Point[], value: 0 | 1): Box | null {
  if (points.length < 3) return null;
  const box = inside(mask, {
    x0: Math.floor(Math.min(...points.map(({ x }) => x))),
    y0: Math.floor(Math.min(...points.map(({ y }) => y))),
    x1: Math.ceil(Math.max(...points.map(({ x }) => x))),
    y1: Math.ceil(Math.max(...points.map(({ y }) => y))),
  });
  if (!box) return null;
  for (let row = box.y0; row < box.y1; row++) {
    const y = row + 0.5;
    const crossings: number[] = [];
    for (const [i, a] of points.entries()) {
      const b = points[(i + 1) % points.length]!;
      if (a.y <= y !== b.y <= y) crossings.push(a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x));
    }
    crossings.sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const first = Math.max(box.x0, Math.ceil(crossings[i]! - 0.5));
      const end = Math.min(box.x1, Math.ceil(crossings[i + 1]! - 0.5));
      if (first < end) mask.data.fill(value, row * mask.width + first, row * mask.width + end);
    }
  }
  return box;
}
