import type { Blocks } from '../pixels/reduce.ts';
import { stepFor, visibleTiles } from '../pixels/reduce.ts';

/** Far below every browser's limit on canvases. */
const SIDE = 512;
/** Tiles kept of one surface: 64 MiB. */
const KEPT = 64;

/** Paints blocks of an image: RGBA bytes, `columns` × `rows`. */
export type Fill = (blocks: Blocks, image: ImageData) => void;

/** Where an image lies on a canvas: its upper left corner and the size of a pixel, in CSS pixels. */
export interface Placement {
  readonly x: number;
  readonly y: number;
  readonly scaleX: number;
  readonly scaleY: number;
}

/**
 * An image of any size as tiles that are painted when they are first seen, at the resolution they are seen at. Small images are one tile,
 * painted once.
 */
export class TiledSurface {
  readonly width: number;
  readonly height: number;
  readonly #fill: Fill;
  readonly #tiles = new Map<string, OffscreenCanvas>();

  constructor(width: number, height: number, fill: Fill) {
    this.width = width;
    this.height = height;
    this.#fill = fill;
  }

  /** Draws what lies inside `pane` (CSS pixels); crisp where a pixel is at least one device pixel, smooth where several fall on one. */
  draw(
    context: CanvasRenderingContext2D,
    { x, y, scaleX, scaleY }: Placement,
    pane: { readonly width: number; readonly height: number },
    pixelRatio: number,
  ): void {
    const deviceScale = Math.max(scaleX, scaleY) * pixelRatio;
    const step = stepFor(deviceScale);
    const seen = { x0: -x / scaleX, y0: -y / scaleY, x1: (pane.width - x) / scaleX, y1: (pane.height - y) / scaleY };
    const tiles = visibleTiles(this, seen, step, SIDE);
    context.imageSmoothingEnabled = deviceScale < 1;
    // Tiles that meet do so on whole device pixels, or a line of the background would show between them.
    const snap = (value: number): number => Math.round(value * pixelRatio) / pixelRatio;
    const cover = SIDE * step;
    for (let row = tiles.y0; row < tiles.y1; row++)
      for (let column = tiles.x0; column < tiles.x1; column++) {
        const tile = this.#tile(column, row, step);
        const [left, top] = [x + column * cover * scaleX, y + row * cover * scaleY];
        const [right, bottom] = [
          x + Math.min(this.width, (column + 1) * cover) * scaleX,
          y + Math.min(this.height, (row + 1) * cover) * scaleY,
        ];
        const whole = this.width <= cover && this.height <= cover;
        const [l, t, r, b] = whole ? [left, top, right, bottom] : [snap(left), snap(top), snap(right), snap(bottom)];
        context.drawImage(tile, l, t, r - l, b - t);
      }
  }

  #tile(column: number, row: number, step: number): OffscreenCanvas {
    const key = `${step} ${column} ${row}`;
    const known = this.#tiles.get(key);
    if (known) {
      this.#tiles.delete(key);
      this.#tiles.set(key, known);
      return known;
    }
    const [x, y] = [column * SIDE * step, row * SIDE * step];
    const columns = Math.min(SIDE, Math.ceil((this.width - x) / step));
    const rows = Math.min(SIDE, Math.ceil((this.height - y) / step));
    const tile = new OffscreenCanvas(columns, rows);
    const context = tile.getContext('2d');
    if (!context) throw new Error('This browser gives no canvas to draw on: close other tabs or use a current browser.');
    const image = context.createImageData(columns, rows);
    this.#fill({ x, y, columns, rows, step }, image);
    context.putImageData(image, 0, 0);
    this.#tiles.set(key, tile);
    for (const oldest of this.#tiles.keys()) {
      if (this.#tiles.size <= KEPT) break;
      this.#tiles.delete(oldest);
    }
    return tile;
  }
}
