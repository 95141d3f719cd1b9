import type { Mask } from '@plumbline/ml/geometry';
import type { Point } from '../residuals/camera/camera.ts';
import { drawStroke, fillPolygon, unite, type Box } from './mask-drawing.ts';

/** A step that can be undone: the pixels of a box before and after. */
interface Step {
  readonly box: Box;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** Bytes that steps may hold together; the oldest are forgotten beyond. */
const MEMORY = 96 * 2 ** 20;

/** A state of the drawing: the last step done in it, or what the steps begin from. */
export type Drawn = object;

type Listener = (changed: Box | null) => void;

/** A mask being drawn, with what was done to it. Outside React: a stroke changes pixels many times a second. */
export class MaskEditor {
  readonly mask: Mask;
  /** The mask as it was after the last whole step. */
  readonly #settled: Uint8Array;
  #touched: Box | null = null;
  #steps: Step[] = [];
  /** What the first step was drawn on; another one once steps are forgotten. */
  #ground: Drawn = {};
  /** How many of the steps are done; the others can be done again. */
  #done = 0;
  /** Number of done steps at which the mask was saved; −1 where no way leads back there. */
  #saved = 0;
  #version = 0;
  readonly #listeners = new Set<Listener>();

  #savedSha256: string | null;

  /** @param savedSha256 the mask's name in the dataset; null where it has none yet */
  constructor(mask: Mask, savedSha256: string | null = null) {
    this.#savedSha256 = savedSha256;
    this.mask = { ...mask, data: Uint8Array.from(mask.data) };
    this.#settled = Uint8Array.from(mask.data);
  }

  /** Counts changes of what the buttons show. */
  get version(): number {
    return this.#version;
  }
  get canUndo(): boolean {
    return this.#done > 0;
  }
  get canRedo(): boolean {
    return this.#done < this.#steps.length;
  }
  /** Whether the mask differs in its history from the saved one. */
  get unsaved(): boolean {
    return this.#done !== this.#saved;
  }
  /** Which mask is being drawn over: a save by somebody else is noticed by it. */
  get savedSha256(): string | null {
    return this.#savedSha256;
  }
  get isEmpty(): boolean {
    return !this.mask.data.includes(1);
  }
  /** The mask after the last whole step: what a save that begins now keeps. */
  get drawn(): Drawn {
    return this.#steps[this.#done - 1] ?? this.#ground;
  }

  /** Part of a stroke; `commit` ends it. Points in pixel corners, diameter in pixels. */
  stroke(from: Point, to: Point, diameter: number, value: 0 | 1): void {
    this.#touch(drawStroke(this.mask, from, to, diameter, value));
  }

  polygon(points: readonly Point[], value: 0 | 1): void {
    this.#touch(fillPolygon(this.mask, points, value));
    this.commit();
  }

  clear(): void {
    this.mask.data.fill(0);
    this.#touch({ x0: 0, y0: 0, x1: this.mask.width, y1: this.mask.height });
    this.commit();
  }

  /** Makes what was drawn since the last one a step. Nothing where no pixel changed. */
  commit(): void {
    const box = this.#touched;
    this.#touched = null;
    if (!box) return;
    const [before, after] = [this.#cut(this.#settled, box), this.#cut(this.mask.data, box)];
    if (before.every((value, i) => value === after[i])) return;
    this.#paste(this.#settled, box, after);
    if (this.#saved > this.#done) this.#saved = -1;
    this.#steps.length = this.#done;
    this.#steps.push({ box, before, after });
    this.#done += 1;
    this.#forget();
    this.#tell(null);
  }

  undo(): void {
    this.commit();
    const step = this.#steps[this.#done - 1];
    if (!step) return;
    this.#done -= 1;
    this.#put(step.box, step.before);
  }

  redo(): void {
    this.commit();
    const step = this.#steps[this.#done];
    if (!step) return;
    this.#done += 1;
    this.#put(step.box, step.after);
  }

  /** The mask as it was at `drawn` is the saved one: strokes that came while it was being sent are not saved with it. */
  markSaved(sha256: string | null, drawn: Drawn): void {
    this.#savedSha256 = sha256;
    const step = this.#steps.findIndex((one) => one === drawn);
    this.#saved = drawn === this.#ground ? 0 : step < 0 ? -1 : step + 1;
    this.#tell(null);
  }

  /** Told of the pixels that changed, or of null where only what can be undone changed. */
  subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #touch(box: Box | null): void {
    if (!box) return;
    this.#touched = unite(this.#touched, box);
    this.#redraw(box);
  }

  #put(box: Box, pixels: Uint8Array): void {
    this.#paste(this.mask.data, box, pixels);
    this.#paste(this.#settled, box, pixels);
    this.#tell(box);
  }

  /** Only the picture changes: a stroke under way comes here many times a second. */
  #redraw(changed: Box | null): void {
    for (const listener of this.#listeners) listener(changed);
  }

  #tell(changed: Box | null): void {
    this.#version += 1;
    this.#redraw(changed);
  }

  #cut(data: Uint8Array, { x0, y0, x1, y1 }: Box): Uint8Array {
    const pixels = new Uint8Array((x1 - x0) * (y1 - y0));
    for (let y = y0; y < y1; y++) pixels.set(data.subarray(y * this.mask.width + x0, y * this.mask.width + x1), (y - y0) * (x1 - x0));
    return pixels;
  }

  #paste(data: Uint8Array, { x0, y0, x1, y1 }: Box, pixels: Uint8Array): void {
    for (let y = y0; y < y1; y++) data.set(pixels.subarray((y - y0) * (x1 - x0), (y - y0 + 1) * (x1 - x0)), y * this.mask.width + x0);
  }

  #forget(): void {
    let held = this.#steps.reduce((sum, { before }) => sum + 2 * before.length, 0);
    // The last step can always be undone.
    while (held > MEMORY && this.#steps.length > 1) {
      const oldest = this.#steps.shift()!;
      held -= 2 * oldest.before.length;
      this.#ground = oldest;
      this.#done -= 1;
      this.#saved = Math.max(-1, this.#saved - 1);
    }
  }
}
