import { Prisma, type PrismaClient } from '@plumbline/prisma';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { publicId, rowIdOf } from '../../ids.ts';
import { assertPermission, signedIn, teamsWith } from '../../permissions.ts';
import { InvalidInput, NotFound } from '../../problems.ts';
import { parse } from '../../validation.ts';
import { readProject } from '../projects/service.ts';
import { comparedSet, mostEvaluations, namedEvaluations, type ComparedSet, type NamedEvaluation } from './compared.ts';

const ids = z.array(z.string()).nullish();
const selectionSchema = z.object({ projectId: z.string(), evaluationIds: ids, experimentIds: ids, variantIds: ids, datasetIds: ids });
type Selection = z.output<typeof selectionSchema>;

/** Refuses more than can be laid side by side. */
export function refuseTooMany(count: number): void {
  if (count > mostEvaluations)
    throw InvalidInput.at('evaluationIds', `${count} evaluations are too many to compare; choose at most ${mostEvaluations}.`);
}

/**
 * Evaluations of one project by hand, by experiment, or by variant × dataset. An experiment, variant or dataset stands for the evaluations that
 * its runs brought about themselves: of each recipe, dataset and seed the newest.
 * @throws InvalidInput, NotFound for one that is not there, not finished, or of another project
 */
export async function selectCompared(context: Context, raw: unknown): Promise<ComparedSet> {
  signedIn(context);
  const selection = parse(selectionSchema, raw);
  const { id: projectId } = await readProject(context, selection.projectId);
  const chosen = await selectedIds(context, projectId, selection);
  refuseTooMany(chosen.length);
  const evaluations = await visibleEvaluations(context, projectId, chosen);
  return comparedSet(context.db, evaluations);
}

async function selectedIds({ db }: Context, projectId: string, selection: Selection): Promise<string[]> {
  if (selection.evaluationIds?.length) return [...new Set(selection.evaluationIds.map((id) => rowIdOf('Evaluation', id)))];
  const wanted = [
    ...(selection.experimentIds?.length
      ? [Prisma.sql`r."experimentId" = any(${selection.experimentIds.map((id) => rowIdOf('Experiment', id))}::uuid[])`]
      : []),
    ...(selection.variantIds?.length
      ? [Prisma.sql`r."variantId" = any(${selection.variantIds.map((id) => rowIdOf('Variant', id))}::uuid[])`]
      : []),
    ...(selection.datasetIds?.length
      ? [Prisma.sql`w."datasetId" = any(${selection.datasetIds.map((id) => rowIdOf('Dataset', id))}::uuid[])`]
      : []),
  ];
  if (wanted.length === 0) throw InvalidInput.at('', 'Nothing is chosen; name evaluations, experiments, variants or datasets.');
  const rows = await ownEvaluations(db, projectId, Prisma.join(wanted, ' and '));
  return rows.map(({ id }) => id);
}

interface OwnEvaluation {
  readonly id: string;
  readonly variantId: string;
  readonly variantName: string;
  readonly datasetId: string;
  readonly datasetName: string;
  readonly versionNumber: number;
  readonly experimentId: string | null;
  readonly seed: number;
  readonly finishedAt: Date | null;
}

/** Finished evaluations that runs of a project brought about, the newest of each recipe, dataset and seed; by variant, dataset and seed. */
function ownEvaluations(db: PrismaClient, projectId: string, where: Prisma.Sql): Promise<OwnEvaluation[]> {
  return db.$queryRaw<OwnEvaluation[]>`
    select * from (
      select distinct on (r."recipeId", w."datasetId", r."seed") e."id", r."variantId", v."name" as "variantName", v."createdAt" as "madeAt",
        w."datasetId", d."name" as "datasetName", w."number" as "versionNumber", r."experimentId", r."seed", e."finishedAt"
      from "Evaluation" e join "Checkpoint" c on c."id" = e."checkpointId" join "TrainingRun" r on r."id" = c."runId"
      join "Variant" v on v."id" = r."variantId" join "DatasetVersion" w on w."id" = e."datasetVersionId" join "Dataset" d on d."id" = w."datasetId"
      where r."projectId" = ${projectId}::uuid and e."state" = 'succeeded' and e."createdById" is null and ${where}
      order by r."recipeId", w."datasetId", r."seed", e."createdAt" desc, e."id" desc
    ) x order by x."madeAt", x."variantName", x."datasetName", x."seed"`;
}

/** What can be chosen by variant × dataset, with its public ids. */
export async function listComparable(
  context: Context,
  project: { readonly id: string; readonly teamId: string },
): Promise<OwnEvaluation[]> {
  if (!teamsWith(context, 'evaluation.read').includes(project.teamId)) return [];
  const rows = await ownEvaluations(context.db, project.id, Prisma.sql`true`);
  return rows.map((row) => ({
    ...row,
    id: publicId('Evaluation', row.id),
    variantId: publicId('Variant', row.variantId),
    datasetId: publicId('Dataset', row.datasetId),
    experimentId: row.experimentId && publicId('Experiment', row.experimentId),
  }));
}
export type { OwnEvaluation };

/**
 * Finished evaluations of a project that the person may see, in the order asked for.
 * @throws NotFound for one that is not there, not finished, or of another project
 */
async function visibleEvaluations(context: Context, projectId: string, chosen: readonly string[]): Promise<NamedEvaluation[]> {
  const found = await namedEvaluations(context.db, chosen);
  const [one] = found;
  if (one) assertPermission(context, 'evaluation.read', one.checkpoint.run.project.teamId, 'Evaluation');
  if (found.some(({ checkpoint }) => checkpoint.run.projectId !== projectId)) throw new NotFound('Evaluation');
  if (found.length < chosen.length) throw new NotFound('Evaluation');
  return found;
}
