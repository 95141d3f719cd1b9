import type { Prisma } from '@plumbline/prisma';
import { notifyChange } from './changes.ts';
import type { Jobs } from './jobs.ts';

/** Runs that begin with the localisation network of another run have no job before that one has succeeded: the two functions here give them one, or end them. */

/** To be called in the transaction in which an orientation run succeeds. */
export async function queueWaitingRuns(
  tx: Prisma.TransactionClient,
  jobs: Pick<Jobs, 'enqueueAll'>,
  orientationRunId: string,
): Promise<void> {
  const waiting = await tx.trainingRun.findMany({
    where: { orientationRunId, state: 'queued', cancelRequestedAt: null },
    orderBy: { id: 'asc' },
    select: { id: true, priority: true },
  });
  for (const priority of new Set(waiting.map((run) => run.priority))) {
    const alike = waiting.filter((run) => run.priority === priority);
    await jobs.enqueueAll(
      'training',
      alike.map(({ id }) => ({ trainingRunId: id })),
      { tx, priority },
    );
  }
}

/** To be called in the transaction in which a run ends without success. @param why one sentence; null where it was cancelled */
export async function failWaitingRuns(tx: Prisma.TransactionClient, orientationRunId: string, why: string | null): Promise<void> {
  const ended = why === null ? 'was cancelled' : `failed: ${why}`;
  const separator = /[.!?]$/.test(ended) ? ' ' : '. ';
  const waiting = { orientationRunId, state: { in: ['queued' as const, 'paused' as const] } };
  const runs = await tx.trainingRun.findMany({ where: waiting, select: { id: true, projectId: true } });
  if (runs.length === 0) return;
  await tx.trainingRun.updateMany({
    where: waiting,
    data: {
      state: 'failed',
      finishedAt: new Date(),
      reason: `The orientation training that it waited for ${ended}${separator}Retry this run: the orientation is then trained again.`,
    },
  });
  for (const { id, projectId } of runs) await notifyChange(tx, { kind: 'run', id, projectId });
}
