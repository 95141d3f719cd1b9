import { wasmAddresses } from '#web/features/networks/wasm-addresses.ts';
import { ByteCache } from '../maps/byte-cache.ts';
import { TaskPool, type PoolWorker } from '../maps/task-pool.ts';
import type { Picture } from '../pixels/decode.ts';
import type { DecodeTask, DecodingModel, DecodingResult, DecodingTask } from './tasks.ts';

/** What is to be decoded of one image under one evaluation. */
export interface DecodeAsk extends Pick<DecodeTask, 'inputUrl' | 'turns'> {
  readonly model: DecodingModel;
}

/** Some hundred images of twelve patches. */
const KEPT_BYTES = 96 * 2 ** 20;

/**
 * What autoencoders drew of turned patches: computed by one worker, one image after another, and remembered up to a bound in bytes. The worker
 * starts, and a model is fetched, when first asked for.
 */
export class DecodedStore {
  readonly #pool: TaskPool<DecodingTask, DecodingResult>;
  readonly #wasm: () => DecodeTask['wasm'];
  readonly #cache: ByteCache<Picture>;
  /** Models that the worker was given, and whether it has answered by them yet. */
  readonly #models = new Map<string, boolean>();

  constructor(create: () => PoolWorker, wasm: () => DecodeTask['wasm'], cacheBytes = KEPT_BYTES) {
    this.#pool = new TaskPool(1, create);
    this.#wasm = wasm;
    this.#cache = new ByteCache(cacheBytes);
  }

  /** Whether a model need not be fetched first. */
  isOpen(model: string): boolean {
    return this.#models.get(model) ?? false;
  }

  /** The sheet of what was drawn, 8 bit. @throws Error with one sentence where the model, an engine or the input cannot be had; the signal's reason when aborted */
  async decoded({ model, inputUrl, turns }: DecodeAsk, signal: AbortSignal): Promise<Picture> {
    const key = JSON.stringify([model.id, inputUrl, turns]);
    const known = this.#cache.get(key);
    if (known) return known;
    this.#models.set(model.id, this.isOpen(model.id));
    const task: DecodeTask = { kind: 'decode', model, inputUrl, turns, wasm: this.#wasm() };
    const picture = (await this.#pool.run({ key, affinity: '', task, urgent: true }, signal)) as Picture;
    if (this.#models.has(model.id)) this.#models.set(model.id, true);
    this.#cache.set(key, picture, picture.rgba.byteLength);
    return picture;
  }

  /** Closes every model but these. */
  keep(models: readonly string[]): void {
    const gone = [...this.#models.keys()].filter((id) => !models.includes(id));
    if (gone.length === 0) return;
    for (const id of gone) this.#models.delete(id);
    // Nobody waits for it; the view may be closed before it is done.
    this.#pool.run({ key: `keep ${models.join(' ')}`, affinity: '', task: { kind: 'keep', models }, urgent: true }).catch(() => undefined);
  }

  /** Stops the worker; asking again starts a new one. */
  close(): void {
    this.#models.clear();
    this.#pool.close();
  }
}

export function openDecodedStore(): DecodedStore {
  return new DecodedStore(
    () => new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module', name: 'decoding' }) as unknown as PoolWorker,
    wasmAddresses,
  );
}
