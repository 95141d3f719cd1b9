import type { StoredModel } from '#web/features/networks/load-model.ts';
import type { EngineChoice } from '#web/features/networks/open-engine.ts';
import { wasmAddresses } from '#web/features/networks/wasm-addresses.ts';
import type { Answer } from '#web/lib/answer-tasks.ts';
import type { CheckerResult, CheckerTask, CheckResult, OpenResult } from './messages.ts';

type Waiter = { readonly resolve: (result: CheckerResult) => void; readonly reject: (error: Error) => void };

/** A worker with one model, which checks photographs one after another. No photograph goes anywhere else. */
export class LiveChecker {
  readonly #worker: Worker;
  readonly #waiters = new Map<number, Waiter>();
  #nextId = 1;

  constructor() {
    this.#worker = new Worker(new URL('./live-worker.ts', import.meta.url), { type: 'module', name: 'live check' });
    this.#worker.onmessage = ({ data }: MessageEvent<Answer<CheckerResult>>) => {
      const waiter = this.#waiters.get(data.id);
      this.#waiters.delete(data.id);
      if ('error' in data) waiter?.reject(new Error(data.error));
      else waiter?.resolve(data.result);
    };
    this.#worker.onerror = (event) => this.#fail(event.message || 'The check stopped unexpectedly: reload the page.');
  }

  /** @throws Error with one sentence where the model or an engine cannot be had */
  async open(model: StoredModel, engine: EngineChoice): Promise<OpenResult> {
    return (await this.#ask({ kind: 'open', model, engine, wasm: wasmAddresses() })) as OpenResult;
  }

  /** @throws Error with one sentence where the picture cannot be used */
  async check(picture: Blob, name: string): Promise<CheckResult> {
    return (await this.#ask({ kind: 'check', picture, name })) as CheckResult;
  }

  close(): void {
    this.#worker.terminate();
    this.#fail('The check was closed.');
  }

  #fail(message: string): void {
    for (const waiter of this.#waiters.values()) waiter.reject(new Error(message));
    this.#waiters.clear();
  }

  #ask(task: CheckerTask): Promise<CheckerResult> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiters.set(id, { resolve, reject });
      this.#worker.postMessage({ id, task });
    });
  }
}
