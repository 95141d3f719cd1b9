import { notifyChange } from '@plumbline/jobs';
import { resolveRecipe } from '@plumbline/ml/recipes';
import { createDatasetVersion, EmptyDatasetError, type Prisma, type TrainingRun } from '@plumbline/prisma';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { signedIn } from '../../permissions.ts';
import { InvalidInput } from '../../problems.ts';
import { longTransaction, nameSchema, parse } from '../../validation.ts';
import { lockDataset, ownDataset, refuseWhileImporting } from '../datasets/service.ts';
import { recipeAt, resolve } from '../recipes/service.ts';
import { ownRun } from './controlService.ts';
import { auditRun, orientationFor, queueRun, variantFor, type OrientationPlace } from './queueing.ts';
import { hasEnded } from './service.ts';

export const largestSeed = 2 ** 31 - 1;

const startSchema = z.object({
  datasetId: z.string(),
  recipe: z.object({ base: z.string(), sets: z.array(z.string()).nullish() }),
  variantName: nameSchema('variant'),
  seed: z.number().int().min(0, 'The seed is below 0; take a whole number from 0 up.').max(largestSeed),
  epochs: z.number().int().min(1, 'The number of epochs is below 1; take a whole number from 1 up, or leave it to the recipe.').nullish(),
});

/**
 * Freezes the dataset, finds or makes the recipe (by hash) and the variant (by name), and queues the run with its job: all of it or nothing.
 * @throws InvalidInput, NotAllowed, NotFound
 */
export async function startTraining(context: Context, raw: unknown): Promise<TrainingRun> {
  signedIn(context);
  const input = parse(startSchema, raw);
  const dataset = await ownDataset(context, input.datasetId, 'training.run.start');
  const sets = [...(input.recipe.sets ?? []), ...(typeof input.epochs === 'number' ? [`training.epochs=${input.epochs}`] : [])];
  const recipe = recipeAt('recipe', () => resolve(input.recipe.base, sets));
  if (recipe.regime.kind === 'orientation')
    throw InvalidInput.at(
      'recipe.base',
      'This recipe trains a localisation network alone, which an evaluation here cannot measure: train it with `plumbline train`, or choose another recipe.',
    );
  return context.db.$transaction(async (tx) => {
    const version = await snapshot(tx, dataset);
    const variant = await variantFor(tx, dataset.projectId, input.variantName, recipe);
    const run = await queueRun(context, tx, {
      projectId: dataset.projectId,
      variantId: variant.id,
      recipeId: variant.recipeId,
      datasetVersionId: version.id,
      seed: input.seed,
      epochs: recipe.training.epochs,
    });
    await auditRun(context, tx, 'training.start', run);
    return run;
  }, longTransaction);
}

/** A new run with the recipe, dataset version and seed of one that has ended. @throws InvalidInput, NotAllowed, NotFound */
export async function retryTraining(context: Context, id: string): Promise<TrainingRun> {
  const run = await ownRun(context, id, 'training.run.start');
  if (!hasEnded(run)) throw InvalidInput.at('id', 'The run has not ended yet; wait for it, or cancel it first.');
  return context.db.$transaction((tx) => again(context, tx, run), longTransaction);
}

/** A new run that begins with the last checkpoint of one that failed. @throws InvalidInput, NotAllowed, NotFound */
export async function continueTraining(context: Context, id: string): Promise<TrainingRun> {
  const run = await ownRun(context, id, 'training.run.start');
  if (run.state !== 'failed') throw InvalidInput.at('id', 'Only a run that failed can be continued; one that is paused is resumed.');
  const checkpoints = await context.db.checkpoint.count({ where: { runId: run.id, kind: 'last' } });
  if (checkpoints === 0) throw InvalidInput.at('id', 'The run failed before its first checkpoint; retry it from the beginning.');
  return context.db.$transaction((tx) => again(context, tx, run, { continuesId: run.id }), longTransaction);
}

async function again(
  context: Context,
  tx: Prisma.TransactionClient,
  run: TrainingRun,
  more: { continuesId?: string } = {},
): Promise<TrainingRun> {
  const { projectId, variantId, recipeId, datasetVersionId, seed, epochs, kind, experimentId } = run;
  const experiment = experimentId ? await tx.experiment.findUniqueOrThrow({ where: { id: experimentId } }) : null;
  const { priority } = experiment ?? run;
  const data = { projectId, variantId, recipeId, datasetVersionId, seed, epochs, kind, priority, experimentId, ...more };
  const made = await queueRun(context, tx, { ...data, ...(await orientationOf(context, tx, run, data)) });
  await auditRun(context, tx, more.continuesId ? 'training.continue' : 'training.start', made);
  if (experimentId) await notifyChange(tx, { kind: 'experiment', id: experimentId, projectId });
  return made;
}

/** The localisation network that a run made anew begins with, where it needs one. */
async function orientationOf(
  context: Context,
  tx: Prisma.TransactionClient,
  { orientationRunId, recipeId }: TrainingRun,
  place: OrientationPlace,
) {
  if (!orientationRunId) return {};
  const { document } = await tx.recipe.findUniqueOrThrow({ where: { id: recipeId }, select: { document: true } });
  return { orientationRun: await orientationFor(context, tx, resolveRecipe(document as object), place) };
}

/** Freezes a dataset whole. @param field of the input that names it; @throws InvalidInput while an import goes on, or where there is nothing to learn from */
export async function snapshot(tx: Prisma.TransactionClient, dataset: { readonly id: string; readonly name: string }, field = 'datasetId') {
  await lockDataset(tx, dataset.id);
  await refuseWhileImporting(tx, dataset, field);
  const good = await tx.image.count({ where: { datasetId: dataset.id, split: 'train', label: 'good', deletedAt: null } });
  if (good === 0)
    throw InvalidInput.at(field, `${dataset.name} has no good images in the split train to learn from; upload some into train/good first.`);
  try {
    return await createDatasetVersion(tx, dataset.id);
  } catch (error) {
    throw error instanceof EmptyDatasetError ? InvalidInput.at(field, error.message) : error;
  }
}
