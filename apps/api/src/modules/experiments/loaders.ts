import type { PrismaClient, RunState } from '@plumbline/prisma';
import DataLoader from 'dataloader';
import type { LoaderOptions } from '../datasets/loaders.ts';

/** How far an experiment is. Of each cell (variant × dataset version × seed) its newest run counts. */
export interface ExperimentSummary {
  readonly variants: readonly string[];
  readonly datasets: readonly string[];
  readonly states: readonly { readonly state: RunState; readonly count: number }[];
  /** Sum of the cells' done shares. */
  readonly done: number;
  /** Evaluations that wait or are being computed, and that succeeded. */
  readonly evaluating: number;
  readonly evaluated: number;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export interface ExperimentLoaders {
  readonly experimentSummaries: DataLoader<string, ExperimentSummary>;
}

export function createExperimentLoaders(db: PrismaClient, { cache }: LoaderOptions): ExperimentLoaders {
  return { experimentSummaries: new DataLoader((ids: readonly string[]) => readSummaries(db, ids), { cache }) };
}

interface Row {
  readonly experimentId: string;
  readonly state: RunState;
  readonly count: number;
  readonly done: number;
  readonly evaluating: number;
  readonly evaluated: number;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly variants: string[];
  readonly datasets: string[];
}

export async function readSummaries(db: Pick<PrismaClient, '$queryRaw'>, ids: readonly string[]): Promise<ExperimentSummary[]> {
  const rows = await db.$queryRaw<Row[]>`
    with "cell" as (
      select distinct on (r."experimentId", r."variantId", r."datasetVersionId", r."seed") r.*, v."name" as "variant", d."name" as "dataset"
      from "TrainingRun" r join "Variant" v on v."id" = r."variantId"
      join "DatasetVersion" w on w."id" = r."datasetVersionId" join "Dataset" d on d."id" = w."datasetId"
      where r."experimentId" = any(${ids}::uuid[]) and r."kind" = 'reconstruction'
      order by r."experimentId", r."variantId", r."datasetVersionId", r."seed", r."createdAt" desc, r."id" desc
    ), "evaluated" as (
      select k."runId", count(*) filter (where e."state" in ('queued', 'preparing', 'running')) as "open",
        count(*) filter (where e."state" = 'succeeded') as "done"
      from "Evaluation" e join "Checkpoint" k on k."id" = e."checkpointId" join "cell" c on c."id" = k."runId"
      -- What somebody started by hand is no part of the experiment.
      where e."createdById" is null group by 1
    )
    select c."experimentId", c."state"::text as "state", count(*)::int as "count",
      sum(case when c."state" = 'succeeded' then 1 else least(1, (c."epoch" + c."epochShare") / greatest(c."epochs", 1)) end)::float8 as "done",
      coalesce(sum(e."open"), 0)::int as "evaluating", coalesce(sum(e."done"), 0)::int as "evaluated",
      min(c."startedAt") as "startedAt", max(c."finishedAt") as "finishedAt",
      array_agg(distinct c."variant") as "variants", array_agg(distinct c."dataset") as "datasets"
    from "cell" c left join "evaluated" e on e."runId" = c."id" group by 1, 2`;
  return ids.map((id) => summaryOf(rows.filter(({ experimentId }) => experimentId === id)));
}

function summaryOf(rows: readonly Row[]): ExperimentSummary {
  const sum = (of: (row: Row) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const times = (of: (row: Row) => Date | null): number[] => rows.flatMap((row) => of(row)?.getTime() ?? []);
  const [started, finished] = [times((row) => row.startedAt), times((row) => row.finishedAt)];
  const names = (of: (row: Row) => string[]): string[] => [...new Set(rows.flatMap(of))].sort();
  return {
    variants: names((row) => row.variants),
    datasets: names((row) => row.datasets),
    states: rows.map(({ state, count }) => ({ state, count })),
    done: sum((row) => row.done),
    evaluating: sum((row) => row.evaluating),
    evaluated: sum((row) => row.evaluated),
    startedAt: started.length > 0 ? new Date(Math.min(...started)) : null,
    finishedAt: finished.length > 0 ? new Date(Math.max(...finished)) : null,
  };
}
