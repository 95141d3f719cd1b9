import { expect, type Locator } from '@playwright/test';

/** A box in canvas pixels, or in shares of a picture's width and height. Right and bottom are exclusive. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface Canvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: '2d'): { getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray } };
}

interface Measured {
  /** The part that something is painted on. */
  readonly painted: Box | null;
  /** The part that differs from what was kept before. */
  readonly changed: Box | null;
}

/** Measures a canvas in the page (its pixels are too many to hand over) and, with `keep`, remembers it for the next call. */
function measure(canvas: Locator, keep: boolean): Promise<Measured> {
  return canvas.evaluate((node, remember) => {
    const element = node as unknown as Canvas;
    const now = element.getContext('2d').getImageData(0, 0, element.width, element.height).data;
    const store = globalThis as unknown as { keptCanvas?: Uint8ClampedArray };
    const before = store.keptCanvas;
    const within = (counts: (offset: number) => boolean) => {
      let [left, top, right, bottom] = [element.width, element.height, 0, 0];
      for (let y = 0; y < element.height; y++) {
        for (let x = 0; x < element.width; x++) {
          if (!counts(4 * (y * element.width + x))) continue;
          left = Math.min(left, x);
          right = Math.max(right, x + 1);
          top = Math.min(top, y);
          bottom = Math.max(bottom, y + 1);
        }
      }
      return right === 0 ? null : { left, top, right, bottom };
    };
    const differs = (offset: number): boolean =>
      [0, 1, 2].some((channel) => Math.abs(before![offset + channel]! - now[offset + channel]!) > 8);
    const changed = before?.length === now.length ? within(differs) : null;
    if (remember) store.keptCanvas = now;
    return { painted: within((offset) => now[offset + 3]! > 0), changed };
  }, keep);
}

/** The part of a canvas that something is painted on, in its pixels; null while it is empty. */
export async function canvasBounds(canvas: Locator): Promise<Box | null> {
  return (await measure(canvas, false)).painted;
}

/** Where a canvas changes when `hide` takes something off it, as shares of what is painted on it. */
export async function outlineBounds(canvas: Locator, hide: () => Promise<void>): Promise<Box> {
  const { painted } = await measure(canvas, true);
  await hide();
  await expect.poll(async () => (await measure(canvas, false)).changed, { message: 'the canvas changes' }).not.toBeNull();
  const { changed } = await measure(canvas, false);
  if (painted === null || changed === null) throw new Error('Nothing is painted on the canvas.');
  const [width, height] = [painted.right - painted.left, painted.bottom - painted.top];
  return {
    left: (changed.left - painted.left) / width,
    top: (changed.top - painted.top) / height,
    right: (changed.right - painted.left) / width,
    bottom: (changed.bottom - painted.top) / height,
  };
}
