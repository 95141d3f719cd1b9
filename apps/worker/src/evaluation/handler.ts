import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { notifyChange, type Change, type Work } from '@plumbline/jobs';
import type { EvaluationEvent, EvaluationResult } from '@plumbline/ml';
import type { Prisma } from '@plumbline/prisma';
import { MissingFileError } from '@plumbline/storage';
import { FinalFailure, LeaseLost } from '../compute/failures.ts';
import { runTask } from '../compute/runTask.ts';
import type { WorkerContext } from '../context.ts';
import { attemptRun } from '../runs/attempt.ts';
import type { Requests } from '../runs/requests.ts';
import { frozenDataset } from '../runs/dataset.ts';
import { fence, requireHeld, type Lease } from '../runs/lease.ts';
import { restoreCheckpoint } from '../training/checkpoints.ts';
import { readProtocol } from './protocol.ts';
import { storeResult, writeResult } from './results.ts';

type Evaluation = Prisma.EvaluationGetPayload<{ include: { checkpoint: { include: { run: true } } } }>;

const progressMilliseconds = 500;

/** Evaluates in a child process from the checkpoint in storage; the run's own folder is not needed. */
export function evaluationHandler(context: WorkerContext, requests: Requests) {
  return async (work: Work<'evaluation'>): Promise<void> => {
    const id = work.payload.evaluationId;
    const evaluation = await context.prisma.evaluation.findUnique({ where: { id }, include: { checkpoint: { include: { run: true } } } });
    if (!evaluation) return;
    const change: Change = { kind: 'evaluation', id, projectId: evaluation.checkpoint.run.projectId };
    const attempt = attemptRun(context, {
      queue: 'evaluation',
      table: 'Evaluation',
      id,
      work,
      change,
      cancelled: requests.watch(id).cancelled,
      perform: async (lease, signal) => {
        const folder = join(context.runsFolder, `evaluation-${id}-${lease.attempt}`);
        try {
          await perform(context, evaluation, lease, change, folder, signal);
        } catch (error) {
          throw error instanceof MissingFileError ? new FinalFailure(error.message) : error;
        } finally {
          await rm(folder, { recursive: true, force: true });
        }
      },
    });
    await attempt.finally(() => requests.forget(id));
  };
}

async function perform(
  context: WorkerContext,
  evaluation: Evaluation,
  lease: Lease,
  change: Change,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const { prisma, storage, log } = context;
  const { split, sets } = readProtocol(evaluation.protocol);
  const run = join(folder, 'run');
  const out = join(folder, 'out');
  await restoreCheckpoint(storage, evaluation.checkpoint.files, run);
  const { dataset, imageIds } = await prisma.$transaction((tx) => frozenDataset(tx, storage, evaluation.datasetVersionId), {
    timeout: 30_000,
  });
  const lost = new AbortController();
  const progress = new EvaluationProgress(context, lease, change, (error) => lost.abort(error));
  let result: EvaluationResult;
  try {
    const message = await runTask(
      { kind: 'evaluate', run, which: evaluation.checkpoint.kind, dataset, split, sets, out },
      {
        signal: AbortSignal.any([signal, lost.signal]),
        onMessage: (next) => {
          if (next.kind === 'engine') progress.started();
          if (next.kind === 'evaluation') progress.event(next.event);
        },
        onOutput: (text) => log.debug({ evaluation: lease.id, text }, 'child'),
        onStart: (pid) => log.info({ evaluation: lease.id, attempt: lease.attempt, child: pid }, 'evaluation'),
      },
    );
    if (message?.kind !== 'evaluated') throw new Error('The computing process ended without a result.');
    result = message.result;
  } catch (error) {
    throw lost.signal.aborted ? lost.signal.reason : error;
  } finally {
    await progress.end();
  }
  const rows = await storeResult(storage, result, out, lease.id, imageIds, signal);
  await prisma.$transaction(
    async (tx) => {
      await writeResult(tx, storage, lease, result, rows);
      await notifyChange(tx, change);
    },
    { timeout: 60_000 },
  );
}

/** Writes how far an evaluation is, at most twice a second and at least every 5 s. */
class EvaluationProgress {
  readonly #context: WorkerContext;
  readonly #lease: Lease;
  readonly #change: Change;
  readonly #onLost: (error: LeaseLost) => void;
  readonly #timer: NodeJS.Timeout;
  #update: Prisma.EvaluationUpdateManyMutationInput | null = null;
  #writing: Promise<void> = Promise.resolve();
  #writtenAt = performance.now();

  constructor(context: WorkerContext, lease: Lease, change: Change, onLost: (error: LeaseLost) => void) {
    this.#context = context;
    this.#lease = lease;
    this.#change = change;
    this.#onLost = onLost;
    this.#timer = setInterval(() => (this.#writing = this.#writing.then(() => this.#write())), progressMilliseconds);
  }

  started(): void {
    this.#update = { ...this.#update, state: 'running' };
  }

  event(event: EvaluationEvent): void {
    if (event.kind === 'progress' && event.phase === 'images') this.#update = { ...this.#update, done: event.done, total: event.total };
  }

  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.#writing;
    await this.#write();
  }

  async #write(): Promise<void> {
    const update = this.#update;
    if (!update && performance.now() - this.#writtenAt < 5000) return;
    this.#update = null;
    try {
      await this.#context.prisma.$transaction(async (tx) => {
        requireHeld(
          await tx.evaluation.updateMany({ where: fence(this.#lease), data: { ...update, heartbeatAt: new Date() } }),
          this.#lease,
        );
        await notifyChange(tx, this.#change);
      });
      this.#writtenAt = performance.now();
    } catch (error) {
      this.#update = { ...update, ...(this.#update ?? {}) };
      if (error instanceof LeaseLost) this.#onLost(error);
      else this.#context.log.warn({ error: (error as Error).message }, 'progress cannot be written yet');
    }
  }
}
