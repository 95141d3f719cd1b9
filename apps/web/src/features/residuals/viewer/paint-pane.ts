import { fitCamera, toScreen, VALUES_ZOOM, visiblePixels, type Camera, type Point, type Size } from '../camera/camera.ts';
import type { Scene } from './scene.ts';

export interface PaneFrame {
  readonly scene: Scene;
  /** null = fitted. */
  readonly camera: Camera | null;
  readonly cursor: Point | null;
  /** CSS pixels. */
  readonly pane: Size;
  readonly pixelRatio: number;
  readonly monoFont: string;
}

/** Draws one frame of a pane on a 2D canvas; a WebGL renderer would take the same frame. */
export function paintPane(context: CanvasRenderingContext2D, frame: PaneFrame): void {
  const { scene, pane, pixelRatio } = frame;
  const camera = frame.camera ?? fitCamera(scene, pane);
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.clearRect(0, 0, pane.width, pane.height);
  const from = toScreen(camera, pane, { x: 0, y: 0 });
  const to = toScreen(camera, pane, { x: scene.width, y: scene.height });
  // Crisp where a pixel is at least one device pixel; smooth where several would fall on one.
  context.imageSmoothingEnabled = camera.zoom * pixelRatio < 1;
  context.drawImage(scene.base, from.x, from.y, to.x - from.x, to.y - from.y);
  if (scene.overlay) context.drawImage(scene.overlay, from.x, from.y, to.x - from.x, to.y - from.y);
  if (scene.outline) strokeOutline(context, frame, scene.outline, from, camera);
  if (camera.zoom >= VALUES_ZOOM) printValues(context, frame, camera);
  if (frame.cursor) markCursor(context, frame.cursor, camera, pane);
}

function strokeOutline(
  context: CanvasRenderingContext2D,
  { scene, pixelRatio }: PaneFrame,
  outline: NonNullable<Scene['outline']>,
  from: Point,
  camera: Camera,
): void {
  const scaleX = (scene.width / outline.of.width) * camera.zoom;
  const scaleY = (scene.height / outline.of.height) * camera.zoom;
  context.save();
  context.transform(scaleX, 0, 0, scaleY, from.x, from.y);
  context.lineCap = 'square';
  // Dark under bright, so that the line is seen on any picture and any colour map.
  for (const [width, colour] of [
    [3.5, 'rgb(0 0 0 / .75)'],
    [1.5, '#ffffff'],
  ] as const) {
    context.lineWidth = Math.max(width, 1 / pixelRatio) / scaleX;
    context.strokeStyle = colour;
    context.stroke(outline.path);
  }
  context.restore();
}

function printValues(context: CanvasRenderingContext2D, { scene, pane, monoFont }: PaneFrame, camera: Camera): void {
  const { x0, y0, x1, y1 } = visiblePixels(camera, pane, scene);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  let font = 0;
  for (let y = y0; y < y1; y++)
    for (let x = x0; x < x1; x++) {
      const { lines, bright } = scene.valueAt(x, y);
      const widest = lines.reduce((n, line) => Math.max(n, line.length), 1);
      const size = Math.min(14, Math.floor(Math.min((camera.zoom * 1.5) / widest, (camera.zoom * 0.86) / lines.length)));
      if (size < 6) continue;
      if (size !== font) context.font = `${(font = size)}px ${monoFont}`;
      context.fillStyle = bright ? '#000000' : '#ffffff';
      const centre = toScreen(camera, pane, { x: x + 0.5, y: y + 0.5 });
      lines.forEach((line, k) => context.fillText(line, centre.x, centre.y + (k - (lines.length - 1) / 2) * size * 1.05));
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
