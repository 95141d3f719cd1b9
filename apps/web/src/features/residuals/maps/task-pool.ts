import type { Answer } from '#web/lib/answer-tasks.ts';

/** The part of a Worker that the pool uses; tests hand in another one. */
export interface PoolWorker {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((event: { data: unknown }) => void) | null;
  onerror: ((event: { message?: string }) => void) | null;
}

export interface PoolRequest<Task> {
  /** Requests with one key share one computation. */
  readonly key: string;
  /** Requests of one affinity go to one worker, which has their pictures decoded already. */
  readonly affinity: string;
  readonly task: Task;
  /** Urgent requests (the opened image) come before the others (the grid's thumbnails). */
  readonly urgent: boolean;
}

interface Job<Task, Result> {
  readonly id: number;
  readonly request: PoolRequest<Task>;
  /** Whose worker does it: that of the first who asked, whatever affinity those have who joined. */
  readonly lane: Lane<Task, Result>;
  urgent: boolean;
  readonly waiters: Set<{ resolve: (result: Result) => void; reject: (reason: unknown) => void }>;
}
interface Lane<Task, Result> {
  worker: PoolWorker | null;
  readonly waiting: Job<Task, Result>[];
  running: Job<Task, Result> | null;
}

function lane(affinity: string, lanes: number): number {
  let hash = 2166136261;
  for (let i = 0; i < affinity.length; i++) hash = Math.imul(hash ^ affinity.charCodeAt(i), 16777619) >>> 0;
  return hash % lanes;
}

/**
 * Hands tasks to a fixed number of workers, each busy with one task at a time. Urgent first, then the newest request (what has just scrolled into
 * view); a request whose waiters have all gone is dropped before it starts. A worker that dies fails its task and is replaced.
 */
export class TaskPool<Task, Result> {
  readonly #create: () => PoolWorker;
  readonly #lanes: Lane<Task, Result>[];
  readonly #jobs = new Map<string, Job<Task, Result>>();
  #nextId = 1;

  constructor(workers: number, create: () => PoolWorker) {
    this.#create = create;
    this.#lanes = Array.from({ length: workers }, () => ({ worker: null, waiting: [], running: null }));
  }

  /** @throws what the task failed with (Error), or the signal's reason when aborted */
  run(request: PoolRequest<Task>, signal?: AbortSignal): Promise<Result> {
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    let job = this.#jobs.get(request.key);
    if (job) job.urgent ||= request.urgent;
    else {
      const first = this.#lanes[lane(request.affinity, this.#lanes.length)]!;
      job = { id: this.#nextId++, request, lane: first, urgent: request.urgent, waiters: new Set() };
      this.#jobs.set(request.key, job);
      first.waiting.push(job);
    }
    const joined = job;
    const at = job.lane;
    const promise = new Promise<Result>((resolve, reject) => {
      const onAbort = (): void => {
        if (!joined.waiters.delete(waiter)) return;
        reject(signal?.reason as Error);
        if (joined.waiters.size === 0 && at.running !== joined) this.#drop(at, joined);
      };
      // One signal may stop thousands of requests, one after the other: what is settled leaves nothing on it.
      const settled =
        <T>(settle: (value: T) => void) =>
        (value: T): void => {
          signal?.removeEventListener('abort', onAbort);
          settle(value);
        };
      const waiter = { resolve: settled(resolve), reject: settled(reject) };
      joined.waiters.add(waiter);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
    this.#advance(at);
    return promise;
  }

  /** Stops all workers; what waits fails. */
  close(): void {
    for (const at of this.#lanes) {
      at.worker?.terminate();
      at.worker = null;
      for (const job of [...at.waiting, ...(at.running ? [at.running] : [])])
        this.#settle(job, { id: job.id, error: 'The view was closed.' });
      at.waiting.length = 0;
      at.running = null;
    }
  }

  #drop(at: Lane<Task, Result>, job: Job<Task, Result>): void {
    const index = at.waiting.indexOf(job);
    if (index >= 0) at.waiting.splice(index, 1);
    this.#jobs.delete(job.request.key);
  }

  #advance(at: Lane<Task, Result>): void {
    if (at.running || at.waiting.length === 0) return;
    const urgent = at.waiting.findLastIndex((job) => job.urgent);
    const [job] = at.waiting.splice(urgent >= 0 ? urgent : at.waiting.length - 1, 1);
    if (!job) return;
    at.running = job;
    at.worker ??= this.#open(at);
    at.worker.postMessage({ id: job.id, task: job.request.task });
  }

  #open(at: Lane<Task, Result>): PoolWorker {
    const worker = this.#create();
    const finish = (answer: Answer<Result>): void => {
      const job = at.running;
      if (!job || job.id !== answer.id) return;
      at.running = null;
      this.#settle(job, answer);
      this.#advance(at);
    };
    worker.onmessage = (event) => finish(event.data as Answer<Result>);
    worker.onerror = (event) => {
      worker.terminate();
      if (at.worker === worker) at.worker = null;
      if (at.running) finish({ id: at.running.id, error: event.message || 'The computation stopped unexpectedly: reload the page.' });
    };
    return worker;
  }

  #settle(job: Job<Task, Result>, answer: Answer<Result>): void {
    this.#jobs.delete(job.request.key);
    for (const waiter of job.waiters) {
      if ('error' in answer) waiter.reject(new Error(answer.error));
      else waiter.resolve(answer.result);
    }
    job.waiters.clear();
  }
}
