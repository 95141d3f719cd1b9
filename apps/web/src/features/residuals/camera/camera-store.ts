import { fitCamera, follow, zoomAt, type Camera, type Point, type Size } from './camera.ts';

type Listener = () => void;

/**
 * The camera and the cursor that all panes share, outside React: panes redraw on the next frame without a render of the page.
 * A null camera means "fitted": each pane fits the image by itself, whatever its size.
 */
export class CameraStore {
  #camera: Camera | null;
  #cursor: Point | null = null;
  #byKeys = false;
  #loupe = false;
  #split = 0.5;
  #view: { pane: Size; image: Size } | null = null;
  readonly #cameraListeners = new Set<Listener>();
  readonly #cursorListeners = new Set<Listener>();

  constructor(camera: Camera | null = null) {
    this.#camera = camera;
  }

  get camera(): Camera | null {
    return this.#camera;
  }

  /** The image pixel under the cursor, null beside the image. */
  get cursor(): Point | null {
    return this.#cursor;
  }

  setCamera(camera: Camera | null): void {
    if (camera === this.#camera) return;
    this.#camera = camera;
    for (const listener of this.#cameraListeners) listener();
  }

  /** Told by a pane when it draws: what "fitted" means just now. */
  setView(pane: Size, image: Size): void {
    const last = this.#view;
    if (
      last?.pane.width === pane.width &&
      last.pane.height === pane.height &&
      last.image.width === image.width &&
      last.image.height === image.height
    )
      return;
    this.#view = { pane, image };
    for (const listener of this.#cameraListeners) listener();
  }

  /** CSS pixels per image pixel; null before the first drawing. */
  get zoom(): number | null {
    return this.#camera?.zoom ?? (this.#view ? fitCamera(this.#view.image, this.#view.pane).zoom : null);
  }

  /** Zooms about the pane's middle, as keys and buttons do. */
  zoomBy(factor: number): void {
    if (!this.#view) return;
    const { pane, image } = this.#view;
    this.setCamera(zoomAt(this.#camera ?? fitCamera(image, pane), pane, { x: pane.width / 2, y: pane.height / 2 }, factor, image));
  }

  /** Whether a magnifying glass follows the cursor. */
  get loupe(): boolean {
    return this.#loupe;
  }

  setLoupe(on: boolean): void {
    if (on === this.#loupe) return;
    this.#loupe = on;
    for (const listener of this.#cursorListeners) listener();
  }

  /** Where the line between two swiped variants stands, as a share of a pane's width. */
  get split(): number {
    return this.#split;
  }

  setSplit(share: number): void {
    this.#split = Math.min(1, Math.max(0, share));
    for (const listener of this.#cameraListeners) listener();
  }

  /** Whether keys moved the cursor last, and not the pointer. */
  get byKeys(): boolean {
    return this.#byKeys;
  }

  /** Where the pointer is. */
  setCursor(cursor: Point | null): void {
    this.#putCursor(cursor, false);
  }

  #putCursor(cursor: Point | null, byKeys: boolean): void {
    this.#byKeys = byKeys;
    if (cursor?.x === this.#cursor?.x && cursor?.y === this.#cursor?.y) return;
    this.#cursor = cursor;
    for (const listener of this.#cursorListeners) listener();
  }

  /** Moves the cursor by whole pixels, as keys do, from the middle of what is seen where it is nowhere; the camera follows it. */
  moveCursor(dx: number, dy: number): void {
    if (!this.#view) return;
    const { pane, image } = this.#view;
    const within = (value: number, length: number): number => Math.min(length - 1, Math.max(0, Math.floor(value)));
    const from = this.#cursor ?? this.#camera ?? { x: image.width / 2, y: image.height / 2 };
    const [x, y] = this.#cursor ? [from.x + dx, from.y + dy] : [from.x, from.y];
    const cursor = { x: within(x, image.width), y: within(y, image.height) };
    this.#putCursor(cursor, true);
    if (!this.#camera) return;
    const camera = follow(this.#camera, pane, cursor, image);
    if (camera.x !== this.#camera.x || camera.y !== this.#camera.y) this.setCamera(camera);
  }

  onCamera = (listener: Listener): (() => void) => {
    this.#cameraListeners.add(listener);
    return () => this.#cameraListeners.delete(listener);
  };

  onCursor = (listener: Listener): (() => void) => {
    this.#cursorListeners.add(listener);
    return () => this.#cursorListeners.delete(listener);
  };
}
