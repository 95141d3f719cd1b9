import { Worker } from 'node:worker_threads';
import type { Geometry } from '@plumbline/ml/recipes';
import type { Measure, ResidualOptions } from '@plumbline/ml/residuals';

/** One map to be computed. */
export interface ResidualTask {
  /** Local paths of the two pictures. */
  readonly input: string;
  readonly reconstruction: string;
  readonly measure: Measure;
  readonly options: ResidualOptions;
  /** How the recipe made a network image of a photograph: in `patch` the two pictures are sheets of padded tiles. */
  readonly geometry: Geometry;
  /** Size of the original image. */
  readonly width: number;
  readonly height: number;
}

export type ResidualAnswer = { readonly id: number; readonly tiff: Uint8Array } | { readonly id: number; readonly error: string };

/** As many maps wait as may; the same may be asked again later. */
export class TooManyResiduals extends Error {
  override readonly name = 'TooManyResiduals';
  readonly retryAfterSeconds = 5;

  constructor() {
    super('Too many residual maps are being computed; try again in a few seconds.');
  }
}

/** Computes residual maps beside the event loop, one after another: a map of a large image takes a second, and requests must not wait for it. */
export interface Residuals {
  /**
   * The map as TIFF. What is asked for again under the same tag is computed once, and kept while there is room.
   * @param tag names the content: the same tag, the same bytes
   * @throws TooManyResiduals
   */
  compute(tag: string, task: ResidualTask): Promise<Buffer>;
  stop(): Promise<void>;
}

export interface ResidualLimits {
  /** Maps that wait for the one being computed. */
  readonly waiting: number;
  /** Bytes of computed maps that are kept, the least recently used leave first. */
  readonly keptBytes: number;
}

interface Job {
  readonly id: number;
  readonly task: ResidualTask;
  done(tiff: Buffer): void;
  fail(error: Error): void;
}

// tsx must be there before the thread reads TypeScript.
const startResidualThread = () => new Worker(new URL('./residualThread.mjs', import.meta.url));

export function createResiduals(
  { waiting: most, keptBytes }: ResidualLimits = { waiting: 32, keptBytes: 64 * 2 ** 20 },
  startThread: () => Worker = startResidualThread,
): Residuals {
  const asked = new Map<string, Promise<Buffer>>();
  const kept = recentlyUsed(keptBytes);
  const waiting: Job[] = [];
  /** What the living thread computes: a thread that ends takes this job alone with it. */
  let current: Job | null = null;
  let worker: Worker | null = null;
  let stopped = false;
  let count = 0;

  function start(): Worker {
    const thread = startThread();
    const ended = (error: Error): void => {
      // 'exit' follows 'error', when another thread may be at work already.
      if (worker !== thread) return;
      worker = null;
      settle((job) => job.fail(error));
    };
    thread.on('message', (answer: ResidualAnswer) => {
      if (worker !== thread || current?.id !== answer.id) return;
      settle((job) => {
        if ('tiff' in answer) job.done(Buffer.from(answer.tiff.buffer, answer.tiff.byteOffset, answer.tiff.byteLength));
        else job.fail(new Error(answer.error));
      });
    });
    thread.on('error', ended);
    thread.on('exit', () => ended(new Error('The thread that computes residual maps ended.')));
    thread.unref();
    return thread;
  }

  function settle(tell: (job: Job) => void): void {
    const job = current;
    current = null;
    if (job) tell(job);
    next();
  }

  function next(): void {
    if (current || stopped) return;
    current = waiting.shift() ?? null;
    if (!current) return;
    worker ??= start();
    worker.postMessage({ id: current.id, task: current.task });
  }

  return {
    async compute(tag, task) {
      const known = kept.get(tag) ?? asked.get(tag);
      if (known) return known;
      if (stopped) throw new Error('Residual maps are no longer computed: the server stops.');
      if (current && waiting.length >= most) throw new TooManyResiduals();
      const computed = new Promise<Buffer>((done, fail) => {
        waiting.push({ id: count++, task, done, fail });
      });
      asked.set(tag, computed);
      next();
      try {
        const tiff = await computed;
        kept.set(tag, tiff);
        return tiff;
      } finally {
        asked.delete(tag);
      }
    },
    async stop() {
      stopped = true;
      for (const job of waiting.splice(0)) job.fail(new Error('Residual maps are no longer computed: the server stops.'));
      await worker?.terminate();
    },
  };
}

/** A memory of at most `most` bytes, from which what was not asked for longest leaves first. */
function recentlyUsed(most: number): { get(tag: string): Buffer | undefined; set(tag: string, bytes: Buffer): void } {
  const kept = new Map<string, Buffer>();
  let total = 0;
  const forget = (tag: string): void => {
    total -= kept.get(tag)?.length ?? 0;
    kept.delete(tag);
  };
  const set = (tag: string, bytes: Buffer): void => {
    forget(tag);
    if (bytes.length > most) return;
    kept.set(tag, bytes);
    total += bytes.length;
    for (const oldest of kept.keys()) {
      if (total <= most) break;
      forget(oldest);
    }
  };
  return {
    get(tag) {
      const bytes = kept.get(tag);
      if (bytes) set(tag, bytes);
      return bytes;
    },
    set,
  };
}
