import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { notifyChange, type Change, type Work } from '@plumbline/jobs';
import { recipeSchema, type Recipe } from '@plumbline/ml';
import type { Prisma } from '@plumbline/prisma';
import { MissingFileError } from '@plumbline/storage';
import { FinalFailure } from '../compute/failures.ts';
import { runTask } from '../compute/runTask.ts';
import type { WorkerContext } from '../context.ts';
import { asJson } from '../registration.ts';
import { attemptRun } from '../runs/attempt.ts';
import type { Cancellations } from '../runs/cancellations.ts';
import { frozenDataset } from '../runs/dataset.ts';
import { fence, requireHeld, startRunning, type Lease } from '../runs/lease.ts';
import { readManifestJson, storeCheckpoint } from './checkpoints.ts';
import { TrainingRecorder } from './recorder.ts';

type Run = Prisma.TrainingRunGetPayload<{ include: { recipe: true } }>;

/** Trains in a child process; the run's folder stays until the run has ended, so that another attempt resumes. */
export function trainingHandler(context: WorkerContext, cancellations: Cancellations) {
  return async (work: Work<'training'>): Promise<void> => {
    const id = work.payload.trainingRunId;
    const run = await context.prisma.trainingRun.findUnique({ where: { id }, include: { recipe: true } });
    // Deleted with its project meanwhile.
    if (!run) return;
    const change: Change = { kind: 'run', id, projectId: run.projectId };
    const folder = join(context.runsFolder, id);
    try {
      await attemptRun(context, {
        queue: 'training',
        table: 'TrainingRun',
        id,
        work,
        change,
        cancelled: cancellations.watch(id),
        perform: (lease, signal) => perform(context, run, lease, change, folder, signal),
      });
    } finally {
      cancellations.forget(id);
    }
    const { state } = await context.prisma.trainingRun.findUniqueOrThrow({ where: { id }, select: { state: true } });
    if (['succeeded', 'failed', 'cancelled'].includes(state)) await rm(folder, { recursive: true, force: true });
  };
}

async function perform(context: WorkerContext, run: Run, lease: Lease, change: Change, out: string, signal: AbortSignal): Promise<void> {
  const recipe = readRecipe(run);
  const dataset = await context.prisma
    .$transaction((tx) => frozenDataset(tx, context.storage, run.datasetVersionId), { timeout: 30_000 })
    .then((frozen) => frozen.dataset)
    .catch((error: unknown) => {
      throw error instanceof MissingFileError ? new FinalFailure(error.message) : error;
    });
  const lost = new AbortController();
  const recorder = new TrainingRecorder(context, lease, change, (error) => lost.abort(error));
  try {
    await runTask(
      { kind: 'train', recipe, dataset, seed: run.seed, epochs: run.epochs, out },
      {
        signal: AbortSignal.any([signal, lost.signal]),
        onMessage: (message) => {
          if (message.kind === 'engine') recorder.engine(message.engine);
          if (message.kind === 'training') recorder.event(message.event);
        },
        onOutput: (text) => context.log.debug({ run: run.id, text }, 'child'),
        onStart: (pid) => context.log.info({ run: run.id, attempt: lease.attempt, child: pid }, 'training'),
      },
    );
    await recorder.finish();
  } catch (error) {
    await recorder.abandon();
    throw lost.signal.aborted ? lost.signal.reason : error;
  }
  await succeed(context, run, recipe, lease, change, out);
}

function readRecipe(run: Run): Recipe {
  const parsed = recipeSchema.safeParse(run.recipe.document);
  if (!parsed.success)
    throw new FinalFailure(
      `The recipe "${run.recipe.name}" is not one that this version knows: start a new training with a recipe of the catalogue.`,
    );
  return parsed.data;
}

/** Checkpoints, the evaluation that follows, and the run's success become visible together. */
async function succeed(context: WorkerContext, run: Run, recipe: Recipe, lease: Lease, change: Change, out: string): Promise<void> {
  const { prisma, storage, jobs } = context;
  const stored = { best: await storeCheckpoint(storage, out, 'best'), last: await storeCheckpoint(storage, out, 'last') };
  const manifest = await readManifestJson(out);
  const epochs = (manifest as { checkpoints?: Record<'best' | 'last', { epoch: number } | null> }).checkpoints;
  const testImages = await prisma.datasetVersionImage.count({ where: { versionId: run.datasetVersionId, split: 'test' } });
  await prisma.$transaction(async (tx) => {
    await startRunning(tx.trainingRun, lease);
    requireHeld(
      await tx.trainingRun.updateMany({
        where: fence(lease),
        data: { state: 'succeeded', epoch: run.epochs, finishedAt: new Date(), heartbeatAt: new Date(), secondsLeft: 0, reason: null },
      }),
      lease,
    );
    for (const kind of ['best', 'last'] as const) {
      const files = stored[kind];
      if (!files) continue;
      const data = { epoch: epochs?.[kind]?.epoch ?? run.epochs, files: asJson(files), manifest: asJson(manifest) };
      const checkpoint = await tx.checkpoint.upsert({
        where: { runId_kind: { runId: run.id, kind } },
        create: { runId: run.id, kind, ...data },
        update: data,
      });
      if (kind !== 'best' || testImages === 0) continue;
      const { id: evaluationId } = await tx.evaluation.create({
        data: {
          checkpointId: checkpoint.id,
          datasetVersionId: run.datasetVersionId,
          protocol: asJson({ split: 'test', ...recipe.residual }),
          total: testImages,
        },
      });
      await jobs.enqueue('evaluation', { evaluationId }, { tx });
      await notifyChange(tx, { kind: 'evaluation', id: evaluationId, projectId: run.projectId });
    }
    await notifyChange(tx, change);
  });
}
