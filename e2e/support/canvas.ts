import { expect, type Locator } from '@playwright/test';

/** A box in shares of the picture's width and height, 0–1. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: readonly number[];
}

const read = (canvas: Locator): Promise<Pixels> =>
  canvas.evaluate((node) => {
    const element = node as unknown as {
      width: number;
      height: number;
      getContext(kind: '2d'): { getImageData(...box: number[]): { data: Uint8ClampedArray } };
    };
    const { width, height } = element;
    const data = element.getContext('2d').getImageData(0, 0, width, height).data;
    return { width, height, data: Array.from(data) };
  });

function bounds({ width, height }: Pixels, counts: (offset: number) => boolean): Box | null {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!counts(4 * (y * width + x))) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
    }
  }
  return right === 0 ? null : { left, top, right, bottom };
}

/** The part of a canvas that something is painted on, in its pixels; null while it is empty. */
export async function canvasBounds(canvas: Locator): Promise<Box | null> {
  const pixels = await read(canvas);
  return bounds(pixels, (offset) => pixels.data[offset + 3]! > 0);
}

/** Where a canvas changes when `hide` takes something off it, as shares of what is painted on it. */
export async function outlineBounds(canvas: Locator, hide: () => Promise<void>): Promise<Box> {
  const before = await read(canvas);
  await hide();
  let changed: Box | null = null;
  await expect
    .poll(async () => {
      const after = await read(canvas);
      changed = bounds(before, (offset) =>
        [0, 1, 2].some((channel) => Math.abs(before.data[offset + channel]! - after.data[offset + channel]!) > 8),
      );
      return changed !== null;
    })
    .toBe(true);
  const picture = bounds(before, (offset) => before.data[offset + 3]! > 0);
  if (changed === null || picture === null) throw new Error('Nothing is painted on the canvas.');
  const { left, top, right, bottom } = changed as Box;
  const [width, height] = [picture.right - picture.left, picture.bottom - picture.top];
  return {
    left: (left - picture.left) / width,
    top: (top - picture.top) / height,
    right: (right - picture.left) / width,
    bottom: (bottom - picture.top) / height,
  };
}
