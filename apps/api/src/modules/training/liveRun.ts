import type { RunPoint, RunPreview, TrainingRun } from '@plumbline/prisma';
import type { Context } from '../../context.ts';
import { live } from '../../graphql/live.ts';
import { rowIdOf } from '../../ids.ts';
import { orNull } from '../../problems.ts';
import { readRun } from './service.ts';

export interface TrainingRunChange {
  readonly run: TrainingRun;
  readonly points: readonly RunPoint[];
  readonly previews: readonly RunPreview[];
}

/** Most points of one event: the rest follows with the next. */
const mostPoints = 5000;

/**
 * A run as it changes. The first event comes at once with the whole curve (thinned) and all previews, later ones with what is new, so that
 * nothing is missed between a query and its subscription. A new attempt may go back: then the whole curve comes again.
 * @throws NotFound
 */
export async function watchRun(context: Context, id: string): Promise<AsyncIterableIterator<TrainingRunChange>> {
  await readRun(context, id);
  const runId = rowIdOf('TrainingRun', id);
  const { db, loaders } = context;
  const seenSteps = new Map<string, number>();
  let seenPreview = -1;
  let seenAttempt = -1;

  async function newPoints(whole: boolean): Promise<readonly RunPoint[]> {
    if (whole) {
      loaders.curves.clear({ runId, sinceStep: -1 });
      return loaders.curves.load({ runId, sinceStep: -1 });
    }
    const known = [...seenSteps.keys()];
    return db.runPoint.findMany({
      where: {
        runId,
        OR: [...[...seenSteps].map(([series, step]) => ({ series, step: { gt: step } })), { series: { notIn: known } }],
      },
      orderBy: [{ series: 'asc' }, { step: 'asc' }],
      take: mostPoints,
    });
  }

  return live<TrainingRunChange>(context, {
    concerns: (change) => change.kind === 'run' && change.id === runId,
    allowed: async () => (await orNull(readRun(context, id))) !== null,
    read: async () => {
      const run = await readRun(context, id);
      const whole = run.attempt !== seenAttempt;
      if (whole) {
        seenSteps.clear();
        seenPreview = -1;
      }
      seenAttempt = run.attempt;
      const points = await newPoints(whole);
      for (const { series, step } of points) seenSteps.set(series, Math.max(step, seenSteps.get(series) ?? -1));
      const previews = await db.runPreview.findMany({
        where: { runId, epoch: { gt: seenPreview } },
        orderBy: [{ epoch: 'asc' }, { imageId: 'asc' }],
      });
      seenPreview = previews.at(-1)?.epoch ?? seenPreview;
      return [{ run, points, previews }];
    },
  });
}
