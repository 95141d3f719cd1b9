import type { PrismaClient } from '@plumbline/prisma';
import DataLoader from 'dataloader';
import type { LoaderOptions } from '../datasets/loaders.ts';

export interface EvaluationLoaders {
  /** Evaluations of a project that wait or are being computed; row ids of projects. */
  readonly activeEvaluations: DataLoader<string, number>;
}

export function createEvaluationLoaders(db: PrismaClient, { cache }: LoaderOptions): EvaluationLoaders {
  return { activeEvaluations: new DataLoader((ids: readonly string[]) => countActive(db, ids), { cache }) };
}

async function countActive(db: PrismaClient, ids: readonly string[]): Promise<number[]> {
  const rows = await db.$queryRaw<{ projectId: string; count: number }[]>`
    select r."projectId", count(*)::int as "count"
    from "Evaluation" e join "Checkpoint" c on c."id" = e."checkpointId" join "TrainingRun" r on r."id" = c."runId"
    where r."projectId" = any(${ids}::uuid[]) and e."state" in ('queued', 'preparing', 'running')
    group by 1`;
  const counts = new Map(rows.map(({ projectId, count }) => [projectId, count]));
  return ids.map((id) => counts.get(id) ?? 0);
}
