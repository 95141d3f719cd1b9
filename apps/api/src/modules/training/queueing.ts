import { notifyChange } from '@plumbline/jobs';
import { orientationRecipe, recipeHash, type Recipe } from '@plumbline/ml/recipes';
import type { Prisma, TrainingRun } from '@plumbline/prisma';
import { recordAudit, type AuditAction } from '../../audit.ts';
import type { Context } from '../../context.ts';
import { publicId } from '../../ids.ts';
import { signedIn } from '../../permissions.ts';
import { InvalidInput } from '../../problems.ts';
import { lockProject, recipeRow } from '../recipes/service.ts';

/** Finds or makes a variant by its name, with its recipe by its hash. @throws InvalidInput where the name stands for another recipe */
export async function variantFor(tx: Prisma.TransactionClient, projectId: string, name: string, recipe: Recipe, field = 'variantName') {
  // Two people who start the same recipe at once must end with one row.
  await lockProject(tx, projectId);
  const row = await recipeRow(tx, projectId, recipe);
  const known = await tx.variant.findUnique({ where: { projectId_name: { projectId, name } } });
  if (!known) return tx.variant.create({ data: { projectId, name, recipeId: row.id } });
  if (known.recipeId !== row.id)
    throw InvalidInput.at(field, `The project has a variant named ${name} with another recipe; take another name for this one.`);
  // What is trained is in use again.
  return known.archivedAt === null ? known : tx.variant.update({ where: { id: known.id }, data: { archivedAt: null } });
}

/** The run that trains a localisation network, and whether it has done so already. */
export interface OrientationRun {
  readonly id: string;
  readonly ready: boolean;
}

interface Queued extends Omit<Prisma.TrainingRunUncheckedCreateInput, 'createdById' | 'orientationRunId' | 'orientationRun'> {
  /** Where it begins with another run's localisation network. */
  readonly orientationRun?: OrientationRun | null;
}

/** Makes a run and, unless it waits for a localisation network, its job. */
export async function queueRun(context: Context, tx: Prisma.TransactionClient, { orientationRun, ...data }: Queued): Promise<TrainingRun> {
  const run = await createRun(context, tx, { orientationRun: orientationRun ?? null, ...data });
  if (orientationRun?.ready !== false) await context.jobs.enqueue('training', { trainingRunId: run.id }, { tx, priority: run.priority });
  return run;
}

/** Makes a run whose job the caller adds. */
export async function createRun(context: Context, tx: Prisma.TransactionClient, { orientationRun, ...data }: Queued): Promise<TrainingRun> {
  const run = await tx.trainingRun.create({
    data: { ...data, createdById: signedIn(context).userId, orientationRunId: orientationRun?.id ?? null },
  });
  await notifyChange(tx, { kind: 'run', id: run.id, projectId: run.projectId });
  return run;
}

/** Writes who started or cancelled a run; those of an experiment are told of as one. */
export async function auditRun(context: Context, tx: Prisma.TransactionClient, action: AuditAction, { id }: TrainingRun): Promise<void> {
  const { variant, project, seed } = await tx.trainingRun.findUniqueOrThrow({ where: { id }, include: { variant: true, project: true } });
  const subject = { subject: variant.name, subjectId: publicId('TrainingRun', id) };
  await recordAudit(tx, signedIn(context), action, { teamId: project.teamId, ...subject, detail: `seed ${seed}` });
}

export interface OrientationPlace {
  readonly projectId: string;
  readonly datasetVersionId: string;
  readonly seed: number;
  readonly experimentId: string | null;
  readonly priority: number;
}

/**
 * The run whose localisation network a recipe begins with on a dataset version from a seed: one that succeeded anywhere in the project, one under
 * way in the same experiment (others may be cancelled without asking this one), or a new one.
 */
export async function orientationFor(
  context: Context,
  tx: Prisma.TransactionClient,
  recipe: Recipe,
  place: OrientationPlace,
): Promise<OrientationRun> {
  const { projectId, datasetVersionId, seed, experimentId } = place;
  const document = orientationRecipe(recipe);
  const hash = recipeHash(document);
  // Whoever ends one meanwhile waits, and then sees who waits for it.
  await tx.$queryRaw`
    select 1 as held from "TrainingRun" where "projectId" = ${projectId}::uuid and "datasetVersionId" = ${datasetVersionId}::uuid
      and "seed" = ${seed}::int and "kind" = 'orientation' and "state" in ('queued', 'preparing', 'running', 'paused') for share`;
  const known = await tx.trainingRun.findMany({
    where: {
      ...{ projectId, datasetVersionId, seed, kind: 'orientation', recipe: { hash } },
      OR: [{ state: 'succeeded' }, { experimentId, state: { in: ['queued', 'preparing', 'running', 'paused'] }, cancelRequestedAt: null }],
    },
    select: { id: true, state: true },
  });
  const found = known.find(({ state }) => state === 'succeeded') ?? known[0];
  if (found) return { id: found.id, ready: found.state === 'succeeded' };
  const variant = await variantFor(tx, projectId, `orientation ${hash.slice(0, 8)}`, document);
  const { epochs } = document.orientation.training;
  const run = await queueRun(context, tx, { ...place, kind: 'orientation', variantId: variant.id, recipeId: variant.recipeId, epochs });
  return { id: run.id, ready: false };
}
