import type { FloatMap } from '@plumbline/ml/geometry';
import type { Size } from '../camera/camera.ts';
import { PaintedSurface } from './painted-surface.ts';
import { seenTiles, type Placement, type Surface } from './surface.ts';
import { fillByProcessor, type ValueLook } from './value-look.ts';
import type { ValueRenderer } from './value-renderer.ts';

/** The coloured values of a map: by the graphics card, or by the processor where there is none or it was taken away. */
export class ValueSurface implements Surface {
  readonly width: number;
  readonly height: number;
  readonly #map: FloatMap;
  readonly #look: ValueLook;
  readonly #renderer: ValueRenderer | null;
  #painted: PaintedSurface | null = null;

  constructor(map: FloatMap, look: ValueLook, renderer: ValueRenderer | null) {
    this.width = map.width;
    this.height = map.height;
    this.#map = map;
    this.#look = look;
    this.#renderer = renderer;
  }

  draw(context: CanvasRenderingContext2D, at: Placement, pane: Size, pixelRatio: number): void {
    const device = { width: Math.ceil(pane.width * pixelRatio), height: Math.ceil(pane.height * pixelRatio) };
    if (this.#renderer?.canDraw(device))
      return this.#renderer.draw(context, this.#map, this.#look, seenTiles(this, at, pane, pixelRatio), pane, pixelRatio);
    this.#painted ??= new PaintedSurface(this, fillByProcessor(this.#map, this.#look));
    this.#painted.draw(context, at, pane, pixelRatio);
  }
}
