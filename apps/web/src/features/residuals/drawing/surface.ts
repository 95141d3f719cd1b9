import type { Size } from '../camera/camera.ts';
import { stepFor, visibleTiles, type Blocks } from '../pixels/reduce.ts';

/** Blocks of a tile's side: far below every browser's limit on canvases and textures. */
export const TILE_SIDE = 512;

/** Where an image lies on a canvas: its upper left corner and the size of a pixel, in CSS pixels. */
export interface Placement {
  readonly x: number;
  readonly y: number;
  readonly scaleX: number;
  readonly scaleY: number;
}

/** An image of any size that can be laid on a canvas. */
export interface Surface extends Size {
  /** Draws what lies inside `pane` (CSS pixels); crisp where a pixel is at least one device pixel, smooth where several fall on one. */
  draw(context: CanvasRenderingContext2D, at: Placement, pane: Size, pixelRatio: number): void;
}

/** A part of an image, read every `step` pixels, and the rectangle that it covers on the canvas, in CSS pixels. */
export interface Tile {
  readonly blocks: Blocks;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The tiles of an image that are seen in a pane, at the resolution they are seen at. */
export function seenTiles(
  { width, height }: Size,
  { x, y, scaleX, scaleY }: Placement,
  pane: Size,
  pixelRatio: number,
): { readonly tiles: readonly Tile[]; readonly smooth: boolean } {
  const deviceScale = Math.max(scaleX, scaleY) * pixelRatio;
  const step = stepFor(deviceScale);
  const seen = { x0: -x / scaleX, y0: -y / scaleY, x1: (pane.width - x) / scaleX, y1: (pane.height - y) / scaleY };
  const { x0, y0, x1, y1 } = visibleTiles({ width, height }, seen, step, TILE_SIDE);
  const cover = TILE_SIDE * step;
  // Tiles that meet do so on whole device pixels, or a line of the background would show between them.
  const alone = width <= cover && height <= cover;
  const snap = (value: number): number => (alone ? value : Math.round(value * pixelRatio) / pixelRatio);
  const tiles: Tile[] = [];
  for (let row = y0; row < y1; row++)
    for (let column = x0; column < x1; column++) {
      const from = { x: column * cover, y: row * cover };
      const to = { x: Math.min(width, from.x + cover), y: Math.min(height, from.y + cover) };
      const [columns, rows] = [Math.ceil((to.x - from.x) / step), Math.ceil((to.y - from.y) / step)];
      tiles.push({
        blocks: { ...from, columns, rows, step },
        left: snap(x + from.x * scaleX),
        top: snap(y + from.y * scaleY),
        right: snap(x + to.x * scaleX),
        bottom: snap(y + to.y * scaleY),
      });
    }
  return { tiles, smooth: deviceScale < 1 };
}

export const tileKey = ({ x, y, step }: Blocks): string => `${step} ${x} ${y}`;
