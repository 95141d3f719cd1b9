import type { FloatMap, Mask } from '@plumbline/ml/geometry';
import type { Picture } from '../pixels/decode.ts';
import type { OrientationSweep, Turning } from '../pixels/patches.ts';
import type { ImageCounts } from '../pixels/pixel-counts.ts';
import type { MapOptions } from '../view/protocol.ts';
import type { Measure } from '../view/view-state.ts';
import { ByteCache } from './byte-cache.ts';
import { TaskPool, type PoolWorker } from './task-pool.ts';
import { buffersOf, type ResidualAnswers, type ResidualResult, type ResidualTask } from './tasks.ts';

export interface Ask {
  readonly signal?: AbortSignal;
  readonly urgent?: boolean;
}
/** The two stored pictures that residuals are derived from. The input may be that of several variants, whose work the reconstructions share out among the workers. */
export interface PicturePair {
  readonly inputUrl: string;
  readonly reconstructionUrl: string;
}

export interface MapSize {
  readonly width: number;
  readonly height: number;
}

const bytesOf = (result: ResidualResult): number => buffersOf(result).reduce((sum, { byteLength }) => sum + byteLength, 0);

/** Residual maps and pictures of the screen: computed by workers, remembered up to a bound in bytes. Addresses are content-addressed, so entries never grow stale. */
export class ResidualStore {
  readonly #pool: TaskPool<ResidualTask, ResidualResult>;
  readonly #cache: ByteCache<ResidualResult>;

  constructor(create: () => PoolWorker, workers: number, cacheBytes = 192 * 2 ** 20) {
    this.#pool = new TaskPool(workers, create);
    this.#cache = new ByteCache(cacheBytes);
  }

  picture(url: string, affinity: string, ask: Ask = {}): Promise<Picture> {
    return this.#ask({ kind: 'picture', url }, affinity, ask);
  }

  mask(url: string, size: MapSize, affinity: string, ask: Ask = {}): Promise<Mask> {
    return this.#ask({ kind: 'mask', url, ...size }, affinity, ask);
  }

  /** @param size null = network scale; else upsampled to that size as the exported maps are */
  map(pair: PicturePair, measure: Measure, options: MapOptions, size: MapSize | null, ask: Ask = {}): Promise<FloatMap> {
    const { inputUrl, reconstructionUrl } = pair;
    return this.#ask({ kind: 'map', inputUrl, reconstructionUrl, measure, options, size }, reconstructionUrl, ask);
  }

  /** Pixels of the exported map by value and ground truth; not remembered, since whoever asks adds them up. */
  counts(
    pair: PicturePair,
    measure: Measure,
    options: MapOptions,
    size: MapSize,
    maskUrl: string | null,
    thresholds: readonly number[],
    signal: AbortSignal,
  ): Promise<ImageCounts> {
    const { inputUrl, reconstructionUrl } = pair;
    const task: ResidualTask = { kind: 'counts', inputUrl, reconstructionUrl, measure, options, size, maskUrl, thresholds };
    return this.#run(task, reconstructionUrl, { signal });
  }

  /** The patches as the network saw them, turned by α (radians), side by side. */
  patches(url: string, turning: Turning, turns: readonly number[], ask: Ask = {}): Promise<Picture> {
    return this.#ask({ kind: 'patches', url, turning, turns }, url, ask);
  }

  sweep(url: string, turning: Turning, patch: number, ask: Ask = {}): Promise<OrientationSweep> {
    return this.#ask({ kind: 'sweep', url, turning, patch }, url, ask);
  }

  /** Stops the workers; asking again starts new ones. */
  close(): void {
    this.#pool.close();
  }

  async #ask<Task extends ResidualTask>(task: Task, affinity: string, ask: Ask): Promise<ResidualAnswers[Task['kind']]> {
    const key = JSON.stringify(task);
    const known = this.#cache.get(key);
    if (known) return known as ResidualAnswers[Task['kind']];
    const result = await this.#run(task, affinity, ask);
    this.#cache.set(key, result, bytesOf(result));
    return result;
  }

  async #run<Task extends ResidualTask>(
    task: Task,
    affinity: string,
    { signal, urgent = false }: Ask,
  ): Promise<ResidualAnswers[Task['kind']]> {
    return (await this.#pool.run({ key: JSON.stringify(task), affinity, task, urgent }, signal)) as ResidualAnswers[Task['kind']];
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
