import type { PrismaClient, RunPoint, TrainingRun } from '@plumbline/prisma';
import DataLoader from 'dataloader';
import type { LoaderOptions } from '../datasets/loaders.ts';

/** Most points of the series "step" that one curve has; the others have one an epoch. */
export const mostStepPoints = 1000;

export interface CurveKey {
  readonly runId: string;
  /** Only points behind this step. */
  readonly sinceStep: number;
  /** Without the series "step". */
  readonly perEpoch: boolean;
}

export interface TrainingLoaders {
  readonly curves: DataLoader<CurveKey, readonly RunPoint[], string>;
  /** The run that a worker has in hand, whoever's it is. */
  readonly runOfWorker: DataLoader<string, (TrainingRun & { project: { teamId: string } }) | null>;
  /** Runs that wait for any worker; the key is always "all". */
  readonly queueDepth: DataLoader<'all', number>;
}

export function createTrainingLoaders(db: PrismaClient, { cache }: LoaderOptions): TrainingLoaders {
  return {
    curves: new DataLoader((keys: readonly CurveKey[]) => readCurves(db, keys), {
      cache,
      cacheKeyFn: ({ runId, sinceStep, perEpoch }) => `${runId} ${sinceStep} ${perEpoch}`,
    }),
    runOfWorker: new DataLoader(
      async (ids: readonly string[]) => {
        const runs = await db.trainingRun.findMany({
          where: { workerId: { in: [...ids] }, state: { in: ['preparing', 'running'] } },
          include: { project: { select: { teamId: true } } },
          orderBy: { startedAt: 'asc' },
        });
        return ids.map((id) => runs.find((run) => run.workerId === id) ?? null);
      },
      { cache },
    ),
    queueDepth: new DataLoader(
      async (keys: readonly 'all'[]) => {
        const waiting = await db.trainingRun.count({ where: { state: 'queued' } });
        return keys.map(() => waiting);
      },
      { cache },
    ),
  };
}

/** Curves of many runs in one statement. The series "step" is thinned evenly; its last point always stays. */
async function readCurves(db: PrismaClient, keys: readonly CurveKey[]): Promise<RunPoint[][]> {
  const rows = await db.$queryRaw<(RunPoint & { request: number })[]>`
    with p as (
      select k."request"::int as "request", r.*,
        row_number() over (partition by k."request", r."series" order by r."step") as "n",
        count(*) over (partition by k."request", r."series") as "total"
      from unnest(${keys.map((key) => key.runId)}::uuid[], ${keys.map((key) => key.sinceStep)}::int[], ${keys.map((key) => key.perEpoch)}::bool[])
        with ordinality as k("runId", "since", "perEpoch", "request")
      join "RunPoint" r on r."runId" = k."runId" and r."step" > k."since" and not (k."perEpoch" and r."series" = 'step')
    )
    select "request", "runId", "series", "step", "epoch", "value" from p
    where "series" <> 'step' or "total" <= ${mostStepPoints} or "n" = "total" or "n" % (("total" + ${mostStepPoints - 2}) / ${mostStepPoints - 1}) = 0
    order by "request", "series", "step"`;
  const curves = keys.map((): RunPoint[] => []);
  for (const row of rows) curves[row.request - 1]?.push(row);
  return curves;
}
