import { type Prisma } from '@plumbline/prisma';

/** A point of a run's curves; `value` is a mean squared error on the 0–255 scale over the region of interest. */
export interface Point {
  readonly series: 'step' | 'train' | 'validation';
  readonly step: number;
  readonly epoch: number;
  readonly value: number;
}

/** Writes points in one statement; a point that is there already takes the newer value. */
export async function writePoints(tx: Prisma.TransactionClient, runId: string, points: readonly Point[]): Promise<void> {
  // A statement may not meet the same row twice.
  const latest = [...new Map(points.map((point) => [`${point.series} ${point.step}`, point])).values()];
  if (latest.length === 0) return;
  await tx.$executeRaw`
    insert into "RunPoint" ("runId", "series", "step", "epoch", "value")
    select ${runId}::uuid, p.* from unnest(
      ${latest.map((point) => point.series)}::text[], ${latest.map((point) => point.step)}::int[],
      ${latest.map((point) => point.epoch)}::int[], ${latest.map((point) => point.value)}::float8[]
    ) as p("series", "step", "epoch", "value")
    on conflict ("runId", "series", "step") do update set "epoch" = excluded."epoch", "value" = excluded."value"`;
}
