import type { Prisma, PrismaClient } from '@plumbline/prisma';
import DataLoader from 'dataloader';
import type { LoaderOptions } from '../datasets/loaders.ts';

const withTeam = {
  checkpoint: { include: { run: { include: { project: { select: { teamId: true } } } } } },
} satisfies Prisma.EvaluationInclude;
type EvaluationOfTeam = Prisma.EvaluationGetPayload<{ include: typeof withTeam }>;

export interface EvaluationLoaders {
  /** Evaluations of a project that wait or are being computed; row ids of projects. */
  readonly activeEvaluations: DataLoader<string, number>;
  /** The evaluation that a worker has in hand, whoever's it is. */
  readonly evaluationOfWorker: DataLoader<string, EvaluationOfTeam | null>;
}

export function createEvaluationLoaders(db: PrismaClient, { cache }: LoaderOptions): EvaluationLoaders {
  return {
    activeEvaluations: new DataLoader((ids: readonly string[]) => countActive(db, ids), { cache }),
    evaluationOfWorker: new DataLoader(
      async (ids: readonly string[]) => {
        const found = await db.evaluation.findMany({
          where: { workerId: { in: [...ids] }, state: { in: ['preparing', 'running'] } },
          include: withTeam,
          orderBy: { startedAt: 'asc' },
        });
        return ids.map((id) => found.find(({ workerId }) => workerId === id) ?? null);
      },
      { cache },
    ),
  };
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
