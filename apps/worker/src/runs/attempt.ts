import { maximumAttempts, notifyChange, type Change, type Payload, type Work } from '@plumbline/jobs';
import type { Prisma } from '@plumbline/prisma';
import { Cancelled, FinalFailure, inWords, LeaseLost, Paused } from '../compute/failures.ts';
import type { WorkerContext } from '../context.ts';
import { claim, settle, type Lease, type Leased } from './lease.ts';

/** A job may run for at most 23 hours at a stretch; before that it is put back and resumed. */
const stretchMilliseconds = 20 * 3600 * 1000;

export interface Attempt<Name extends 'training' | 'evaluation'> {
  readonly queue: Name;
  readonly table: Leased;
  readonly id: string;
  readonly work: Work<Name>;
  /** What to tell others when the state changes. */
  readonly change: Change;
  /** Aborted when somebody asked to cancel it. */
  readonly cancelled: AbortSignal;
  /**
   * Brings what is done so far into safety where the run is paused or fails; what it returns is called in the transaction that says so.
   */
  readonly keep?: () => Promise<(tx: Prisma.TransactionClient) => Promise<void>>;
  /** Does the work and, at its end, settles success in a transaction of its own under the lease. */
  perform(lease: Lease, signal: AbortSignal): Promise<void>;
}

/**
 * Claims a run, does its work, and leaves it in the state that fits what happened: succeeded by `perform`, cancelled, paused, failed with a reason,
 * or queued again — at once where this worker stops, as the job's next attempt where its process died.
 * @throws whatever makes the queue try again
 */
export async function attemptRun<Name extends 'training' | 'evaluation'>(context: WorkerContext, attempt: Attempt<Name>): Promise<void> {
  const { prisma, log } = context;
  const { table, id, work, change } = attempt;
  const changing = (write: (tx: Prisma.TransactionClient) => Promise<unknown>): Promise<void> =>
    prisma.$transaction(async (tx) => {
      await write(tx);
      await notifyChange(tx, change);
    });
  let lease: Lease | null = null;
  await changing(async (tx) => (lease = await claim(tx, table, id, context.workerId)));
  // Assigned inside the transaction, which the compiler does not see.
  const held = lease as Lease | null;
  if (!held) return;
  const stretch = AbortSignal.timeout(stretchMilliseconds);
  const signal = AbortSignal.any([work.signal, context.stopping, attempt.cancelled, stretch]);
  try {
    await attempt.perform(held, signal);
  } catch (error) {
    const told = { id, attempt: held.attempt, error: (error as Error).message };
    if (error instanceof LeaseLost) return log.warn(told, 'lease lost');
    const ending = async (state: 'failed' | 'paused', reason: string | null): Promise<void> => {
      const write = await attempt.keep?.();
      return changing(async (tx) => {
        await settle(tx, held, state, reason);
        await write?.(tx);
      });
    };
    if (attempt.cancelled.aborted || error instanceof Cancelled) return changing((tx) => settle(tx, held, 'cancelled', null));
    if (error instanceof Paused) return ending('paused', null);
    if (context.stopping.aborted || stretch.aborted)
      return changing(async (tx) => {
        await settle(tx, held, 'queued', null);
        await context.jobs.release(attempt.queue, work.payload as Payload<Name>, { tx });
      });
    // The queue gave the job to another worker, who claims the run.
    if (work.signal.aborted) return log.warn(told, 'job lost');
    log.error(told, 'attempt failed');
    const reason = reasonOf(error);
    if (error instanceof FinalFailure || work.lastAttempt) {
      const tried = error instanceof FinalFailure ? reason : `${reason} It was tried ${maximumAttempts} times.`;
      return ending('failed', tried);
    }
    await changing((tx) => settle(tx, held, 'queued', reason));
    throw error;
  }
}

const reasonOf = (error: unknown): string => inWords(error instanceof Error ? error.message : String(error));
