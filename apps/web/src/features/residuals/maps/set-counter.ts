import { SetCounts } from '../pixels/pixel-counts.ts';
import { ThresholdEdges } from '../pixels/threshold-edges.ts';
import type { MapOptions } from '../view/protocol.ts';
import type { Measure } from '../view/view-state.ts';
import type { MapSize, PicturePair, ResidualStore } from './residual-store.ts';

/** One image whose pixels can be counted: a good one, or one whose defect is outlined. */
export interface CountedImage extends PicturePair {
  /** The photograph's own size, at which maps are exported and scored. */
  readonly size: MapSize;
  /** null = good. */
  readonly maskUrl: string | null;
}

export interface SetQuestion {
  readonly images: readonly CountedImage[];
  readonly measure: Measure;
  readonly options: MapOptions;
  /** Thresholds that must be answered exactly beside those of three significant digits. */
  readonly thresholds: readonly number[];
}

/** Images asked for at once: the workers never wait for the page, and what is opened never waits for more than these. */
const AT_ONCE = 2;
/** Between two reports of progress, in milliseconds. */
const REPORT = 200;

/**
 * Counts the pixels of a whole set, image after image, in the workers and behind everything that somebody waits for. Stops where it is told to and
 * goes on from there.
 */
export class SetCounter {
  readonly counts: SetCounts;
  readonly #store: ResidualStore;
  readonly #question: SetQuestion;
  readonly #listeners = new Set<() => void>();
  #next = 0;
  /** Those that could not be read. */
  readonly #unread = new Set<number>();
  #version = 0;
  #reported = 0;
  #running: AbortController | null = null;
  readonly #asked = new Set<number>();
  /** Those that were asked for when it was stopped, or could not be read. */
  readonly #again: number[] = [];

  constructor(store: ResidualStore, question: SetQuestion) {
    this.#store = store;
    this.#question = question;
    this.counts = new SetCounts(new ThresholdEdges(question.thresholds));
  }

  /** Images that are to be counted. */
  get total(): number {
    return this.#question.images.length;
  }

  /** Images that could not be read and are in no count. */
  get unread(): number {
    return this.#unread.size;
  }

  /** Whether every image is counted or was found not to be readable. */
  get done(): boolean {
    return this.counts.images + this.unread >= this.total;
  }

  /** Changes with every report. */
  get version(): number {
    return this.#version;
  }

  onProgress = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Counts on until all are counted or `stop` is called; what could not be read before is tried again. */
  async run(): Promise<void> {
    if (this.#running || (this.done && this.unread === 0)) return;
    this.#again.push(...this.#unread);
    this.#unread.clear();
    const running = new AbortController();
    this.#running = running;
    this.#report(true);
    await Promise.all(Array.from({ length: AT_ONCE }, () => this.#work(running.signal)));
    if (this.#running === running) this.#running = null;
    this.#report(true);
  }

  stop(): void {
    this.#running?.abort();
    this.#running = null;
    this.#again.push(...this.#asked);
    this.#asked.clear();
  }

  async #work(signal: AbortSignal): Promise<void> {
    const { images, measure, options, thresholds } = this.#question;
    while (!signal.aborted) {
      const at = this.#again.pop() ?? (this.#next < images.length ? this.#next++ : null);
      const image = at === null ? undefined : images[at];
      if (at === null || !image) return;
      this.#asked.add(at);
      const counted = await this.#store
        .counts(image, measure, options, image.size, image.maskUrl, thresholds, signal)
        .catch((): null => null);
      // Stopped in the meantime, it is asked for again, even where the answer was on its way.
      if (signal.aborted) return;
      this.#asked.delete(at);
      if (counted) this.counts.add(counted);
      else this.#unread.add(at);
      this.#report(false);
    }
  }

  #report(now: boolean): void {
    const time = performance.now();
    if (!now && time - this.#reported < REPORT) return;
    this.#reported = time;
    this.#version++;
    for (const listener of this.#listeners) listener();
  }
}

/** Counters of a store by what they were asked, so that an image opened later finds the set counted. */
const known = new WeakMap<ResidualStore, Map<string, SetCounter>>();
/** One holds the counts of some 7,000 thresholds: 120 kB. */
const KEPT = 64;

/** @param key names the images, whose list would be too long for one: the evaluation's id */
export function setCounterOf(store: ResidualStore, key: string, question: SetQuestion): SetCounter {
  const counters = known.get(store) ?? new Map<string, SetCounter>();
  known.set(store, counters);
  const { measure, options, thresholds, images } = question;
  const full = JSON.stringify([key, images.length, measure, options, thresholds]);
  const found = counters.get(full) ?? new SetCounter(store, question);
  counters.delete(full);
  counters.set(full, found);
  for (const oldest of counters.keys()) if (counters.size > KEPT) counters.delete(oldest);
  return found;
}
