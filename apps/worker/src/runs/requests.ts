import { listenChanges, type ChangeListener } from '@plumbline/jobs';
import type { PrismaClient } from '@plumbline/prisma';
import type { Logger } from 'pino';

const pollMilliseconds = 1000;

/** What people ask of a running training or evaluation. */
export interface Requested {
  /** Aborted once cancellation was asked for. */
  readonly cancelled: AbortSignal;
  /** Aborted once a pause was asked for, of trainings alone. */
  readonly paused: AbortSignal;
}

/** Tells running trainings and evaluations what somebody asked of them: at once by notification, within a second in any case. */
export class Requests {
  readonly #watched = new Map<string, { readonly cancel: AbortController; readonly pause: AbortController }>();
  readonly #prisma: PrismaClient;
  readonly #log: Logger;
  #listener: ChangeListener | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(prisma: PrismaClient, log: Logger) {
    this.#prisma = prisma;
    this.#log = log;
  }

  async start(connectionString: string): Promise<void> {
    this.#timer = setInterval(() => void this.#look(), pollMilliseconds);
    const onChange = (change: { kind: string; id?: string }): void => {
      if ((change.kind === 'run' || change.kind === 'evaluation') && change.id !== undefined && this.#watched.has(change.id))
        void this.#look();
    };
    this.#listener = await listenChanges(connectionString, onChange, {
      onError: (error) => this.#log.warn({ error: error.message }, 'changes'),
    });
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#listener?.stop();
  }

  /** Call `forget` at the run's end. */
  watch(id: string): Requested {
    const controllers = this.#watched.get(id) ?? { cancel: new AbortController(), pause: new AbortController() };
    this.#watched.set(id, controllers);
    return { cancelled: controllers.cancel.signal, paused: controllers.pause.signal };
  }

  forget(id: string): void {
    this.#watched.delete(id);
  }

  async #look(): Promise<void> {
    if (this.#watched.size === 0) return;
    try {
      const watched = { id: { in: [...this.#watched.keys()] } };
      const runs = await this.#prisma.trainingRun.findMany({
        where: { ...watched, OR: [{ cancelRequestedAt: { not: null } }, { pauseRequestedAt: { not: null } }] },
        select: { id: true, cancelRequestedAt: true },
      });
      const evaluations = await this.#prisma.evaluation.findMany({
        where: { ...watched, cancelRequestedAt: { not: null } },
        select: { id: true, cancelRequestedAt: true },
      });
      for (const { id, cancelRequestedAt } of [...runs, ...evaluations]) {
        const controllers = this.#watched.get(id);
        (cancelRequestedAt ? controllers?.cancel : controllers?.pause)?.abort();
      }
    } catch (error) {
      this.#log.warn({ error: (error as Error).message }, 'requests cannot be read');
    }
  }
}
