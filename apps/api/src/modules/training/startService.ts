import { notifyChange } from '@plumbline/jobs';
import type { Recipe } from '@plumbline/ml/recipes';
import { createDatasetVersion, EmptyDatasetError, type Prisma, type TrainingRun } from '@plumbline/prisma';
import { z } from 'zod';
import { recordAudit } from '../../audit.ts';
import type { Context } from '../../context.ts';
import { publicId, rowIdOf } from '../../ids.ts';
import { assertPermission, signedIn } from '../../permissions.ts';
import { InvalidInput, NotFound } from '../../problems.ts';
import { longTransaction, nameSchema, parse } from '../../validation.ts';
import { ownDataset } from '../datasets/service.ts';
import { lockProject, recipeAt, recipeRow, resolve } from '../recipes/service.ts';
import { hasEnded } from './service.ts';

const largestSeed = 2 ** 31 - 1;

const startSchema = z.object({
  datasetId: z.string(),
  recipe: z.object({ base: z.string(), sets: z.array(z.string()).nullish() }),
  variantName: nameSchema('variant'),
  seed: z.number().int().min(0, 'The seed is below 0; take a whole number from 0 up.').max(largestSeed),
  epochs: z.number().int().nullish(),
});

/**
 * Freezes the dataset, finds or makes the recipe (by hash) and the variant (by name), and queues the run with its job: all of it or nothing.
 * @throws InvalidInput, NotAllowed, NotFound
 */
export async function startTraining(context: Context, raw: unknown): Promise<TrainingRun> {
  signedIn(context);
  const input = parse(startSchema, raw);
  const dataset = await ownDataset(context, input.datasetId, 'training.run.start');
  const sets = [...(input.recipe.sets ?? []), ...(input.epochs ? [`training.epochs=${input.epochs}`] : [])];
  const recipe = recipeAt('recipe', () => resolve(input.recipe.base, sets));
  if (recipe.regime.kind === 'orientation')
    throw InvalidInput.at(
      'recipe.base',
      'This recipe trains a localisation network alone, which an evaluation here cannot measure: train it with `plumbline train`, or choose another recipe.',
    );
  return context.db.$transaction(async (tx) => {
    const version = await snapshot(tx, dataset);
    const variant = await variantFor(tx, dataset.projectId, input.variantName, recipe);
    return queueRun(context, tx, {
      projectId: dataset.projectId,
      variantId: variant.id,
      recipeId: variant.recipeId,
      datasetVersionId: version.id,
      seed: input.seed,
      epochs: recipe.training.epochs,
    });
  }, longTransaction);
}

/** A new run with the recipe, dataset version and seed of one that has ended. @throws InvalidInput, NotAllowed, NotFound */
export async function retryTraining(context: Context, id: string): Promise<TrainingRun> {
  const run = await ownRun(context, id, 'training.run.start');
  if (!hasEnded(run)) throw InvalidInput.at('id', 'The run has not ended yet; wait for it, or cancel it first.');
  const { projectId, variantId, recipeId, datasetVersionId, seed, epochs, kind } = run;
  return context.db.$transaction((tx) => queueRun(context, tx, { projectId, variantId, recipeId, datasetVersionId, seed, epochs, kind }));
}

/**
 * Cancels a run: at once while it waits, within five seconds while it runs.
 * @throws InvalidInput for a run that has ended, NotAllowed, NotFound
 */
export async function cancelTraining(context: Context, id: string): Promise<TrainingRun> {
  const run = await ownRun(context, id, 'training.run.cancel');
  const now = new Date();
  return context.db.$transaction(async (tx) => {
    const waiting = await tx.trainingRun.updateMany({
      where: { id: run.id, state: 'queued' },
      data: { state: 'cancelled', cancelRequestedAt: now, finishedAt: now, reason: `Cancelled by ${signedIn(context).name}.` },
    });
    if (waiting.count > 0) await context.jobs.cancel('training', run.id, tx);
    else {
      const active = await tx.trainingRun.updateMany({
        where: { id: run.id, state: { in: ['preparing', 'running'] } },
        data: { cancelRequestedAt: run.cancelRequestedAt ?? now },
      });
      if (active.count === 0) throw InvalidInput.at('id', 'The run has ended already.');
    }
    const detail = `seed ${run.seed}`;
    await recordAudit(tx, signedIn(context), 'training.cancel', {
      teamId: run.project.teamId,
      subject: run.variant.name,
      subjectId: id,
      detail,
    });
    await notifyChange(tx, { kind: 'run', id: run.id, projectId: run.projectId });
    return tx.trainingRun.findUniqueOrThrow({ where: { id: run.id } });
  });
}

/** A run in whose team the person has the permission. @throws NotAllowed, NotFound */
async function ownRun(context: Context, id: string, permission: 'training.run.start' | 'training.run.cancel') {
  signedIn(context);
  const include = { project: true, variant: true } as const;
  const run = await context.db.trainingRun.findUnique({ where: { id: rowIdOf('TrainingRun', id) }, include });
  if (!run) throw new NotFound('TrainingRun');
  assertPermission(context, permission, run.project.teamId, 'TrainingRun');
  return run;
}

async function snapshot(tx: Prisma.TransactionClient, dataset: { readonly id: string; readonly name: string }) {
  const good = await tx.image.count({ where: { datasetId: dataset.id, split: 'train', label: 'good' } });
  if (good === 0)
    throw InvalidInput.at(
      'datasetId',
      `${dataset.name} has no good images in the split train to learn from; upload some into train/good first.`,
    );
  try {
    return await createDatasetVersion(tx, dataset.id);
  } catch (error) {
    throw error instanceof EmptyDatasetError ? InvalidInput.at('datasetId', error.message) : error;
  }
}

async function variantFor(tx: Prisma.TransactionClient, projectId: string, name: string, recipe: Recipe) {
  await lockProject(tx, projectId);
  const row = await recipeRow(tx, projectId, recipe);
  const known = await tx.variant.findUnique({ where: { projectId_name: { projectId, name } } });
  if (!known) return tx.variant.create({ data: { projectId, name, recipeId: row.id } });
  if (known.recipeId !== row.id)
    throw InvalidInput.at('variantName', `The project has a variant named ${name} with another recipe; take another name for this one.`);
  // What is trained is in use again.
  return known.archivedAt === null ? known : tx.variant.update({ where: { id: known.id }, data: { archivedAt: null } });
}

async function queueRun(
  context: Context,
  tx: Prisma.TransactionClient,
  data: Omit<Prisma.TrainingRunUncheckedCreateInput, 'createdById'>,
): Promise<TrainingRun> {
  const actor = signedIn(context);
  const { project, variant, ...run } = await tx.trainingRun.create({
    data: { ...data, createdById: actor.userId },
    include: { project: true, variant: true },
  });
  const subject = { subject: variant.name, subjectId: publicId('TrainingRun', run.id) };
  await recordAudit(tx, actor, 'training.start', { teamId: project.teamId, ...subject, detail: `seed ${run.seed}` });
  await context.jobs.enqueue('training', { trainingRunId: run.id }, { tx });
  await notifyChange(tx, { kind: 'run', id: run.id, projectId: run.projectId });
  return run;
}
