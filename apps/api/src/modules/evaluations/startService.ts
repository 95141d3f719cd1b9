import { isTerminal, notifyChange } from '@plumbline/jobs';
import type { Recipe } from '@plumbline/ml/recipes';
import { deleteEvaluations, type Evaluation, type Prisma, type Split } from '@plumbline/prisma';
import type { Actor } from '../../actor.ts';
import { recordAudit, type AuditAction } from '../../audit.ts';
import type { Context } from '../../context.ts';
import { publicId, rowIdOf } from '../../ids.ts';
import { assertPermission, signedIn } from '../../permissions.ts';
import { InvalidInput, NotFound } from '../../problems.ts';
import { lockDataset } from '../datasets/service.ts';
import { resolve } from '../recipes/service.ts';

export interface StartEvaluationRequest {
  readonly checkpointId: string;
  /** Default: the version that the run was trained on. */
  readonly datasetVersionId?: string | null | undefined;
  /** Default: `test`. */
  readonly split?: Split | null | undefined;
  /** `residual.…` settings on the run's recipe. */
  readonly sets?: readonly string[] | null | undefined;
}

/**
 * Queues the evaluation of a checkpoint of a run that has ended on a split of a dataset version of the same project. One of the same protocol that
 * waits, runs or succeeded is answered as it is; one that failed or was cancelled is made anew.
 * @throws InvalidInput, NotAllowed, NotFound
 */
export async function startEvaluation(context: Context, request: StartEvaluationRequest): Promise<Evaluation> {
  signedIn(context);
  const checkpoint = await context.db.checkpoint.findUnique({
    where: { id: rowIdOf('Checkpoint', request.checkpointId) },
    include: { run: { include: { project: true, recipe: true, variant: true } } },
  });
  if (!checkpoint) throw new NotFound('Checkpoint');
  const { run } = checkpoint;
  assertPermission(context, 'evaluation.start', run.project.teamId, 'Checkpoint');
  const recipe = recipeWith(run.recipe.document as object, request.sets ?? []);
  const split = request.split ?? 'test';
  const datasetVersionId = request.datasetVersionId ? rowIdOf('DatasetVersion', request.datasetVersionId) : run.datasetVersionId;
  const key = { checkpointId: checkpoint.id, datasetVersionId, protocol: { split, ...recipe.residual } };
  return context.db.$transaction(async (tx) => {
    await requireEnded(tx, run.id, 'checkpointId');
    await requireImages(tx, { datasetVersionId, projectId: run.projectId, split, recipe });
    return queueEvaluation(context, tx, key, run);
  });
}

/** Makes one that failed or was cancelled anew. @throws InvalidInput, NotAllowed, NotFound */
export async function retryEvaluation(context: Context, id: string): Promise<Evaluation> {
  const { evaluation, run } = await ownEvaluation(context, id, 'evaluation.start');
  if (evaluation.state !== 'failed' && evaluation.state !== 'cancelled')
    throw InvalidInput.at('id', 'The evaluation has neither failed nor been cancelled; choose another protocol for a new one.');
  const { checkpointId, datasetVersionId, protocol } = evaluation;
  const key = { checkpointId, datasetVersionId, protocol: protocol as Prisma.InputJsonObject };
  return context.db.$transaction(async (tx) => {
    await requireEnded(tx, run.id, 'id');
    return queueEvaluation(context, tx, key, run);
  });
}

/** Cancels an evaluation: at once while it waits, within five seconds while it runs. @throws InvalidInput, NotAllowed, NotFound */
export async function cancelEvaluation(context: Context, id: string): Promise<Evaluation> {
  const { evaluation, run } = await ownEvaluation(context, id, 'evaluation.cancel');
  const now = new Date();
  return context.db.$transaction(async (tx) => {
    const waiting = await tx.evaluation.updateMany({
      where: { id: evaluation.id, state: 'queued' },
      data: { state: 'cancelled', cancelRequestedAt: now, finishedAt: now, reason: `Cancelled by ${signedIn(context).name}.` },
    });
    if (waiting.count > 0) await context.jobs.cancel('evaluation', evaluation.id, tx);
    else {
      const active = await tx.evaluation.updateMany({
        where: { id: evaluation.id, state: { in: ['preparing', 'running'] } },
        data: { cancelRequestedAt: evaluation.cancelRequestedAt ?? now },
      });
      if (active.count === 0) throw InvalidInput.at('id', 'The evaluation has ended already.');
    }
    await audit(tx, signedIn(context), 'evaluation.cancel', evaluation.id, run);
    await notifyChange(tx, { kind: 'evaluation', id: evaluation.id, projectId: run.projectId });
    return tx.evaluation.findUniqueOrThrow({ where: { id: evaluation.id } });
  });
}

/** Deletes an evaluation that has ended, with its maps and scores. @throws InvalidInput, NotAllowed, NotFound */
export async function deleteEvaluation(context: Context, id: string): Promise<string> {
  const { evaluation, run } = await ownEvaluation(context, id, 'evaluation.delete');
  await context.db.$transaction(async (tx) => {
    const ended = { in: ['succeeded', 'failed', 'cancelled'] satisfies Evaluation['state'][] };
    if ((await deleteEvaluations(tx, { id: evaluation.id, state: ended })) === 0)
      throw InvalidInput.at('id', 'The evaluation has not ended yet; cancel it first.');
    await audit(tx, signedIn(context), 'evaluation.delete', evaluation.id, run);
    await notifyChange(tx, { kind: 'evaluation', id: evaluation.id, projectId: run.projectId });
  });
  return id;
}

/** A run that goes on overwrites its checkpoints: what was measured of them would be of weights that are no more. @throws InvalidInput */
async function requireEnded(tx: Prisma.TransactionClient, runId: string, field: string): Promise<void> {
  const [run] = await tx.$queryRaw<{ state: string }[]>`
    select "state"::text as state from "TrainingRun" where "id" = ${runId}::uuid for share`;
  if (run && !isTerminal(run.state))
    throw InvalidInput.at(field, 'The training run of this checkpoint has not ended yet; wait for its end, or cancel the run first.');
}

/** The recipe with other residual options. @throws InvalidInput at the option that is wrong */
function recipeWith(document: object, sets: readonly string[]): Recipe {
  const foreign = sets.find((set) => !set.startsWith('residual.'));
  if (foreign !== undefined)
    throw InvalidInput.at('sets', `${foreign}: an evaluation changes only residual.… options; train a run with the others.`);
  return resolve(document, sets);
}

interface Wanted {
  readonly datasetVersionId: string;
  readonly projectId: string;
  readonly split: Split;
  readonly recipe: Recipe;
}

/** @throws NotFound for a version of another project, InvalidInput where the split is empty */
async function requireImages(tx: Prisma.TransactionClient, { datasetVersionId, projectId, split, recipe }: Wanted): Promise<void> {
  const version = await tx.datasetVersion.findFirst({
    where: { id: datasetVersionId, dataset: { projectId, deletedAt: null } },
    include: { dataset: true },
  });
  if (!version) throw new NotFound('DatasetVersion');
  await lockDataset(tx, version.datasetId);
  const images = (where: Prisma.DatasetVersionImageWhereInput) =>
    tx.datasetVersionImage.count({ where: { versionId: version.id, ...where } });
  if ((await images({ split })) > 0) return;
  // A run holds validation images out of the training ones where the dataset has none.
  if (split === 'validation' && recipe.data.validationShare > 0 && (await images({ split: 'train', label: 'good' })) > 1) return;
  throw InvalidInput.at(
    'split',
    `Version ${version.number} of ${version.dataset.name} has no ${split} images; choose another split, or upload some and choose a new version.`,
  );
}

interface EvaluationKey {
  readonly checkpointId: string;
  readonly datasetVersionId: string;
  readonly protocol: Prisma.InputJsonObject;
}

/** The run of an evaluation, as far as it is told of. */
interface EvaluatedRun {
  readonly id: string;
  readonly projectId: string;
  readonly seed: number;
  readonly project: { readonly teamId: string };
  readonly variant: { readonly name: string };
}

async function queueEvaluation(context: Context, tx: Prisma.TransactionClient, key: EvaluationKey, run: EvaluatedRun): Promise<Evaluation> {
  const actor = signedIn(context);
  // Two clicks at once must end with one evaluation.
  await tx.$queryRaw`select 1 as locked from "Checkpoint" where "id" = ${key.checkpointId}::uuid for update`;
  const known = await tx.evaluation.findFirst({ where: { ...key, protocol: { equals: key.protocol } } });
  if (known && !(isTerminal(known.state) && known.state !== 'succeeded')) return known;
  if (known) await deleteEvaluations(tx, { id: known.id });
  // What takes the place of another is the platform's own again where that was, so that its experiment counts it.
  const evaluation = await tx.evaluation.create({ data: { ...key, createdById: known ? known.createdById : actor.userId } });
  await context.jobs.enqueue('evaluation', { evaluationId: evaluation.id }, { tx });
  await audit(tx, actor, 'evaluation.start', evaluation.id, run);
  await notifyChange(tx, { kind: 'evaluation', id: evaluation.id, projectId: run.projectId });
  return evaluation;
}

function audit(tx: Prisma.TransactionClient, actor: Actor, action: AuditAction, id: string, run: EvaluatedRun): Promise<void> {
  const subject = { subject: run.variant.name, subjectId: publicId('Evaluation', id) };
  return recordAudit(tx, actor, action, { teamId: run.project.teamId, ...subject, detail: `seed ${run.seed}` });
}

/** An evaluation in whose team the person has the permission. @throws NotAllowed, NotFound */
async function ownEvaluation(context: Context, id: string, permission: 'evaluation.start' | 'evaluation.cancel' | 'evaluation.delete') {
  signedIn(context);
  const found = await context.db.evaluation.findUnique({
    where: { id: rowIdOf('Evaluation', id) },
    include: {
      checkpoint: {
        select: {
          run: {
            select: { id: true, projectId: true, seed: true, project: { select: { teamId: true } }, variant: { select: { name: true } } },
          },
        },
      },
    },
  });
  if (!found) throw new NotFound('Evaluation');
  const { checkpoint, ...evaluation } = found;
  assertPermission(context, permission, checkpoint.run.project.teamId, 'Evaluation');
  return { evaluation, run: checkpoint.run };
}
