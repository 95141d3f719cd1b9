import type { FloatMap, Mask } from '@plumbline/ml/geometry';
import type { ResidualOptions } from '@plumbline/ml/residuals';
import type { Picture } from '../pixels/decode.ts';
import type { Measure } from '../view/view-state.ts';
import { ByteCache } from './byte-cache.ts';
import { TaskPool, type PoolWorker } from './task-pool.ts';
import type { ResidualResult, ResidualTask } from './tasks.ts';

export interface Ask {
  readonly signal?: AbortSignal;
  readonly urgent?: boolean;
}
/** The two stored pictures that residuals are derived from. */
export interface PicturePair {
  readonly inputUrl: string;
  readonly reconstructionUrl: string;
}

const bytesOf = (result: ResidualResult): number => ('rgba' in result ? result.rgba.byteLength : result.data.byteLength);

/** Residual maps and pictures of the screen: computed by workers, remembered up to a bound in bytes. Addresses are content-addressed, so entries never grow stale. */
export class ResidualStore {
  readonly #pool: TaskPool<ResidualTask, ResidualResult>;
  readonly #cache: ByteCache<ResidualResult>;

  constructor(create: () => PoolWorker, workers: number, cacheBytes = 192 * 2 ** 20) {
    this.#pool = new TaskPool(workers, create);
    this.#cache = new ByteCache(cacheBytes);
  }

  async picture(url: string, affinity: string, ask: Ask = {}): Promise<Picture> {
    return (await this.#ask({ kind: 'picture', url }, affinity, ask)) as Picture;
  }

  async mask(url: string, size: { width: number; height: number }, affinity: string, ask: Ask = {}): Promise<Mask> {
    return (await this.#ask({ kind: 'mask', url, ...size }, affinity, ask)) as Mask;
  }

  /** @param size null = network scale; else upsampled to that size as the exported maps are */
  async map(
    pair: PicturePair,
    measure: Measure,
    options: ResidualOptions,
    size: { width: number; height: number } | null,
    ask: Ask = {},
  ): Promise<FloatMap> {
    const { inputUrl, reconstructionUrl } = pair;
    return (await this.#ask({ kind: 'map', inputUrl, reconstructionUrl, measure, options, size }, inputUrl, ask)) as FloatMap;
  }

  /** Stops the workers; asking again starts new ones. */
  close(): void {
    this.#pool.close();
  }

  async #ask(task: ResidualTask, affinity: string, { signal, urgent = false }: Ask): Promise<ResidualResult> {
    const key = JSON.stringify(task);
    const known = this.#cache.get(key);
    if (known) return known;
    const result = await this.#pool.run({ key, affinity, task, urgent }, signal);
    this.#cache.set(key, result, bytesOf(result));
    return result;
  }
}

/** The store of the page, with one worker less than the machine has cores (at most four). */
export function openResidualStore(): ResidualStore {
  const workers = Math.max(1, Math.min(4, (globalThis.navigator?.hardwareConcurrency ?? 2) - 1));
  return new ResidualStore(
    () => new Worker(new URL('./residual-worker.ts', import.meta.url), { type: 'module', name: 'residuals' }) as unknown as PoolWorker,
    workers,
  );
}
