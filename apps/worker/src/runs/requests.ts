import { listenChanges, type ChangeListener } from '@plumbline/jobs';
import type { PrismaClient } from '@plumbline/prisma';
import type { Logger } from 'pino';

const pollMilliseconds = 1000;

/** Tells running trainings that somebody asked to cancel them: at once by notification, within a second in any case. */
export class Cancellations {
  readonly #watched = new Map<string, AbortController>();
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
      if (change.kind === 'run' && change.id !== undefined && this.#watched.has(change.id)) void this.#look();
    };
    this.#listener = await listenChanges(connectionString, onChange, {
      onError: (error) => this.#log.warn({ error: error.message }, 'changes'),
    });
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#listener?.stop();
  }

  /** Aborted once cancellation of the run was asked for. Call `forget` at its end. */
  watch(runId: string): AbortSignal {
    const controller = this.#watched.get(runId) ?? new AbortController();
    this.#watched.set(runId, controller);
    return controller.signal;
  }

  forget(runId: string): void {
    this.#watched.delete(runId);
  }

  async #look(): Promise<void> {
    if (this.#watched.size === 0) return;
    try {
      const asked = await this.#prisma.trainingRun.findMany({
        where: { id: { in: [...this.#watched.keys()] }, cancelRequestedAt: { not: null } },
        select: { id: true },
      });
      for (const { id } of asked) this.#watched.get(id)?.abort();
    } catch (error) {
      this.#log.warn({ error: (error as Error).message }, 'cancellations cannot be read');
    }
  }
}
