import { Prisma, type Evaluation, type Measure, type Project, type Reconstruction } from '@plumbline/prisma';
import type { Context } from '../../context.ts';
import { publicId, rowIdOf } from '../../ids.ts';
import { pageSize, toPage, type Page, type PageRequest } from '../../paging.ts';
import { teamsWith } from '../../permissions.ts';
import { NotFound } from '../../problems.ts';

type Query = { include?: Prisma.EvaluationInclude };
type ReconstructionQuery = { include?: Prisma.ReconstructionInclude };

const inTeams = (context: Context): Prisma.EvaluationWhereInput => ({
  checkpoint: { run: { project: { teamId: { in: teamsWith(context, 'evaluation.read') } } } },
});

/** An evaluation of one of the person's teams. @throws NotFound */
export async function readEvaluation(context: Context, id: string, query: Query = {}): Promise<Evaluation> {
  const mine = inTeams(context);
  const evaluation = await context.db.evaluation.findFirst({ ...query, where: { id: rowIdOf('Evaluation', id), ...mine } });
  if (!evaluation) throw new NotFound('Evaluation');
  return evaluation;
}

/** As `readEvaluation`, of whether the person may see it alone: its metrics and curves are large. @throws NotFound */
export async function requireEvaluation(context: Context, id: string): Promise<{ readonly id: string }> {
  const mine = inTeams(context);
  const evaluation = await context.db.evaluation.findFirst({ where: { id: rowIdOf('Evaluation', id), ...mine }, select: { id: true } });
  if (!evaluation) throw new NotFound('Evaluation');
  return evaluation;
}

/** How many evaluations of a project wait or are being computed, of those that the person may see. */
export async function countActiveEvaluations(context: Context, project: Pick<Project, 'id' | 'teamId'>): Promise<number> {
  return teamsWith(context, 'evaluation.read').includes(project.teamId) ? context.loaders.activeEvaluations.load(project.id) : 0;
}

/** A reconstruction of one of the person's teams. @throws NotFound */
export async function readReconstruction(context: Context, id: string, query: ReconstructionQuery = {}): Promise<Reconstruction> {
  const evaluation = inTeams(context);
  const rowId = rowIdOf('Reconstruction', id);
  const reconstruction = await context.db.reconstruction.findFirst({ ...query, where: { id: rowId, evaluation } });
  if (!reconstruction) throw new NotFound('Reconstruction');
  return reconstruction;
}

/** As `readReconstruction`, where its two pictures lie and no more. @throws NotFound */
export async function readPictures(context: Context, id: string): Promise<Pick<Reconstruction, 'inputSha256' | 'reconstructionSha256'>> {
  const [found] = await context.db.$queryRaw<Pick<Reconstruction, 'inputSha256' | 'reconstructionSha256'>[]>`
    select r."inputSha256", r."reconstructionSha256" from "Reconstruction" r
    join "Evaluation" e on e."id" = r."evaluationId" join "Checkpoint" c on c."id" = e."checkpointId"
    join "TrainingRun" t on t."id" = c."runId" join "Project" p on p."id" = t."projectId"
    where r."id" = ${rowIdOf('Reconstruction', id)}::uuid and p."teamId" = any(${teamsWith(context, 'evaluation.read')}::uuid[])`;
  if (!found) throw new NotFound('Reconstruction');
  return found;
}

export type ReconstructionSort = 'scoreDescending' | 'scoreAscending' | 'name';

export interface ReconstructionsRequest extends PageRequest {
  readonly sort?: ReconstructionSort | null | undefined;
  readonly measure?: Measure | null | undefined;
  readonly label?: string | null | undefined;
}

/** What an evaluation that the person may see stored per image, most conspicuous first unless asked otherwise. */
export async function listReconstructions(
  { db }: Context,
  { id: evaluationId }: Evaluation,
  request: ReconstructionsRequest,
  query: ReconstructionQuery,
): Promise<Page<Reconstruction>> {
  const label = request.label ?? null;
  const place = {
    evaluationId,
    label,
    after: request.after ? rowIdOf('Reconstruction', request.after) : null,
    take: pageSize(request) + 1,
  };
  const sort = request.sort ?? 'scoreDescending';
  const ids = await (sort === 'name' ? idsByName(db, place) : idsByScore(db, place, request.measure ?? 'ssim', sort === 'scoreAscending'));
  const rows = ids.length === 0 ? [] : await db.reconstruction.findMany({ ...query, where: { id: { in: ids } } });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const count = async (): Promise<number> => {
    if (label === null) return db.reconstruction.count({ where: { evaluationId } });
    const [row] = await db.$queryRaw<{ count: number }[]>`
      select count(*)::int as "count" from "Reconstruction" r ${frozen('r', 'v')} where r."evaluationId" = ${evaluationId}::uuid and v."label" = ${label}`;
    return row?.count ?? 0;
  };
  const ordered = ids.flatMap((id) => byId.get(id) ?? []);
  return toPage(ordered, request, (row) => publicId('Reconstruction', row.id), count);
}

/** Joins the image of a reconstruction as the evaluated version froze it: label and name may have changed since. */
export const frozen = (reconstruction: string, image: string): Prisma.Sql =>
  Prisma.raw(`join "Evaluation" ${image}e on ${image}e."id" = ${reconstruction}."evaluationId"
    join "DatasetVersionImage" ${image} on ${image}."versionId" = ${image}e."datasetVersionId" and ${image}."imageId" = ${reconstruction}."imageId"`);

interface Place {
  readonly evaluationId: string;
  readonly label: string | null;
  readonly after: string | null;
  readonly take: number;
}

async function idsByScore(
  db: Context['db'],
  { evaluationId, label, after, take }: Place,
  measure: Measure,
  ascending: boolean,
): Promise<string[]> {
  // Ascending is descending by the negative score, so that one statement serves both.
  const sign = ascending ? -1 : 1;
  const rows = await db.$queryRaw<{ id: string }[]>`
    select r."id" from "Reconstruction" r
    join "ResidualMap" m on m."reconstructionId" = r."id" and m."measure" = ${measure}::"Measure"
    ${frozen('r', 'v')}
    where r."evaluationId" = ${evaluationId}::uuid and (${label}::text is null or v."label" = ${label})
      and (${after}::uuid is null or (m."score" * ${sign}::int, r."id") < (
        select a."score" * ${sign}::int, a."reconstructionId" from "ResidualMap" a join "Reconstruction" b on b."id" = a."reconstructionId"
        where a."reconstructionId" = ${after}::uuid and b."evaluationId" = ${evaluationId}::uuid and a."measure" = ${measure}::"Measure"))
    order by m."score" * ${sign}::int desc, r."id" desc limit ${take}::int`;
  return rows.map((row) => row.id);
}

async function idsByName(db: Context['db'], { evaluationId, label, after, take }: Place): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select r."id" from "Reconstruction" r ${frozen('r', 'v')}
    where r."evaluationId" = ${evaluationId}::uuid and (${label}::text is null or v."label" = ${label})
      and (${after}::uuid is null or (v."label", v."name", r."id") > (
        select b."label", b."name", a."id" from "Reconstruction" a ${frozen('a', 'b')} where a."id" = ${after}::uuid and a."evaluationId" = ${evaluationId}::uuid))
    order by v."label", v."name", r."id" limit ${take}::int`;
  return rows.map((row) => row.id);
}
