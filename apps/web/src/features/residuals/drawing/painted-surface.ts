import type { Size } from '../camera/camera.ts';
import type { Blocks } from '../pixels/reduce.ts';
import { Recent } from './recent.ts';
import { seenTiles, tileKey, type Placement, type Surface } from './surface.ts';

/** Tiles kept of one surface: 64 MiB. */
const KEPT = 64;

/** Paints blocks of an image: RGBA bytes, `columns` × `rows`. */
export type Fill = (blocks: Blocks, image: ImageData) => void;

/**
 * An image as tiles that the processor paints when they are first seen, at the resolution they are seen at. Small images are one tile, painted once.
 */
export class PaintedSurface implements Surface {
  readonly width: number;
  readonly height: number;
  readonly #fill: Fill;
  readonly #tiles = new Recent<OffscreenCanvas>(KEPT);

  constructor({ width, height }: Size, fill: Fill) {
    this.width = width;
    this.height = height;
    this.#fill = fill;
  }

  draw(context: CanvasRenderingContext2D, at: Placement, pane: Size, pixelRatio: number): void {
    const { tiles, smooth } = seenTiles(this, at, pane, pixelRatio);
    context.imageSmoothingEnabled = smooth;
    for (const { blocks, left, top, right, bottom } of tiles)
      context.drawImage(
        this.#tiles.get(tileKey(blocks), () => this.#paint(blocks)),
        left,
        top,
        right - left,
        bottom - top,
      );
  }

  #paint(blocks: Blocks): OffscreenCanvas {
    const tile = new OffscreenCanvas(blocks.columns, blocks.rows);
    const context = tile.getContext('2d');
    if (!context) throw new Error('This browser gives no canvas to draw on: close other tabs or use a current browser.');
    const image = context.createImageData(blocks.columns, blocks.rows);
    this.#fill(blocks, image);
    context.putImageData(image, 0, 0);
    return tile;
  }
}
