import { fitCamera, toScreen, VALUES_ZOOM, type Camera, type Point, type Size } from '../residuals/camera/camera.ts';
import type { Box } from './mask-drawing.ts';
import type { MaskEditor } from './mask-editor.ts';

/** Teal, as every outlined defect. */
const TEAL = Uint8Array.of(38, 201, 202, 255);
/** One pixel of it as a word of this machine, whichever end it puts first. */
const TEAL_WORD = new Uint32Array(TEAL.buffer)[0]!;
const LINE = 'oklch(0.78 0.13 195)';

/** The mask as a picture of its own, kept up to date box by box. */
export class MaskLayer {
  readonly canvas: OffscreenCanvas;
  readonly #context: OffscreenCanvasRenderingContext2D;

  constructor(editor: MaskEditor) {
    const { width, height } = editor.mask;
    this.canvas = new OffscreenCanvas(width, height);
    const context = this.canvas.getContext('2d');
    if (!context) throw new Error('This browser gives no canvas to draw with: close other tabs or use a current browser.');
    this.#context = context;
    this.update(editor, { x0: 0, y0: 0, x1: width, y1: height });
  }

  update({ mask }: MaskEditor, { x0, y0, x1, y1 }: Box): void {
    const picture = new ImageData(x1 - x0, y1 - y0);
    const words = new Uint32Array(picture.data.buffer);
    for (let y = y0; y < y1; y++)
      for (let x = x0; x < x1; x++) if (mask.data[y * mask.width + x]) words[(y - y0) * (x1 - x0) + x - x0] = TEAL_WORD;
    this.#context.putImageData(picture, x0, y0);
  }
}

export interface MaskScene {
  readonly picture: ImageBitmap;
  readonly layer: MaskLayer;
  /** Share of the mask's colour over the picture, 0–1. */
  readonly opacity: number;
  readonly camera: Camera | null;
  /** Where the brush is, in pixel corners; null beside the picture, and for the polygon. */
  readonly brush: { readonly at: Point; readonly diameter: number } | null;
  /** Corners of the polygon being drawn, the cursor last. */
  readonly polygon: readonly Point[];
}

/** Draws the scene; the canvas has its size in device pixels already. */
export function paintMask(canvas: HTMLCanvasElement, scene: MaskScene): void {
  const context = canvas.getContext('2d');
  const pane: Size = { width: canvas.clientWidth, height: canvas.clientHeight };
  if (!context || pane.width === 0) return;
  const density = canvas.width / pane.width;
  const size = { width: scene.picture.width, height: scene.picture.height };
  const camera = scene.camera ?? fitCamera(size, pane);
  context.setTransform(density, 0, 0, density, 0, 0);
  context.clearRect(0, 0, pane.width, pane.height);
  const corner = toScreen(camera, pane, { x: 0, y: 0 });
  const [width, height] = [size.width * camera.zoom, size.height * camera.zoom];
  // Pixels are pixels when enlarged; a reduced picture is smoothed.
  context.imageSmoothingEnabled = camera.zoom * density < 1;
  context.drawImage(scene.picture, corner.x, corner.y, width, height);
  context.globalAlpha = scene.opacity;
  context.drawImage(scene.layer.canvas, corner.x, corner.y, width, height);
  context.globalAlpha = 1;
  if (camera.zoom >= VALUES_ZOOM / 2) gridLines(context, camera, pane, size);
  const line = (path: () => void): void => {
    for (const [colour, thick] of [
      ['rgb(0 0 0 / 0.7)', 3],
      ['#ffffff', 1.25],
    ] as const) {
      context.strokeStyle = colour;
      context.lineWidth = thick;
      context.beginPath();
      path();
      context.stroke();
    }
  };
  const { brush, polygon } = scene;
  if (brush) {
    const at = toScreen(camera, pane, brush.at);
    line(() => context.arc(at.x, at.y, Math.max(1.5, (brush.diameter / 2) * camera.zoom), 0, 2 * Math.PI));
  }
  if (polygon.length > 0) {
    const points = polygon.map((point) => toScreen(camera, pane, point));
    line(() => points.forEach(({ x, y }, i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y))));
    context.fillStyle = LINE;
    for (const { x, y } of points.slice(0, -1)) context.fillRect(x - 3, y - 3, 6, 6);
  }
}

function gridLines(context: CanvasRenderingContext2D, camera: Camera, pane: Size, size: Size): void {
  const [from, to] = [toScreen(camera, pane, { x: 0, y: 0 }), toScreen(camera, pane, { x: size.width, y: size.height })];
  const [left, right] = [Math.max(0, from.x), Math.min(pane.width, to.x)];
  const [top, bottom] = [Math.max(0, from.y), Math.min(pane.height, to.y)];
  context.strokeStyle = 'rgb(128 128 128 / 0.35)';
  context.lineWidth = 1;
  context.beginPath();
  for (let x = from.x + Math.ceil((left - from.x) / camera.zoom) * camera.zoom; x <= right; x += camera.zoom) {
    context.moveTo(x, top);
    context.lineTo(x, bottom);
  }
  for (let y = from.y + Math.ceil((top - from.y) / camera.zoom) * camera.zoom; y <= bottom; y += camera.zoom) {
    context.moveTo(left, y);
    context.lineTo(right, y);
  }
  context.stroke();
}
