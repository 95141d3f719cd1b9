import type { RunLogLine, RunOrientation, RunPoint, RunPreview, RunVital, TrainingRun } from '@plumbline/prisma';
import type { Context } from '../../context.ts';
import { live } from '../../graphql/live.ts';
import { rowIdOf } from '../../ids.ts';
import { orNull } from '../../problems.ts';
import { readRun } from './service.ts';

export interface TrainingRunChange {
  readonly run: TrainingRun;
  readonly points: readonly RunPoint[];
  readonly previews: readonly RunPreview[];
  /** New since the last time that they were asked for. */
  logLines(): Promise<readonly RunLogLine[]>;
  vitals(): Promise<readonly RunVital[]>;
  orientations(): Promise<readonly RunOrientation[]>;
}

/** Most points of one event: the rest follows with the next. */
const mostPoints = 5000;
const mostLines = 500;

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
  let seenLine = 0;
  let seenVital = new Date(0);
  let seenTurned = 0;

  async function newPoints(whole: boolean): Promise<readonly RunPoint[]> {
    if (whole) {
      loaders.curves.clear({ runId, sinceStep: -1, perEpoch: false });
      return loaders.curves.load({ runId, sinceStep: -1, perEpoch: false });
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

  // Read only where they are asked for.
  async function logLines(): Promise<readonly RunLogLine[]> {
    const lines = await db.runLogLine.findMany({
      where: { runId, number: { gt: seenLine } },
      orderBy: { number: 'desc' },
      take: mostLines,
    });
    seenLine = lines[0]?.number ?? seenLine;
    return lines.reverse();
  }
  async function vitals(): Promise<readonly RunVital[]> {
    const fresh = await db.runVital.findMany({ where: { runId, at: { gt: seenVital } }, orderBy: { at: 'asc' } });
    seenVital = fresh.at(-1)?.at ?? seenVital;
    return fresh;
  }
  async function orientations(): Promise<readonly RunOrientation[]> {
    const fresh = await db.runOrientation.findMany({ where: { runId, epoch: { gt: seenTurned } }, orderBy: { epoch: 'asc' } });
    seenTurned = fresh.at(-1)?.epoch ?? seenTurned;
    return fresh;
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
        seenTurned = 0;
      }
      seenAttempt = run.attempt;
      const points = await newPoints(whole);
      for (const { series, step } of points) seenSteps.set(series, Math.max(step, seenSteps.get(series) ?? -1));
      const previews = await db.runPreview.findMany({
        where: { runId, epoch: { gt: seenPreview } },
        orderBy: [{ epoch: 'asc' }, { imageId: 'asc' }],
      });
      seenPreview = previews.at(-1)?.epoch ?? seenPreview;
      return [{ run, points, previews, logLines, vitals, orientations }];
    },
  });
}
