/**
 * One camera for all panes of an image. World coordinates are network-scale pixels: pixel (i, j) covers [i, i+1) × [j, j+1).
 * Screen coordinates are CSS pixels from the pane's top left corner. A camera is kept by its centre, so that panes of other sizes look at the same place.
 */
export interface Camera {
  /** World point at the pane's centre. */
  readonly x: number;
  readonly y: number;
  /** CSS pixels per image pixel. */
  readonly zoom: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}

export const MAXIMUM_ZOOM = 128;
/** From this zoom on the values are printed inside the pixels. */
export const VALUES_ZOOM = 24;

/** Whole image visible and centred, with a small margin. */
export function fitCamera(image: Size, pane: Size, margin = 4): Camera {
  const zoom = Math.min((pane.width - 2 * margin) / image.width, (pane.height - 2 * margin) / image.height);
  return { x: image.width / 2, y: image.height / 2, zoom: Number.isFinite(zoom) && zoom > 0 ? zoom : 1 };
}

export function toScreen(camera: Camera, pane: Size, world: Point): Point {
  return { x: (world.x - camera.x) * camera.zoom + pane.width / 2, y: (world.y - camera.y) * camera.zoom + pane.height / 2 };
}

export function toWorld(camera: Camera, pane: Size, screen: Point): Point {
  return { x: (screen.x - pane.width / 2) / camera.zoom + camera.x, y: (screen.y - pane.height / 2) / camera.zoom + camera.y };
}

/** The image pixel under a screen point, or null beside the image. */
export function pixelAt(camera: Camera, pane: Size, screen: Point, image: Size): Point | null {
  const world = toWorld(camera, pane, screen);
  const x = Math.floor(world.x);
  const y = Math.floor(world.y);
  return x >= 0 && y >= 0 && x < image.width && y < image.height ? { x, y } : null;
}

/** Never so far out that the image shrinks below half of its fitted size, never so far that it leaves the pane. */
export function clampCamera(camera: Camera, image: Size, pane: Size): Camera {
  const fit = fitCamera(image, pane);
  const zoom = Math.min(Math.max(MAXIMUM_ZOOM, fit.zoom), Math.max(fit.zoom / 2, camera.zoom));
  const clampAxis = (value: number, length: number): number => Math.min(length, Math.max(0, value));
  return { x: clampAxis(camera.x, image.width), y: clampAxis(camera.y, image.height), zoom };
}

/** Zooms by a factor; the world point under `at` stays under it. */
export function zoomAt(camera: Camera, pane: Size, at: Point, factor: number, image: Size): Camera {
  const fit = fitCamera(image, pane);
  const zoom = Math.min(Math.max(MAXIMUM_ZOOM, fit.zoom), Math.max(fit.zoom / 2, camera.zoom * factor));
  const fixed = toWorld(camera, pane, at);
  return clampCamera({ x: fixed.x - (at.x - pane.width / 2) / zoom, y: fixed.y - (at.y - pane.height / 2) / zoom, zoom }, image, pane);
}

/** Moves the content by a drag of (dx, dy) CSS pixels. */
export function panBy(camera: Camera, dx: number, dy: number, image: Size, pane: Size): Camera {
  return clampCamera({ x: camera.x - dx / camera.zoom, y: camera.y - dy / camera.zoom, zoom: camera.zoom }, image, pane);
}

/** Two fingers moved from `before` to `after`: the world points under them stay under them (scale and shift, no turn). */
export function pinch(camera: Camera, pane: Size, before: readonly [Point, Point], after: readonly [Point, Point], image: Size): Camera {
  const middle = ([a, b]: readonly [Point, Point]): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  const distance = ([a, b]: readonly [Point, Point]): number => Math.hypot(a.x - b.x, a.y - b.y);
  const from = middle(before);
  const to = middle(after);
  const zoomed = zoomAt(camera, pane, from, distance(after) / Math.max(1, distance(before)), image);
  return panBy(zoomed, to.x - from.x, to.y - from.y, image, pane);
}

/** Pixels that stay in sight beyond the one that is followed. */
const AHEAD = 2;

/** The camera moved as little as brings a pixel into the pane. */
export function follow(camera: Camera, pane: Size, pixel: Point, image: Size): Camera {
  const axis = (centre: number, length: number, at: number): number => {
    const half = length / 2 / camera.zoom;
    const ahead = Math.max(0, Math.min(AHEAD, half - 0.5));
    return Math.max(at + 1 + ahead - half, Math.min(at - ahead + half, centre));
  };
  return clampCamera({ ...camera, x: axis(camera.x, pane.width, pixel.x), y: axis(camera.y, pane.height, pixel.y) }, image, pane);
}

/** Factor of one wheel event; pixels, lines and pages of deltaMode feel alike, and a trackpad's small steps zoom little. */
export function wheelFactor(deltaY: number, deltaMode: number): number {
  const pixels = deltaY * (deltaMode === 1 ? 16 : deltaMode === 2 ? 400 : 1);
  return Math.exp(-Math.max(-240, Math.min(240, pixels)) * 0.0025);
}

/** Range of whole pixels that a pane shows, for drawing only those: x0 ≤ i < x1. */
export function visiblePixels(camera: Camera, pane: Size, image: Size): { x0: number; y0: number; x1: number; y1: number } {
  const from = toWorld(camera, pane, { x: 0, y: 0 });
  const to = toWorld(camera, pane, { x: pane.width, y: pane.height });
  return {
    x0: Math.max(0, Math.floor(from.x)),
    y0: Math.max(0, Math.floor(from.y)),
    x1: Math.min(image.width, Math.ceil(to.x)),
    y1: Math.min(image.height, Math.ceil(to.y)),
  };
}

/** Columns for n panes in a space so that an image of this aspect is shown as large as possible; the last row may be shorter. */
export function paneColumns(n: number, space: Size, image: Size): number {
  let best = 1;
  let bestZoom = 0;
  for (let columns = 1; columns <= n; columns++) {
    const rows = Math.ceil(n / columns);
    const zoom = Math.min(space.width / columns / image.width, space.height / rows / image.height);
    if (zoom > bestZoom * 1.001) [best, bestZoom] = [columns, zoom];
  }
  return best;
}
