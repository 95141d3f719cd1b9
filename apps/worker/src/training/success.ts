import { notifyChange, queueWaitingRuns, type Change, type Jobs } from '@plumbline/jobs';
import type { Recipe } from '@plumbline/ml';
import { deleteEvaluations, type Prisma, type TrainingRun } from '@plumbline/prisma';
import type { WorkerContext } from '../context.ts';
import { asJson } from '../registration.ts';
import { fence, requireHeld, startRunning, type Lease } from '../runs/lease.ts';
import { storeCheckpoints, writeCheckpoints } from './checkpoints.ts';

/** Checkpoints, what follows on them (an evaluation, or the runs that waited for a localisation network) and the run's success become visible together. */
export async function succeed(
  { prisma, storage, jobs }: WorkerContext,
  run: TrainingRun,
  recipe: Recipe,
  lease: Lease,
  change: Change,
  folder: string,
): Promise<void> {
  const stored = await storeCheckpoints(storage, folder);
  const { datasetVersionId, projectId, epochs } = run;
  const total = await prisma.datasetVersionImage.count({ where: { versionId: datasetVersionId, split: 'test' } });
  await prisma.$transaction(async (tx) => {
    await startRunning(tx.trainingRun, lease);
    requireHeld(
      await tx.trainingRun.updateMany({
        where: fence(lease),
        data: { state: 'succeeded', epoch: epochs, finishedAt: new Date(), heartbeatAt: new Date(), secondsLeft: 0, reason: null },
      }),
      lease,
    );
    const { best } = stored ? await writeCheckpoints(tx, storage, run.id, stored) : {};
    if (recipe.regime.kind === 'orientation') await queueWaitingRuns(tx, jobs, run.id);
    else if (best && total > 0) {
      const protocol = asJson({ split: 'test', ...recipe.residual }) as Prisma.InputJsonObject;
      const evaluationId = await ownEvaluation(tx, jobs, { checkpointId: best, datasetVersionId, protocol, total }, run.priority);
      await notifyChange(tx, { kind: 'evaluation', id: evaluationId, projectId });
    }
    await notifyChange(tx, change);
  });
}

type Evaluated = Pick<Prisma.EvaluationUncheckedCreateInput, 'checkpointId' | 'datasetVersionId' | 'total'> & {
  protocol: Prisma.InputJsonObject;
};

/**
 * Queues what the platform itself measures. Where somebody had the same weights measured already while the run was paused, that becomes the
 * platform's own; one that failed or was cancelled is made anew.
 */
async function ownEvaluation(tx: Prisma.TransactionClient, jobs: Jobs, data: Evaluated, priority: number): Promise<string> {
  const { checkpointId, datasetVersionId, protocol } = data;
  const known = await tx.evaluation.findFirst({ where: { checkpointId, datasetVersionId, protocol: { equals: protocol } } });
  if (known && known.state !== 'failed' && known.state !== 'cancelled') {
    await tx.evaluation.update({ where: { id: known.id }, data: { createdById: null } });
    return known.id;
  }
  if (known) await deleteEvaluations(tx, { id: known.id });
  const { id: evaluationId } = await tx.evaluation.create({ data });
  await jobs.enqueue('evaluation', { evaluationId }, { tx, priority });
  return evaluationId;
}
