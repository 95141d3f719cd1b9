import { Prisma, type RunKind, type RunState, type TrainingRun } from '@plumbline/prisma';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { parseId, publicId, rowIdOf } from '../../ids.ts';
import { pageSize, toPage, type Page, type PageRequest } from '../../paging.ts';
import { parse } from '../../validation.ts';

export const runSorts = [
  'queued',
  'started',
  'finished',
  'duration',
  'state',
  'variant',
  'dataset',
  'recipe',
  'person',
  'seed',
  'priority',
  'progress',
  'trainLoss',
  'validationLoss',
  'imagesPerSecond',
] as const;
export type RunSort = (typeof runSorts)[number];

export interface RunsRequest extends PageRequest {
  readonly state?: readonly RunState[] | null | undefined;
  readonly datasetId?: string | null | undefined;
  readonly variantId?: string | null | undefined;
  readonly kind?: RunKind | null | undefined;
  readonly createdById?: string | null | undefined;
  /** Found in names, the reason, the seed or the id. */
  readonly text?: string | null | undefined;
  readonly sort?: RunSort | null | undefined;
  readonly ascending?: boolean | null | undefined;
}

const textSchema = z.object({
  text: z
    .string()
    .trim()
    .max(200, 'The text to look for is longer than 200 characters; shorten it.')
    // PostgreSQL has no such character in its texts.
    .transform((text) => text.replaceAll('\0', ''))
    .nullish(),
});

const from = Prisma.sql`"TrainingRun" r join "Variant" a on a."id" = r."variantId" join "Recipe" c on c."id" = r."recipeId"
  join "DatasetVersion" v on v."id" = r."datasetVersionId" join "Dataset" d on d."id" = v."datasetId"
  join "Project" p on p."id" = r."projectId" left join "User" u on u."id" = r."createdById" left join "Experiment" x on x."id" = r."experimentId"`;

const time = (column: string): Prisma.Sql => Prisma.sql`extract(epoch from ${Prisma.raw(`r."${column}"`)})::float8`;

/** What runs are put in order by, as SQL; null comes last whichever way. */
const orders: Readonly<Record<RunSort, Prisma.Sql>> = {
  queued: time('createdAt'),
  started: time('startedAt'),
  finished: time('finishedAt'),
  duration: Prisma.sql`extract(epoch from coalesce(r."finishedAt", now()) - r."startedAt")::float8`,
  state: Prisma.sql`array_position(array['running', 'preparing', 'queued', 'paused', 'failed', 'succeeded', 'cancelled'], r."state"::text)::float8`,
  variant: Prisma.sql`lower(a."name")`,
  dataset: Prisma.sql`lower(d."name")`,
  recipe: Prisma.sql`lower(c."name")`,
  person: Prisma.sql`lower(u."name")`,
  seed: Prisma.sql`r."seed"::float8`,
  priority: Prisma.sql`r."priority"::float8`,
  progress: Prisma.sql`(case when r."state" = 'succeeded' then 1 else least(1, (r."epoch" + r."epochShare") / greatest(r."epochs", 1)) end)::float8`,
  trainLoss: Prisma.sql`r."trainLoss"`,
  validationLoss: Prisma.sql`r."validationLoss"`,
  imagesPerSecond: Prisma.sql`r."imagesPerSecond"`,
};
const ofText: ReadonlySet<RunSort> = new Set<RunSort>(['variant', 'dataset', 'recipe', 'person']);

/** Rows that hold the text in a name or the reason, or have it as seed or id. */
function holding(text: string): Prisma.Sql {
  const pattern = `%${text.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
  const id = parseId(text);
  return Prisma.sql`(a."name" ilike ${pattern} or c."name" ilike ${pattern} or d."name" ilike ${pattern} or u."name" ilike ${pattern}
    or x."name" ilike ${pattern} or r."reason" ilike ${pattern} or r."seed"::text = ${text}
    or r."id" = ${id?.type === 'TrainingRun' ? id.rowId : null}::uuid)`;
}

/** Runs of a project or team that the person may see, in the order asked for; those without a value come last, equal ones newest first or last. */
export async function listRuns(
  { db }: Context,
  scope: { readonly projectId: string } | { readonly teamId: string },
  request: RunsRequest,
  query: { include?: Prisma.TrainingRunInclude },
): Promise<Page<TrainingRun>> {
  const { state, datasetId, variantId, kind, createdById, after } = request;
  const { text } = parse(textSchema, { text: request.text });
  const within =
    'projectId' in scope ? Prisma.sql`r."projectId" = ${scope.projectId}::uuid` : Prisma.sql`p."teamId" = ${scope.teamId}::uuid`;
  const where = Prisma.join(
    [
      within,
      ...(state?.length ? [Prisma.sql`r."state"::text = any(${[...state]}::text[])`] : []),
      ...(datasetId ? [Prisma.sql`d."id" = ${rowIdOf('Dataset', datasetId)}::uuid`] : []),
      ...(variantId ? [Prisma.sql`r."variantId" = ${rowIdOf('Variant', variantId)}::uuid`] : []),
      ...(kind ? [Prisma.sql`r."kind"::text = ${kind}`] : []),
      ...(createdById ? [Prisma.sql`r."createdById" = ${rowIdOf('User', createdById)}::uuid`] : []),
      ...(text ? [holding(text)] : []),
    ],
    ' and ',
  );
  const sort = request.sort ?? 'queued';
  const value = orders[sort];
  // Where the value is missing, something of its type stands in for it; "missing" goes before it in the order.
  const place = Prisma.sql`coalesce(${value}, ${ofText.has(sort) ? Prisma.sql`''` : Prisma.sql`0`})`;
  const missing = Prisma.sql`(${value} is null)`;
  const direction = request.ascending ? Prisma.sql`asc` : Prisma.sql`desc`;
  const beyond = request.ascending ? Prisma.sql`>` : Prisma.sql`<`;
  const cursor = after ? rowIdOf('TrainingRun', after) : null;
  const behind =
    cursor === null
      ? Prisma.empty
      : Prisma.sql`and (${missing} > "cursor"."missing" or (${missing} = "cursor"."missing" and (${place}, r."id") ${beyond} ("cursor"."place", "cursor"."id")))`;
  const cursorRow =
    cursor === null
      ? Prisma.empty
      : Prisma.sql`cross join (select ${missing} as "missing", ${place} as "place", r."id" from ${from} where r."id" = ${cursor}::uuid and ${within}) "cursor"`;
  // The whole is counted with the page: another statement would be one too many for what the page of the runs shows.
  const total = Prisma.sql`(select count(*)::int from ${from} where ${where})`;
  const ids = await db.$queryRaw<{ id: string; total: number }[]>`
    select r."id", ${total} as "total" from ${from} ${cursorRow} where ${where} ${behind}
    order by ${missing}, ${place} ${direction}, r."id" ${direction} limit ${pageSize(request) + 1}::int`;
  const rows = ids.length === 0 ? [] : await db.trainingRun.findMany({ ...query, where: { id: { in: ids.map(({ id }) => id) } } });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const count = async (): Promise<number> => {
    const [row] = ids.length > 0 ? ids : await db.$queryRaw<{ total: number }[]>`select ${total} as "total"`;
    return row?.total ?? 0;
  };
  return toPage(
    ids.flatMap(({ id }) => byId.get(id) ?? []),
    request,
    (run) => publicId('TrainingRun', run.id),
    count,
  );
}
