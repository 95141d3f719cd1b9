import { Prisma, type User } from '@plumbline/prisma';
import type { Context } from '../../context.ts';
import { publicId, rowIdOf } from '../../ids.ts';
import { pageSize, toPage, type Page, type PageRequest } from '../../paging.ts';
import { InvalidInput } from '../../problems.ts';

const activityKinds = ['run', 'evaluation', 'import'] as const;
export type ActivityKind = (typeof activityKinds)[number];

/** What a page is limited to: a project or a team that the person was found to see. */
export type ActivityScope = { readonly projectId: string } | { readonly teamId: string };

export interface ActivityRequest extends PageRequest {
  readonly kinds?: readonly ActivityKind[] | null | undefined;
  readonly personId?: string | null | undefined;
}

export interface Activity {
  readonly id: string;
  readonly at: Date;
  readonly kind: ActivityKind;
  readonly state: string;
  readonly sentence: string;
  /** Path of the page that shows it. */
  readonly link: string;
  readonly projectName: string;
  /** Who started it; null for the platform itself, or a person who left. */
  readonly personName: string | null;
}

interface Row {
  readonly id: string;
  readonly at: Date;
  readonly kind: ActivityKind;
  readonly state: string;
  readonly reason: string | null;
  readonly projectId: string;
  readonly projectName: string;
  readonly personName: string | null;
  readonly datasetId: string;
  readonly datasetName: string;
  /** Of the variant, or what was uploaded. */
  readonly what: string;
  readonly seed: number;
  readonly accepted: number;
  readonly refused: number;
}

const scoped = (scope: ActivityScope): Prisma.Sql =>
  'projectId' in scope ? Prisma.sql`p."id" = ${scope.projectId}::uuid` : Prisma.sql`p."teamId" = ${scope.teamId}::uuid`;

/** Runs, evaluations and imports as rows of one shape. */
const sources: Record<ActivityKind, Prisma.Sql> = {
  run: Prisma.sql`select r."id", coalesce(r."finishedAt", r."startedAt", r."createdAt") as "at", 'run' as "kind", r."state"::text as "state", r."reason",
      r."projectId", r."createdById", v."datasetId", va."name" as "what", r."seed", 0 as "accepted", 0 as "refused"
    from "TrainingRun" r join "DatasetVersion" v on v."id" = r."datasetVersionId" join "Variant" va on va."id" = r."variantId"`,
  evaluation: Prisma.sql`select e."id", coalesce(e."finishedAt", e."createdAt"), 'evaluation', e."state"::text, e."reason",
      r."projectId", e."createdById", v."datasetId", va."name", r."seed", 0, 0
    from "Evaluation" e join "Checkpoint" c on c."id" = e."checkpointId" join "TrainingRun" r on r."id" = c."runId"
      join "DatasetVersion" v on v."id" = e."datasetVersionId" join "Variant" va on va."id" = r."variantId"`,
  import: Prisma.sql`select i."id", coalesce(i."finishedAt", i."createdAt"), 'import', i."state"::text, i."reason",
      d."projectId", i."createdById", d."id", i."source", 0, i."accepted", i."refused"
    from "DatasetImport" i join "Dataset" d on d."id" = i."datasetId" where d."deletedAt" is null`,
};

/** What happened in a project or team, newest first, in one statement. @throws InvalidInput for a cursor of another list */
export async function listActivity({ db }: Context, scope: ActivityScope, request: ActivityRequest): Promise<Page<Activity>> {
  const kinds = activityKinds.filter((kind) => !request.kinds?.length || request.kinds.includes(kind));
  const union = Prisma.join(
    kinds.map((kind) => sources[kind]),
    ' union all ',
  );
  // The first source names the columns.
  const named = Prisma.sql`(${union}) a ("id", "at", "kind", "state", "reason", "projectId", "createdById", "datasetId", "what", "seed", "accepted", "refused")`;
  const person = request.personId ? Prisma.sql`and a."createdById" = ${rowIdOf('User', request.personId)}::uuid` : Prisma.empty;
  const from = Prisma.sql`${named} join "Project" p on p."id" = a."projectId"`;
  const where = Prisma.sql`${scoped(scope)} ${person}`;
  const after = request.after ? readCursor(request.after) : null;
  const behind = after ? Prisma.sql`and (a."at", a."id") < (${after.at}::timestamptz, ${after.id}::uuid)` : Prisma.empty;
  const rows = await db.$queryRaw<Row[]>`
    select a.*, p."name" as "projectName", u."name" as "personName", d."name" as "datasetName"
    from ${from} join "Dataset" d on d."id" = a."datasetId" left join "User" u on u."id" = a."createdById"
    where ${where} ${behind} order by a."at" desc, a."id" desc limit ${pageSize(request) + 1}::int`;
  const count = async (): Promise<number> => {
    const [row] = await db.$queryRaw<{ count: number }[]>`select count(*)::int as "count" from ${from} where ${where}`;
    return row?.count ?? 0;
  };
  return toPage(rows.map(activityOf), request, ({ at, id }) => `${at.toISOString()} ${id}`, count);
}

/** Who started something of that kind: whom a page can be limited to, by name. */
export function listActivityPeople({ db }: Context, scope: ActivityScope): Promise<User[]> {
  const project: Prisma.ProjectWhereInput = 'projectId' in scope ? { id: scope.projectId } : { teamId: scope.teamId };
  return db.user.findMany({
    where: {
      OR: [
        { runs: { some: { project } } },
        { evaluations: { some: { checkpoint: { run: { project } } } } },
        { imports: { some: { dataset: { project } } } },
      ],
    },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 200,
  });
}

function readCursor(after: string): { readonly at: Date; readonly id: string } {
  const [time = '', id = ''] = after.split(' ');
  const at = new Date(time);
  if (Number.isNaN(at.getTime()) || !/^[0-9a-f-]{36}$/.test(id))
    throw InvalidInput.at('after', 'after is no cursor of this list; take endCursor of the page before.');
  return { at, id };
}

const stateWords: Readonly<Record<string, string>> = {
  queued: 'waits for a worker',
  preparing: 'is being prepared',
  running: 'is running',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'was cancelled',
  paused: 'is paused',
};

function activityOf(row: Row): Activity {
  const { id, at, kind, state, projectName, personName } = row;
  const base = `/projects/${publicId('Project', row.projectId)}`;
  const links: Record<ActivityKind, string> = {
    run: `${base}/runs/${publicId('TrainingRun', id)}`,
    evaluation: `${base}/evaluations/${publicId('Evaluation', id)}`,
    import: `${base}/datasets/${publicId('Dataset', row.datasetId)}`,
  };
  return { id, at, kind, state, sentence: sentenceOf(row), link: links[kind], projectName, personName };
}

function sentenceOf({ kind, state, reason, what, datasetName, seed, accepted, refused }: Row): string {
  const because = reason ? `: ${reason}` : '.';
  if (kind === 'run') return `Training of ${what} on ${datasetName} (seed ${seed}) ${stateWords[state]}${because}`;
  if (kind === 'evaluation') return `Evaluation of ${what} on ${datasetName} ${stateWords[state]}${because}`;
  if (state !== 'succeeded')
    return `Import of ${what} into ${datasetName} ${state === 'running' ? 'is being read' : stateWords[state]}${because}`;
  return accepted === 0
    ? `Nothing of ${what} was imported into ${datasetName}.`
    : `Import of ${what} into ${datasetName}: ${accepted} accepted, ${refused} refused.`;
}
