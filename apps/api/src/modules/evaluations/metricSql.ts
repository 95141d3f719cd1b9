import { Prisma, type Measure } from '@plumbline/prisma';

/** A metric by which evaluations and variants are put in order. */
export type RankingMetric = 'imageRocAuc' | 'pixelRocAuc' | 'pixelAveragePrecision' | 'aupro30';

/** Where a metric stands below `measures.<measure>` of an evaluation's metrics. */
const places: Record<RankingMetric, readonly [level: string, key: string]> = {
  imageRocAuc: ['image', 'rocAuc'],
  pixelRocAuc: ['pixel', 'rocAuc'],
  pixelAveragePrecision: ['pixel', 'averagePrecision'],
  aupro30: ['pixel', 'aupro30'],
};

/** The metric of evaluation `e` as SQL, 0–1; null where it is not defined. */
export function metricSql(metric: RankingMetric, measure: Measure, table = 'e'): Prisma.Sql {
  const [level, key] = places[metric];
  return Prisma.sql`(${Prisma.raw(`"${table}"`)}."metrics" #>> array['measures', ${measure}, ${level}, ${key}]::text[])::float8`;
}
