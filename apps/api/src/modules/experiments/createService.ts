import { notifyChange } from '@plumbline/jobs';
import { needsLocalisation } from '@plumbline/ml/recipes';
import type { Experiment, Prisma, TrainingRun } from '@plumbline/prisma';
import { recordAudit } from '../../audit.ts';
import type { Context } from '../../context.ts';
import { publicId } from '../../ids.ts';
import { signedIn } from '../../permissions.ts';
import { lockProject } from '../recipes/service.ts';
import { createRun, orientationFor, variantFor } from '../training/queueing.ts';
import { snapshot } from '../training/startService.ts';
import { readStart, type StartRequest } from './request.ts';

/** Up to 500 runs are made in it. */
const creating = { timeout: 60_000, maxWait: 5_000 };

/**
 * Freezes the datasets, finds or makes the variants and queues every run with its job: all of it or nothing. A seed comes before the next one, so that
 * what is there is comparable early. Asked for twice with the same client key, it is made once.
 * @throws InvalidInput, NotAllowed, NotFound
 */
export async function createExperiment(context: Context, raw: unknown): Promise<Experiment> {
  const request = await readStart(context, raw);
  const { project, clientKey, name, priority, seeds } = request;
  return context.db.$transaction(async (tx) => {
    await lockProject(tx, project.id);
    const known = await tx.experiment.findUnique({ where: { projectId_clientKey: { projectId: project.id, clientKey } } });
    if (known) return known;
    const experiment = await tx.experiment.create({
      data: { projectId: project.id, name, clientKey, priority, seeds: [...seeds], createdById: signedIn(context).userId },
    });
    const subject = { subject: name, subjectId: publicId('Experiment', experiment.id) };
    await recordAudit(tx, signedIn(context), 'experiment.create', { teamId: project.teamId, ...subject });
    const ready = await createRuns(context, tx, request, experiment);
    await context.jobs.enqueueAll(
      'training',
      ready.map(({ id }) => ({ trainingRunId: id })),
      { tx, priority },
    );
    await notifyChange(tx, { kind: 'experiment', id: experiment.id, projectId: project.id });
    return experiment;
  }, creating);
}

/** @returns the runs that wait for nothing */
async function createRuns(
  context: Context,
  tx: Prisma.TransactionClient,
  { project, variants, datasets, seeds }: StartRequest,
  { id: experimentId, priority }: Experiment,
): Promise<TrainingRun[]> {
  const projectId = project.id;
  const versions = [];
  for (const [index, dataset] of datasets.entries()) versions.push(await snapshot(tx, dataset, `datasetIds.${index}`));
  const rows = [];
  for (const [index, { name, recipe, known }] of variants.entries())
    rows.push({ recipe, ...(known ?? (await variantFor(tx, projectId, name, recipe, `variants.${index}.name`))) });
  const ready: TrainingRun[] = [];
  for (const seed of seeds)
    for (const { id: datasetVersionId } of versions)
      for (const { id: variantId, recipeId, recipe } of rows) {
        const place = { projectId, datasetVersionId, seed, experimentId, priority };
        const orientationRun = needsLocalisation(recipe) ? await orientationFor(context, tx, recipe, place) : null;
        const run = await createRun(context, tx, { ...place, variantId, recipeId, orientationRun, epochs: recipe.training.epochs });
        if (orientationRun?.ready !== false) ready.push(run);
      }
  return ready;
}
