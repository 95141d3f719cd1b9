import { ByteCache } from '#web/features/residuals/maps/byte-cache.ts';
import type { Measure } from '#web/features/residuals/view/view-state.ts';
import type { StoredModel } from '#web/features/networks/load-model.ts';
import type { EngineChoice } from '#web/features/networks/open-engine.ts';
import { LiveChecker } from './checker/live-checker.ts';
import type { CheckResult, OpenResult } from './checker/messages.ts';

/** A photograph of the list, with what the model said of it. Its pixels are kept apart, as long as there is room for them. */
export interface Entry {
  readonly id: number;
  readonly name: string;
  readonly picture: Blob;
  readonly state: 'waiting' | 'checking' | 'checked' | 'failed';
  readonly facts: Pick<CheckResult, 'width' | 'height' | 'scores' | 'patches' | 'milliseconds'> | null;
  /** Why it failed. */
  readonly error: string | null;
}

export type ModelState =
  | { readonly kind: 'none' }
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly opened: OpenResult }
  | { readonly kind: 'failed'; readonly reason: string };

export interface SessionState {
  readonly model: ModelState;
  readonly entries: readonly Entry[];
}

/** Pixels of checked photographs that are kept beside the wanted one's: photograph and two maps. */
const KEPT_BYTES = 256 * 2 ** 20;

/** Checks by one model; a worker in the page. */
type Checker = Pick<LiveChecker, 'open' | 'check' | 'close'>;

const bytesOf = (result: CheckResult): number => result.rgba.byteLength + result.maps.ssim.byteLength + result.maps.mse.byteLength;

/** What the page checks: one model, and a list of photographs, checked one after another; the wanted one first. */
export class LiveSession {
  #state: SessionState = { model: { kind: 'none' }, entries: [] };
  readonly #listeners = new Set<() => void>();
  readonly #pixels = new ByteCache<CheckResult>(KEPT_BYTES);
  readonly #newChecker: () => Checker;
  #checker: Checker | null = null;
  #wanted: number | null = null;
  /** The wanted entry's pixels, kept whatever their size: dropped, they would be computed again at once, and dropped again. */
  #shown: { readonly id: number; readonly result: CheckResult } | null = null;
  #nextId = 1;
  /** Raised with every model: what an earlier one still answers is dropped. */
  #opening = 0;
  #busy = false;

  constructor(newChecker: () => Checker = () => new LiveChecker()) {
    this.#newChecker = newChecker;
  }

  readonly state = (): SessionState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Opens a model; the whole list is checked again by it. */
  async open(model: StoredModel, engine: EngineChoice): Promise<void> {
    const opening = ++this.#opening;
    this.#checker?.close();
    this.#checker = this.#newChecker();
    this.#forgetPixels();
    this.#busy = false;
    const entries = this.#state.entries.map((entry): Entry => ({ ...entry, state: 'waiting', facts: null, error: null }));
    this.#set({ model: { kind: 'opening' }, entries });
    try {
      const opened = await this.#checker.open(model, engine);
      if (opening === this.#opening) this.#set({ model: { kind: 'open', opened } });
    } catch (error) {
      if (opening === this.#opening) this.#set({ model: { kind: 'failed', reason: messageOf(error) } });
    }
    void this.#advance();
  }

  /** @returns the first one's id */
  add(pictures: readonly { readonly name: string; readonly picture: Blob }[]): number | null {
    const added = pictures.map(({ name, picture }): Entry => ({
      id: this.#nextId++,
      name,
      picture,
      state: 'waiting',
      facts: null,
      error: null,
    }));
    this.#set({ entries: [...this.#state.entries, ...added] });
    void this.#advance();
    return added[0]?.id ?? null;
  }

  remove(id: number): void {
    this.#forgetPixelsOf(id);
    this.#set({ entries: this.#state.entries.filter((entry) => entry.id !== id) });
  }

  clear(): void {
    this.#forgetPixels();
    this.#set({ entries: [] });
  }

  /** The photograph and maps of an entry where they are kept. Where not, they are computed again, and listeners are told. */
  pixels(id: number): CheckResult | null {
    return this.#shown?.id === id ? this.#shown.result : (this.#pixels.get(String(id)) ?? null);
  }

  /** Checks this entry before the others; again where its pixels are gone. */
  want(id: number): void {
    if (id !== this.#wanted) {
      const [before, kept] = [this.#shown, this.#pixels.get(String(id))];
      this.#wanted = id;
      this.#shown = kept ? { id, result: kept } : null;
      this.#pixels.delete(String(id));
      if (before) this.#pixels.set(String(before.id), before.result, bytesOf(before.result));
    }
    const entry = this.#state.entries.find((one) => one.id === id);
    if (entry?.state === 'checked' && !this.pixels(id)) this.#change(id, { state: 'waiting' });
    void this.#advance();
  }

  /** Checks a frame of the camera that stands in no list. @throws Error with one sentence */
  async checkFrame(picture: Blob): Promise<CheckResult> {
    if (!this.#checker) throw new Error('No model is open: choose one.');
    return await this.#checker.check(picture, 'camera');
  }

  close(): void {
    this.#opening++;
    this.#checker?.close();
    this.#checker = null;
    this.#busy = false;
    this.#set({ model: { kind: 'none' } });
  }

  async #advance(): Promise<void> {
    const checker = this.#checker;
    if (this.#busy || !checker || this.#state.model.kind !== 'open') return;
    const waiting = this.#state.entries.filter((entry) => entry.state === 'waiting');
    const next = waiting.find((entry) => entry.id === this.#wanted) ?? waiting[0];
    if (!next) return;
    const opening = this.#opening;
    this.#busy = true;
    this.#change(next.id, { state: 'checking' });
    try {
      const result = await checker.check(next.picture, next.name);
      if (opening !== this.#opening) return;
      const { width, height, scores, patches, milliseconds } = result;
      if (this.#state.entries.some(({ id }) => id === next.id)) this.#keep(next.id, result);
      this.#change(next.id, { state: 'checked', facts: { width, height, scores, patches, milliseconds } });
    } catch (error) {
      if (opening !== this.#opening) return;
      this.#change(next.id, { state: 'failed', error: messageOf(error) });
    }
    this.#busy = false;
    void this.#advance();
  }

  #keep(id: number, result: CheckResult): void {
    if (id === this.#wanted) this.#shown = { id, result };
    else this.#pixels.set(String(id), result, bytesOf(result));
  }

  #forgetPixels(): void {
    for (const { id } of this.#state.entries) this.#forgetPixelsOf(id);
  }

  #forgetPixelsOf(id: number): void {
    if (this.#shown?.id === id) this.#shown = null;
    this.#pixels.delete(String(id));
  }

  #change(id: number, change: Partial<Entry>): void {
    this.#set({ entries: this.#state.entries.map((entry) => (entry.id === id ? { ...entry, ...change } : entry)) });
  }

  #set(change: Partial<SessionState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export type Verdict = 'defective' | 'good';

/** What the image threshold says of a score; null where there is none. */
export const verdictOf = (scores: Readonly<Record<Measure, number>>, measure: Measure, threshold: number | null): Verdict | null =>
  threshold === null ? null : scores[measure] >= threshold ? 'defective' : 'good';
