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

/** How the computing process fares at a moment. */
export interface Vital {
  readonly at: Date;
  /** MiB. */
  readonly memory: number;
  readonly imagesPerSecond: number | null;
}

export async function writeVitals(tx: Prisma.TransactionClient, runId: string, vitals: readonly Vital[]): Promise<void> {
  if (vitals.length > 0) await tx.runVital.createMany({ data: vitals.map((vital) => ({ runId, ...vital })), skipDuplicates: true });
}

/** Patches by α after an epoch, in bins. */
export interface Orientations {
  readonly epoch: number;
  readonly counts: readonly number[];
}

export async function writeOrientations(tx: Prisma.TransactionClient, runId: string, all: readonly Orientations[]): Promise<void> {
  for (const { epoch, counts } of all)
    await tx.runOrientation.upsert({
      where: { runId_epoch: { runId, epoch } },
      create: { runId, epoch, counts: [...counts] },
      update: { counts: [...counts] },
    });
}

/** Takes back what was told of an epoch and later ones. */
export async function forgetFromEpoch(tx: Prisma.TransactionClient, runId: string, epoch: number): Promise<void> {
  const where = { runId, epoch: { gte: epoch } };
  await tx.runPoint.deleteMany({ where });
  await tx.runPreview.deleteMany({ where });
  await tx.runOrientation.deleteMany({ where });
}
