import { Prisma, type Evaluation, type Measure, type RunState } from '@plumbline/prisma';
import type { Context } from '../../context.ts';
import { parseId, publicId, rowIdOf } from '../../ids.ts';
import { pageSize, toPage, type Page, type PageRequest } from '../../paging.ts';
import { metricSql } from './metricSql.ts';

export const evaluationSorts = ['newest', 'imageRocAuc', 'pixelRocAuc', 'pixelAveragePrecision', 'aupro30'] as const;
export type EvaluationSort = (typeof evaluationSorts)[number];

export interface EvaluationsRequest extends PageRequest {
  /** Only these; what is none of the project's is left out. */
  readonly ids?: readonly string[] | null | undefined;
  readonly datasetId?: string | null | undefined;
  readonly variantId?: string | null | undefined;
  readonly protocolHash?: string | null | undefined;
  readonly state?: readonly RunState[] | null | undefined;
  readonly sort?: EvaluationSort | null | undefined;
  /** Whose metric orders them; default `ssim`. */
  readonly measure?: Measure | null | undefined;
}

/** Rows of the ids that are of evaluations. */
const rowIdsAmong = (ids: readonly string[]): string[] =>
  ids.flatMap((id) => {
    const parsed = parseId(id);
    return parsed?.type === 'Evaluation' ? [parsed.rowId] : [];
  });

/** Evaluations of a project that the person may see: newest first, or best first by a metric, those without it last. */
export async function listEvaluations(
  { db }: Context,
  project: { readonly id: string },
  request: EvaluationsRequest,
  query: { include?: Prisma.EvaluationInclude },
): Promise<Page<Evaluation>> {
  const { ids: only, datasetId, variantId, protocolHash, state, after } = request;
  const where = Prisma.join(
    [
      Prisma.sql`r."projectId" = ${project.id}::uuid`,
      ...(only ? [Prisma.sql`e."id" = any(${rowIdsAmong(only)}::uuid[])`] : []),
      ...(datasetId ? [Prisma.sql`v."datasetId" = ${rowIdOf('Dataset', datasetId)}::uuid`] : []),
      ...(variantId ? [Prisma.sql`r."variantId" = ${rowIdOf('Variant', variantId)}::uuid`] : []),
      ...(protocolHash ? [Prisma.sql`e."protocolHash" = ${protocolHash}`] : []),
      ...(state?.length ? [Prisma.sql`e."state"::text = any(${[...state]}::text[])`] : []),
    ],
    ' and ',
  );
  const from = Prisma.sql`"Evaluation" e join "Checkpoint" c on c."id" = e."checkpointId" join "TrainingRun" r on r."id" = c."runId"
    join "DatasetVersion" v on v."id" = e."datasetVersionId"`;
  const sort = request.sort ?? 'newest';
  const measure = request.measure ?? 'ssim';
  // Every metric is at least 0, so that −1 puts those without one last.
  const place = (table: string): Prisma.Sql =>
    sort === 'newest'
      ? Prisma.sql`extract(epoch from ${Prisma.raw(`"${table}"`)}."createdAt")::float8`
      : Prisma.sql`coalesce(${metricSql(sort, measure, table)}, -1)`;
  const behind = after
    ? Prisma.sql`and (${place('e')}, e."id") < (select ${place('a')}, a."id" from "Evaluation" a join "Checkpoint" b on b."id" = a."checkpointId"
        join "TrainingRun" o on o."id" = b."runId" where a."id" = ${rowIdOf('Evaluation', after)}::uuid and o."projectId" = ${project.id}::uuid)`
    : Prisma.empty;
  const ids = await db.$queryRaw<{ id: string }[]>`
    select e."id" from ${from} where ${where} ${behind} order by ${place('e')} desc, e."id" desc limit ${pageSize(request) + 1}::int`;
  const rows = ids.length === 0 ? [] : await db.evaluation.findMany({ ...query, where: { id: { in: ids.map(({ id }) => id) } } });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const count = async (): Promise<number> => {
    const [row] = await db.$queryRaw<{ count: number }[]>`select count(*)::int as "count" from ${from} where ${where}`;
    return row?.count ?? 0;
  };
  return toPage(
    ids.flatMap(({ id }) => byId.get(id) ?? []),
    request,
    (row) => publicId('Evaluation', row.id),
    count,
  );
}

export interface UsedProtocol {
  readonly hash: string;
  readonly protocol: Prisma.JsonValue;
  readonly evaluationCount: number;
}

/** The protocols of a project's evaluations, the most used first. */
export async function listProtocols({ db }: Context, project: { readonly id: string }): Promise<UsedProtocol[]> {
  return db.$queryRaw<UsedProtocol[]>`
    select e."protocolHash" as "hash", min(e."protocol"::text)::jsonb as "protocol", count(*)::int as "evaluationCount"
    from "Evaluation" e join "Checkpoint" c on c."id" = e."checkpointId" join "TrainingRun" r on r."id" = c."runId"
    where r."projectId" = ${project.id}::uuid group by 1 order by 3 desc, 1 limit 200`;
}
