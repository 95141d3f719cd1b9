import { failWaitingRuns, maximumAttempts, notifyChange, type Jobs, type QueueName } from '@plumbline/jobs';
import type { Prisma, PrismaClient } from '@plumbline/prisma';

const reason = `Its worker was lost ${maximumAttempts} times while working on it, most likely because memory ran out: start it again on a machine with more memory, or with a smaller batch.`;

interface Open {
  readonly queue: QueueName;
  readonly id: string;
  fail(tx: Prisma.TransactionClient): Promise<{ count: number }>;
  tell(tx: Prisma.TransactionClient): Promise<void>;
}

/** A job that killed its worker every time is given up by the queue, and nobody is left to say so: what it was about is failed here. */
export async function failAbandoned(prisma: PrismaClient, jobs: Jobs): Promise<string[]> {
  const failed: string[] = [];
  for (const open of await openWork(prisma)) {
    if ((await jobs.stateOf(open.queue, open.id)) !== 'failed') continue;
    const count = await prisma.$transaction(async (tx) => {
      const result = await open.fail(tx);
      if (result.count > 0) await open.tell(tx);
      return result.count;
    });
    if (count > 0) failed.push(open.id);
  }
  return failed;
}

async function openWork(prisma: PrismaClient): Promise<Open[]> {
  const unfinished = { in: ['queued', 'preparing', 'running'] as ('queued' | 'preparing' | 'running')[] };
  const ended = { state: 'failed' as const, reason, finishedAt: new Date(), workerId: null };
  const runs = await prisma.trainingRun.findMany({ where: { state: unfinished }, select: { id: true, attempt: true, projectId: true } });
  const evaluations = await prisma.evaluation.findMany({
    where: { state: unfinished },
    select: { id: true, attempt: true, checkpoint: { select: { run: { select: { projectId: true } } } } },
  });
  const imports = await prisma.datasetImport.findMany({
    where: { state: { in: ['queued', 'running'] } },
    select: { id: true, attempt: true, datasetId: true, dataset: { select: { projectId: true } } },
  });
  const deliveries = await prisma.webhookDelivery.findMany({ where: { state: 'waiting' }, select: { id: true } });
  return [
    ...deliveries.map(({ id }): Open => ({
      queue: 'webhook',
      id,
      fail: (tx) => tx.webhookDelivery.updateMany({ where: { id, state: 'waiting' }, data: { state: 'failed', dueAt: null } }),
      tell: async () => undefined,
    })),
    ...runs.map(({ id, attempt, projectId }): Open => ({
      queue: 'training',
      id,
      fail: (tx) => tx.trainingRun.updateMany({ where: { id, attempt, state: unfinished }, data: ended }),
      tell: async (tx) => {
        await failWaitingRuns(tx, id, reason);
        await notifyChange(tx, { kind: 'run', id, projectId });
      },
    })),
    ...evaluations.map(({ id, attempt, checkpoint }): Open => ({
      queue: 'evaluation',
      id,
      fail: (tx) => tx.evaluation.updateMany({ where: { id, attempt, state: unfinished }, data: ended }),
      tell: (tx) => notifyChange(tx, { kind: 'evaluation', id, projectId: checkpoint.run.projectId }),
    })),
    ...imports.map(({ id, attempt, datasetId, dataset }): Open => ({
      queue: 'import',
      id,
      fail: (tx) =>
        tx.datasetImport.updateMany({
          where: { id, attempt, state: { in: ['queued', 'running'] } },
          data: { state: 'failed', reason, finishedAt: new Date() },
        }),
      tell: (tx) => notifyChange(tx, { kind: 'import', id, datasetId, projectId: dataset.projectId }),
    })),
  ];
}
