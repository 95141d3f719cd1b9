import { type Measure, type PrismaClient } from '@plumbline/prisma';
import DataLoader from 'dataloader';
import type { LoaderOptions } from '../datasets/loaders.ts';
import { metricSql, type RankingMetric } from '../evaluations/metricSql.ts';
import { grouped } from '../../grouped.ts';
import { standingsOf, type Measured, type Standing } from './standings.ts';

export interface StandingsKey {
  readonly projectId: string;
  readonly metric: RankingMetric;
  readonly measure: Measure;
}

export interface MissesKey {
  readonly evaluationId: string;
  readonly measure: Measure;
}

/** A defective image of low score. */
export interface Miss {
  readonly reconstructionId: string;
  readonly imageId: string;
  readonly versionId: string;
  readonly thumbnailSha256: string;
  readonly maskSha256: string | null;
  readonly name: string;
  readonly label: string;
  readonly score: number;
  /** The image threshold of the evaluation; null without good validation images. */
  readonly threshold: number | null;
}

/** Most misses of an evaluation that are read. */
export const mostMisses = 12;
/** Newest evaluations of the projects of one request that standings are made of. */
const mostMeasured = 5000;

export interface DashboardLoaders {
  readonly standings: DataLoader<StandingsKey, readonly Standing[], string>;
  readonly misses: DataLoader<MissesKey, readonly Miss[], string>;
}

export function createDashboardLoaders(db: PrismaClient, { cache }: LoaderOptions): DashboardLoaders {
  return {
    standings: new DataLoader((keys: readonly StandingsKey[]) => readStandings(db, keys), {
      cache,
      cacheKeyFn: ({ projectId, metric, measure }) => `${projectId} ${metric} ${measure}`,
    }),
    misses: new DataLoader((keys: readonly MissesKey[]) => readMisses(db, keys), {
      cache,
      cacheKeyFn: ({ evaluationId, measure }) => `${evaluationId} ${measure}`,
    }),
  };
}

/** One statement for every metric that is asked for, which is one. */
async function readStandings(db: PrismaClient, keys: readonly StandingsKey[]): Promise<Standing[][]> {
  const now = new Date();
  const found = new Map<string, Standing[]>();
  for (const [by, asked] of grouped(keys, ({ metric, measure }) => `${metric} ${measure}`)) {
    const { metric, measure } = asked[0]!;
    const value = metricSql(metric, measure);
    const rows = await db.$queryRaw<Measured[]>`
      select e."id" as "evaluationId", r."projectId", d."id" as "datasetId", d."name" as "datasetName", dv."number" as "versionNumber", e."protocolHash",
        va."id" as "variantId", va."name" as "variantName", r."seed", e."finishedAt", ${value} as "value"
      from "Evaluation" e join "Checkpoint" c on c."id" = e."checkpointId" and c."kind" = 'best' join "TrainingRun" r on r."id" = c."runId"
        join "Variant" va on va."id" = r."variantId" join "DatasetVersion" dv on dv."id" = e."datasetVersionId" join "Dataset" d on d."id" = dv."datasetId"
      where r."projectId" = any(${asked.map(({ projectId }) => projectId)}::uuid[]) and d."deletedAt" is null and e."state" = 'succeeded' and e."finishedAt" is not null
        and coalesce(e."protocol" ->> 'split', 'test') = 'test' and ${value} is not null
      order by e."finishedAt" desc, e."id" desc limit ${mostMeasured}::int`;
    for (const { projectId } of asked)
      found.set(
        `${projectId} ${by}`,
        standingsOf(
          rows.filter((row) => row.projectId === projectId),
          now,
        ),
      );
  }
  return keys.map(({ projectId, metric, measure }) => found.get(`${projectId} ${metric} ${measure}`) ?? []);
}

/** The defective images of each evaluation with the lowest scores, lowest first, with label and mask as they were measured. */
async function readMisses(db: PrismaClient, keys: readonly MissesKey[]): Promise<Miss[][]> {
  const rows = await db.$queryRaw<(Miss & { request: number })[]>`
    select k."request"::int as "request", m.* from unnest(${keys.map((key) => key.evaluationId)}::uuid[], ${keys.map((key) => key.measure)}::text[])
      with ordinality as k("evaluationId", "measure", "request")
    cross join lateral (
      select r."id" as "reconstructionId", r."imageId", e."datasetVersionId" as "versionId", i."thumbnailSha256", v."maskSha256", v."name", v."label",
        s."score", (e."thresholds" #>> array[k."measure", 'image'])::float8 as "threshold"
      from "Reconstruction" r join "Evaluation" e on e."id" = r."evaluationId" join "Image" i on i."id" = r."imageId"
        join "DatasetVersionImage" v on v."versionId" = e."datasetVersionId" and v."imageId" = r."imageId"
        join "ResidualMap" s on s."reconstructionId" = r."id" and s."measure"::text = k."measure"
      where r."evaluationId" = k."evaluationId" and v."label" <> 'good'
      order by s."score", r."id" limit ${mostMisses}::int) m
    order by k."request", m."score", m."reconstructionId"`;
  const byRequest = grouped(rows, (row) => row.request);
  return keys.map((_, i) => byRequest.get(i + 1) ?? []);
}
