import { fitCamera, MAXIMUM_ZOOM, toScreen, VALUES_ZOOM, visiblePixels, type Camera, type Point, type Size } from '../camera/camera.ts';
import type { Placement } from '../drawing/surface.ts';
import { baseBlocks, type PatchFrame, type Scene } from './scene.ts';

export interface PaneFrame {
  readonly scene: Scene;
  /** Right of the line at `split` (a share of the width) the other variant. */
  readonly beside: { readonly scene: Scene; readonly split: number } | null;
  /** null = fitted. */
  readonly camera: Camera | null;
  readonly cursor: Point | null;
  /** A magnifying glass at the cursor. */
  readonly loupe: boolean;
  /** CSS pixels. */
  readonly pane: Size;
  readonly pixelRatio: number;
  readonly monoFont: string;
}

/** Draws one frame of a pane on a 2D canvas. */
export function paintPane(context: CanvasRenderingContext2D, frame: PaneFrame): void {
  const { scene, beside, pane, pixelRatio, cursor } = frame;
  const camera = frame.camera ?? fitCamera(scene, pane);
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.clearRect(0, 0, pane.width, pane.height);
  paintBoth(context, frame, camera, pane, beside && pane.width * beside.split);
  if (!cursor) return;
  if (frame.loupe) paintLoupe(context, frame, cursor, camera);
  else if (scene.aligned) markCursor(context, cursor, camera, pane);
}

/** @param line where the second scene begins, in CSS pixels; null = there is none */
function paintBoth(context: CanvasRenderingContext2D, frame: PaneFrame, camera: Camera, pane: Size, line: number | null): void {
  if (line === null || !frame.beside) return paintScene(context, frame.scene, frame, camera, pane);
  for (const [scene, from, to] of [
    [frame.scene, 0, line],
    [frame.beside.scene, line, pane.width],
  ] as const) {
    context.save();
    context.beginPath();
    context.rect(from, 0, to - from, pane.height);
    context.clip();
    paintScene(context, scene, frame, camera, pane);
    context.restore();
  }
}

function paintScene(context: CanvasRenderingContext2D, scene: Scene, frame: PaneFrame, camera: Camera, pane: Size): void {
  const { pixelRatio, monoFont } = frame;
  const from = toScreen(camera, pane, { x: 0, y: 0 });
  const over = ({ width, height }: Size): Placement => ({
    ...from,
    scaleX: (scene.width / width) * camera.zoom,
    scaleY: (scene.height / height) * camera.zoom,
  });
  scene.base.draw(context, over(scene.base), pane, pixelRatio);
  scene.overlay?.draw(context, over(scene.overlay), pane, pixelRatio);
  if (scene.outline) strokeTwice(context, scene.outline.path, over(scene.outline.of), pixelRatio);
  if (over(scene.base).scaleX >= VALUES_ZOOM) printValues(context, scene, camera, pane, monoFont);
  if (scene.frames.length > 0) strokeFrames(context, scene.frames, { ...from, scaleX: camera.zoom, scaleY: camera.zoom }, pixelRatio);
}

/** Dark under bright, so that the line is seen on any picture and any colour map. */
function strokeTwice(context: CanvasRenderingContext2D, path: Path2D, { x, y, scaleX, scaleY }: Placement, pixelRatio: number): void {
  context.save();
  context.transform(scaleX, 0, 0, scaleY, x, y);
  context.lineCap = 'square';
  for (const [width, colour] of [
    [3.5, 'rgb(0 0 0 / .75)'],
    [1.5, '#ffffff'],
  ] as const) {
    context.lineWidth = Math.max(width, 1 / pixelRatio) / scaleX;
    context.strokeStyle = colour;
    context.stroke(path);
  }
  context.restore();
}

function strokeFrames(context: CanvasRenderingContext2D, frames: readonly PatchFrame[], at: Placement, pixelRatio: number): void {
  const chosen = new Path2D();
  const others = new Path2D();
  for (const { corners, chosen: full } of frames) {
    const [a, b, c, d] = corners;
    if (!a || !b || !c || !d) continue;
    const path = full ? chosen : others;
    if (full) {
      path.moveTo(a.x, a.y);
      for (const corner of [b, c, d, a]) path.lineTo(corner.x, corner.y);
    }
    // From the middle towards the upper edge: which way is up for the network.
    const middle = { x: (a.x + c.x) / 2, y: (a.y + c.y) / 2 };
    const reach = full ? 0.5 : 0.16;
    path.moveTo(middle.x, middle.y);
    path.lineTo(middle.x + ((a.x + b.x) / 2 - middle.x) * 2 * reach, middle.y + ((a.y + b.y) / 2 - middle.y) * 2 * reach);
  }
  strokeTwice(context, others, at, pixelRatio);
  strokeTwice(context, chosen, at, pixelRatio);
}

function printValues(context: CanvasRenderingContext2D, scene: Scene, camera: Camera, pane: Size, monoFont: string): void {
  const { x, y, columns, rows } = baseBlocks(scene, visiblePixels(camera, pane, scene));
  const perPixel = { x: scene.width / scene.base.width, y: scene.height / scene.base.height };
  const zoom = camera.zoom * perPixel.x;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  let font = 0;
  for (let v = y; v < y + rows; v++)
    for (let u = x; u < x + columns; u++) {
      const { lines, bright } = scene.valueAt(u, v);
      const widest = lines.reduce((n, line) => Math.max(n, line.length), 1);
      const size = Math.min(14, Math.floor(Math.min((zoom * 1.5) / widest, (zoom * 0.86) / lines.length)));
      if (size < 6) continue;
      if (size !== font) context.font = `${(font = size)}px ${monoFont}`;
      context.fillStyle = bright ? '#000000' : '#ffffff';
      const centre = toScreen(camera, pane, { x: (u + 0.5) * perPixel.x, y: (v + 0.5) * perPixel.y });
      lines.forEach((line, k) => context.fillText(line, centre.x, centre.y + (k - (lines.length - 1) / 2) * size * 1.05));
    }
}

/**
 * The surroundings of the cursor four times as large and at least so large that values are printed, but never fewer than five pixels unless the pane
 * itself shows fewer. Of a photograph that is shown reduced its details matter more than single pixels: those are seen eight times as large.
 */
function paintLoupe(context: CanvasRenderingContext2D, frame: PaneFrame, cursor: Point, camera: Camera): void {
  const { pane, pixelRatio, beside, scene } = frame;
  const side = Math.round(Math.min(208, 0.62 * Math.min(pane.width, pane.height)));
  const centre = toScreen(camera, pane, { x: cursor.x + 0.5, y: cursor.y + 0.5 });
  const [left, top] = [Math.round(centre.x - side / 2), Math.round(centre.y - side / 2)];
  const most = Math.min(MAXIMUM_ZOOM, Math.max(side / 5, 1.5 * camera.zoom));
  const glass = {
    x: cursor.x + 0.5,
    y: cursor.y + 0.5,
    zoom: Math.min(most, Math.max(4 * camera.zoom, camera.zoom < 1 ? 8 : VALUES_ZOOM + 2)),
  };
  const size = { width: side, height: side };
  context.save();
  context.beginPath();
  context.rect(left, top, side, side);
  context.clip();
  context.clearRect(left, top, side, side);
  // Whole CSS pixels, so that tiles still meet on whole device pixels.
  context.setTransform(pixelRatio, 0, 0, pixelRatio, left * pixelRatio, top * pixelRatio);
  paintBoth(context, frame, glass, size, beside && pane.width * beside.split - left);
  if (scene.aligned) markCursor(context, cursor, glass, size);
  context.restore();
  for (const [width, colour] of [
    [4, 'rgb(0 0 0 / .7)'],
    [2, '#ffffff'],
  ] as const) {
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.strokeRect(left, top, side, side);
  }
}

function markCursor(context: CanvasRenderingContext2D, cursor: Point, camera: Camera, pane: Size): void {
  const from = toScreen(camera, pane, cursor);
  const side = Math.max(camera.zoom, 5);
  const shift = (side - camera.zoom) / 2;
  context.lineWidth = 3;
  context.strokeStyle = 'rgb(0 0 0 / .7)';
  context.strokeRect(from.x - shift, from.y - shift, side, side);
  context.lineWidth = 1;
  context.strokeStyle = '#ffffff';
  context.strokeRect(from.x - shift, from.y - shift, side, side);
}
