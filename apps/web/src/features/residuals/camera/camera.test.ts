import { describe, expect, it } from 'vitest';
import {
  clampCamera,
  fitCamera,
  paneColumns,
  panBy,
  pinch,
  pixelAt,
  toScreen,
  toWorld,
  visiblePixels,
  wheelFactor,
  zoomAt,
  MAXIMUM_ZOOM,
  type Camera,
} from './camera.ts';
import { CameraStore } from './camera-store.ts';

const image = { width: 200, height: 100 };
const pane = { width: 408, height: 308 };
const fit = fitCamera(image, pane);

describe('camera', () => {
  it('fits the whole image, centred, with its margin', () => {
    expect(fit).toEqual({ x: 100, y: 50, zoom: 2 });
    expect(toScreen(fit, pane, { x: 0, y: 0 })).toEqual({ x: 4, y: 54 });
  });

  it('turns screen points into world points and back', () => {
    const camera = { x: 31.5, y: 77.25, zoom: 13.7 };
    const world = toWorld(camera, pane, { x: 17, y: 290 });
    const screen = toScreen(camera, pane, world);
    expect(screen.x).toBeCloseTo(17, 9);
    expect(screen.y).toBeCloseTo(290, 9);
  });

  it('keeps the point under the cursor in place when the wheel zooms', () => {
    const at = { x: 120, y: 200 };
    const before = toWorld(fit, pane, at);
    const zoomed = zoomAt(fit, pane, at, 3.3, image);
    const after = toWorld(zoomed, pane, at);
    expect(zoomed.zoom).toBeCloseTo(6.6);
    expect(after.x).toBeCloseTo(before.x, 9);
    expect(after.y).toBeCloseTo(before.y, 9);
  });

  it('never zooms beyond its limits', () => {
    expect(zoomAt(fit, pane, { x: 0, y: 0 }, 1e6, image).zoom).toBe(MAXIMUM_ZOOM);
    expect(zoomAt(fit, pane, { x: 0, y: 0 }, 1e-6, image).zoom).toBe(fit.zoom / 2);
  });

  it('moves the content with the drag and keeps the image in sight', () => {
    const moved = panBy({ x: 100, y: 50, zoom: 10 }, 50, -20, image, pane);
    expect(moved).toEqual({ x: 95, y: 52, zoom: 10 });
    expect(panBy(fit, 1e5, 1e5, image, pane)).toEqual({ x: 0, y: 0, zoom: 2 });
    expect(clampCamera({ x: -5, y: 500, zoom: 2 }, image, pane)).toEqual({ x: 0, y: 100, zoom: 2 });
  });

  it('keeps both fingers on their image points while pinching', () => {
    const camera = { x: 100, y: 50, zoom: 4 };
    const before = [
      { x: 100, y: 100 },
      { x: 200, y: 100 },
    ] as const;
    const after = [
      { x: 90, y: 110 },
      { x: 290, y: 110 },
    ] as const;
    const next = pinch(camera, pane, before, after, image);
    for (const k of [0, 1] as const) {
      const world = toWorld(camera, pane, before[k]);
      const screen = toScreen(next, pane, world);
      expect(screen.x).toBeCloseTo(after[k].x, 6);
      expect(screen.y).toBeCloseTo(after[k].y, 6);
    }
  });

  it('names the pixel under the cursor and none beside the image', () => {
    expect(pixelAt(fit, pane, { x: 4, y: 54 }, image)).toEqual({ x: 0, y: 0 });
    expect(pixelAt(fit, pane, { x: 5.99, y: 54 }, image)).toEqual({ x: 0, y: 0 });
    expect(pixelAt(fit, pane, { x: 6, y: 56 }, image)).toEqual({ x: 1, y: 1 });
    expect(pixelAt(fit, pane, { x: 3.9, y: 54 }, image)).toBeNull();
    expect(pixelAt(fit, pane, { x: 404, y: 100 }, image)).toBeNull();
  });

  it('lists only the pixels that a pane shows', () => {
    expect(visiblePixels({ x: 100, y: 50, zoom: 40 }, { width: 80, height: 80 }, image)).toEqual({ x0: 99, y0: 49, x1: 101, y1: 51 });
    expect(visiblePixels(fit, pane, image)).toEqual({ x0: 0, y0: 0, x1: 200, y1: 100 });
  });

  it('undoes a wheel step by the opposite one and treats lines like pixels', () => {
    expect(wheelFactor(100, 0) * wheelFactor(-100, 0)).toBeCloseTo(1, 12);
    expect(wheelFactor(-3, 1)).toBeCloseTo(wheelFactor(-48, 0), 12);
    expect(wheelFactor(-100, 0)).toBeGreaterThan(1);
  });

  it('lays panes out so that the image is largest', () => {
    expect(paneColumns(4, { width: 1100, height: 760 }, { width: 181, height: 181 })).toBe(2);
    expect(paneColumns(4, { width: 1100, height: 300 }, { width: 181, height: 181 })).toBe(4);
    expect(paneColumns(4, { width: 400, height: 900 }, { width: 400, height: 181 })).toBe(1);
    // Five do not fill any rectangle but a row, in which they would be strips.
    expect(paneColumns(5, { width: 1100, height: 760 }, { width: 181, height: 181 })).toBe(3);
    expect(paneColumns(1, { width: 400, height: 900 }, image)).toBe(1);
  });
});

describe('a cursor moved by keys', () => {
  const opened = (camera: Camera | null) => {
    const store = new CameraStore(camera);
    store.setView(pane, image);
    return store;
  };

  it('begins in the middle of what is seen and stays in the image', () => {
    const store = opened(null);
    store.moveCursor(1, 0);
    expect(store.cursor).toEqual({ x: 100, y: 50 });
    store.moveCursor(1, -1);
    expect(store.cursor).toEqual({ x: 101, y: 49 });
    store.moveCursor(-1000, 1000);
    expect(store.cursor).toEqual({ x: 0, y: 99 });
    expect(store.camera).toBeNull();
  });

  it('is told from one that the pointer moves, which keys go on from', () => {
    const store = opened(null);
    const by: boolean[] = [];
    store.onCursor(() => by.push(store.byKeys));
    store.setCursor({ x: 3, y: 4 });
    store.moveCursor(1, 0);
    store.setCursor({ x: 9, y: 9 });
    store.setCursor(null);
    expect(by).toEqual([false, true, false, false]);
  });

  it('takes the camera along as little as it must, so that its pixel is always seen', () => {
    const store = opened({ x: 100, y: 50, zoom: 40 });
    store.moveCursor(0, 0);
    store.moveCursor(1, 0);
    expect(store.camera).toEqual({ x: 100, y: 50, zoom: 40 });
    for (let step = 0; step < 60; step++) {
      store.moveCursor(step % 3 ? 1 : 10, step % 2 ? 3 : -1);
      const { x0, x1, y0, y1 } = visiblePixels(store.camera!, pane, image);
      const { x, y } = store.cursor!;
      expect([x >= x0, x < x1, y >= y0, y < y1]).toEqual([true, true, true, true]);
    }
    expect(store.cursor).toEqual({ x: 199, y: 99 });
  });
});
