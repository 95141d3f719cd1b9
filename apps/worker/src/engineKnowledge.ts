import type { PrismaClient } from '@plumbline/prisma';
import type { Logger } from 'pino';
import { runTask } from './compute/runTask.ts';
import type { Registration } from './registration.ts';

/** A new worker often has a training at once; it is measured when it has nothing to do. */
const idleMilliseconds = 30_000;

/** What a worker knows and tells of its engine: which it is, at once; what a training step costs, once it was idle. Asked in processes of their own, so that the worker never loads TensorFlow. */
export class EngineKnowledge {
  readonly #registration: Registration;
  readonly #prisma: PrismaClient;
  readonly #signal: AbortSignal;
  readonly #log: Logger;
  #asked: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;

  constructor(registration: Registration, prisma: PrismaClient, signal: AbortSignal, log: Logger) {
    this.#registration = registration;
    this.#prisma = prisma;
    this.#signal = signal;
    this.#log = log;
  }

  start(): void {
    this.#asked = this.#ask('describe-engine');
    this.#timer = setInterval(() => void this.#measureWhenIdle(), idleMilliseconds);
  }

  /** The processes end by the signal. */
  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#asked;
  }

  async #measureWhenIdle(): Promise<void> {
    try {
      const busy = { workerId: this.#registration.id, state: { in: ['preparing' as const, 'running' as const] } };
      if ((await this.#prisma.trainingRun.count({ where: busy })) + (await this.#prisma.evaluation.count({ where: busy })) > 0) return;
      if (this.#timer) clearInterval(this.#timer);
      this.#asked = this.#asked.then(() => this.#ask('measure-engine'));
    } catch (error) {
      this.#log.warn({ error: (error as Error).message }, 'engine');
    }
  }

  async #ask(kind: 'describe-engine' | 'measure-engine'): Promise<void> {
    if (this.#signal.aborted) return;
    try {
      const message = await runTask({ kind }, { signal: this.#signal, onMessage: () => undefined });
      if (message?.kind !== 'engine') return;
      const { engine } = message;
      await this.#registration.tellEngine(engine);
      const step = engine.speed ? Math.round(engine.speed.stepMilliseconds) : null;
      this.#log.info({ engine: engine.engine, device: engine.device, reason: engine.reason, stepMilliseconds: step }, 'engine');
    } catch (error) {
      if (!this.#signal.aborted) this.#log.error({ error: (error as Error).message }, 'no engine');
    }
  }
}
