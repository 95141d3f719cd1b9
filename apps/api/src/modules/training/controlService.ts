import { failWaitingRuns, notifyChange } from '@plumbline/jobs';
import type { Prisma, TrainingRun } from '@plumbline/prisma';
import type { Context } from '../../context.ts';
import { rowIdOf } from '../../ids.ts';
import { assertPermission, signedIn, type Permission } from '../../permissions.ts';
import { InvalidInput, NotFound } from '../../problems.ts';
import { auditRun } from './queueing.ts';

type Tx = Prisma.TransactionClient;
type Own = Pick<TrainingRun, 'id' | 'projectId'>;

/** Higher runs first; what a person may give. */
export const priorities = { lowest: -100, highest: 100 };

/** @throws InvalidInput */
export function requirePriority(priority: number): void {
  if (priority < priorities.lowest || priority > priorities.highest)
    throw InvalidInput.at(
      'priority',
      `The priority is ${priority}; take a whole number from ${priorities.lowest} to ${priorities.highest}.`,
    );
}

/** A run in whose team the person has the permission. @throws NotAllowed, NotFound */
export async function ownRun(context: Context, id: string, permission: Permission): Promise<TrainingRun> {
  signedIn(context);
  const run = await context.db.trainingRun.findUnique({ where: { id: rowIdOf('TrainingRun', id) }, include: { project: true } });
  if (!run) throw new NotFound('TrainingRun');
  assertPermission(context, permission, run.project.teamId, 'TrainingRun');
  return run;
}

const underWay = { in: ['preparing' as const, 'running' as const] };

/** Two people who control runs of one experiment follow one another: they would lock the runs in another order. */
export async function lockExperiment(tx: Tx, experimentId: string): Promise<void> {
  await tx.$queryRaw`select 1 as locked from "Experiment" where "id" = ${experimentId}::uuid for no key update`;
}

/** As `cancelRun`, but for the runs that wait for it: they stay as they are. */
export const cancelAlone = (context: Context, tx: Tx, run: Own): Promise<boolean> => cancelRun(context, tx, run, () => Promise.resolve());

/** Cancels a run inside a transaction: at once while it waits, within five seconds while it runs. False for one that has ended. */
async function cancelRun(context: Context, tx: Tx, { id, projectId }: Own, whoWait = failWaitingRuns): Promise<boolean> {
  const now = new Date();
  const reason = `Cancelled by ${signedIn(context).name}.`;
  const waiting = await tx.trainingRun.updateMany({
    where: { id, state: { in: ['queued', 'paused'] } },
    data: { state: 'cancelled', cancelRequestedAt: now, finishedAt: now, reason },
  });
  if (waiting.count > 0) {
    await context.jobs.cancel('training', id, tx);
    await whoWait(tx, id, null);
  } else {
    await tx.trainingRun.updateMany({ where: { id, state: underWay, cancelRequestedAt: null }, data: { cancelRequestedAt: now } });
    if ((await tx.trainingRun.count({ where: { id, state: underWay } })) === 0) return false;
  }
  await notifyChange(tx, { kind: 'run', id, projectId });
  return true;
}

/** Pauses a run inside a transaction: at once while it waits, at its next checkpoint while it runs. False for one that has ended or is paused. */
export async function pauseRun(context: Context, tx: Tx, { id, projectId }: Own): Promise<boolean> {
  const waiting = await tx.trainingRun.updateMany({ where: { id, state: 'queued' }, data: { state: 'paused' } });
  if (waiting.count > 0) await context.jobs.cancel('training', id, tx);
  else {
    const active = await tx.trainingRun.updateMany({ where: { id, state: underWay }, data: { pauseRequestedAt: new Date() } });
    if (active.count === 0) return false;
  }
  await notifyChange(tx, { kind: 'run', id, projectId });
  return true;
}

/** Resumes a paused run inside a transaction. False for any other: one that is asked to pause cannot be held back from it. */
export async function resumeRun(context: Context, tx: Tx, { id, projectId }: Own): Promise<boolean> {
  // Whoever ends the orientation training meanwhile waits, and then sees that this run waits for it.
  await tx.$queryRaw`select 1 as held from "TrainingRun" where "id" = (select "orientationRunId" from "TrainingRun" where "id" = ${id}::uuid) for share`;
  const paused = await tx.trainingRun.updateMany({ where: { id, state: 'paused' }, data: { state: 'queued', pauseRequestedAt: null } });
  if (paused.count === 0) return false;
  const { priority, orientationRun } = await tx.trainingRun.findUniqueOrThrow({ where: { id }, include: { orientationRun: true } });
  // One that still waits for its localisation network gets its job when that is trained.
  if (!orientationRun || orientationRun.state === 'succeeded')
    await context.jobs.release('training', { trainingRunId: id }, { tx, priority });
  await notifyChange(tx, { kind: 'run', id, projectId });
  return true;
}

/** Changes the priority of a waiting or paused run inside a transaction. False for any other. */
export async function prioritiseRun(context: Context, tx: Tx, { id, projectId }: Own, priority: number): Promise<boolean> {
  const { count } = await tx.trainingRun.updateMany({ where: { id, state: { in: ['queued', 'paused'] } }, data: { priority } });
  if (count === 0) return false;
  await context.jobs.prioritise('training', id, { tx, priority });
  await notifyChange(tx, { kind: 'run', id, projectId });
  return true;
}

async function control(
  context: Context,
  id: string,
  permission: Permission,
  act: (tx: Tx, run: TrainingRun) => Promise<boolean>,
  otherwise: string,
): Promise<TrainingRun> {
  const run = await ownRun(context, id, permission);
  return context.db.$transaction(async (tx) => {
    if (run.experimentId) await lockExperiment(tx, run.experimentId);
    if (!(await act(tx, run))) throw InvalidInput.at('id', otherwise);
    return tx.trainingRun.findUniqueOrThrow({ where: { id: run.id } });
  });
}

/** @throws InvalidInput for a run that has ended, NotAllowed, NotFound */
export const cancelTraining = (context: Context, id: string): Promise<TrainingRun> =>
  control(
    context,
    id,
    'training.run.cancel',
    async (tx, run) => {
      const cancelled = await cancelRun(context, tx, run);
      if (cancelled) await auditRun(context, tx, 'training.cancel', run);
      return cancelled;
    },
    'The run has ended already.',
  );

/** @throws InvalidInput for a run that has ended or is paused, NotAllowed, NotFound */
export const pauseTraining = (context: Context, id: string): Promise<TrainingRun> =>
  control(context, id, 'training.run.pause', (tx, run) => pauseRun(context, tx, run), 'The run is paused or has ended already.');

/** @throws InvalidInput for a run that is not paused, NotAllowed, NotFound */
export const resumeTraining = (context: Context, id: string): Promise<TrainingRun> =>
  control(
    context,
    id,
    'training.run.pause',
    (tx, run) => resumeRun(context, tx, run),
    'The run is not paused. One that is pausing can be resumed once it has paused; one that failed is continued by a new run.',
  );

/** @throws InvalidInput for a run that does not wait, NotAllowed, NotFound */
export async function setTrainingPriority(context: Context, id: string, priority: number): Promise<TrainingRun> {
  requirePriority(priority);
  return control(
    context,
    id,
    'training.run.pause',
    (tx, run) => prioritiseRun(context, tx, run, priority),
    'The run does not wait any more; a priority decides who is next among those that wait.',
  );
}
