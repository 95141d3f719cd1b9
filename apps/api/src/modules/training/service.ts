import { isTerminal } from '@plumbline/jobs';
import type { Prisma, TrainingRun, Worker } from '@plumbline/prisma';
import type { Context } from '../../context.ts';
import { rowIdOf } from '../../ids.ts';
import { signedIn, teamsWith } from '../../permissions.ts';
import { NotFound } from '../../problems.ts';

type Query = { include?: Prisma.TrainingRunInclude };

/** A worker that was not heard of for this long counts as gone. */
const silentForMs = 15_000;

/** A training run of one of the person's teams. @throws NotFound */
export async function readRun(context: Context, id: string, query: Query = {}): Promise<TrainingRun> {
  const project = { teamId: { in: teamsWith(context, 'training.run.read') } };
  const rowId = rowIdOf('TrainingRun', id);
  const run = await context.db.trainingRun.findFirst({ ...query, where: { id: rowId, project } });
  if (!run) throw new NotFound('TrainingRun');
  return run;
}

/** Done share of a run, 0–1. */
export function progressOf(run: TrainingRun): number {
  if (run.state === 'succeeded') return 1;
  return run.epochs > 0 ? Math.min(1, (run.epoch + run.epochShare) / run.epochs) : 0;
}

export const hasEnded = (run: Pick<TrainingRun, 'state'>): boolean => isTerminal(run.state);

/** The processes that take jobs, those heard of lately first. Everybody who is signed in may see them. */
export async function listWorkers(context: Context): Promise<Worker[]> {
  signedIn(context);
  return context.db.worker.findMany({ where: { stoppedAt: null }, orderBy: [{ heartbeatAt: 'desc' }, { id: 'asc' }], take: 100 });
}

/** @throws NotFound */
export async function readWorker(context: Context, id: string): Promise<Worker> {
  signedIn(context);
  const worker = await context.db.worker.findUnique({ where: { id: rowIdOf('Worker', id) } });
  if (!worker) throw new NotFound('Worker');
  return worker;
}

export const isAlive = (worker: Worker): boolean => worker.stoppedAt === null && Date.now() - worker.heartbeatAt.getTime() < silentForMs;

/** The run that a worker has in hand; null when it is idle, or the run is another team's. */
export async function runOfWorker(context: Context, worker: Worker): Promise<TrainingRun | null> {
  const run = await context.loaders.runOfWorker.load(worker.id);
  return run && teamsWith(context, 'training.run.read').includes(run.project.teamId) ? run : null;
}

/** A checkpoint of one of the person's teams. @throws NotFound */
export async function readCheckpoint(context: Context, id: string) {
  const run = { project: { teamId: { in: teamsWith(context, 'training.run.read') } } };
  const rowId = rowIdOf('Checkpoint', id);
  const checkpoint = await context.db.checkpoint.findFirst({ where: { id: rowId, run } });
  if (!checkpoint) throw new NotFound('Checkpoint');
  return checkpoint;
}
