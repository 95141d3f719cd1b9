import { notifyChange } from '@plumbline/jobs';
import type { Experiment, Prisma, TrainingRun } from '@plumbline/prisma';
import { recordAudit } from '../../audit.ts';
import type { Context } from '../../context.ts';
import { publicId, rowIdOf } from '../../ids.ts';
import { behind, pageSize, toPage, type Page, type PageRequest } from '../../paging.ts';
import { assertPermission, signedIn, teamsWith } from '../../permissions.ts';
import { InvalidInput, NotFound } from '../../problems.ts';
import { longTransaction } from '../../validation.ts';
import { cancelAlone, lockExperiment, pauseRun, prioritiseRun, requirePriority, resumeRun } from '../training/controlService.ts';

type Query = { include?: Prisma.ExperimentInclude };
type RunQuery = { include?: Prisma.TrainingRunInclude };

/** An experiment of one of the person's teams. @throws NotFound */
export async function readExperiment(context: Context, id: string, query: Query = {}): Promise<Experiment> {
  const project = { teamId: { in: teamsWith(context, 'experiment.read') } };
  const rowId = rowIdOf('Experiment', id);
  const experiment = await context.db.experiment.findFirst({ ...query, where: { id: rowId, project } });
  if (!experiment) throw new NotFound('Experiment');
  return experiment;
}

/** Experiments of a project that the person may see, newest first. */
export async function listExperiments(
  { db }: Context,
  project: { readonly id: string },
  request: PageRequest,
  query: Query,
): Promise<Page<Experiment>> {
  const where = { projectId: project.id };
  const rows = await db.experiment.findMany({
    ...query,
    where,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: pageSize(request) + 1,
    ...behind('Experiment', request, { projectId: project.id }),
  });
  return toPage(
    rows,
    request,
    ({ id }) => publicId('Experiment', id),
    () => db.experiment.count({ where }),
  );
}

/** Runs of an experiment that the person may see, in the order of their making: orientation trainings and earlier runs of a cell too. */
export async function listExperimentRuns(
  { db }: Context,
  experiment: Experiment,
  request: PageRequest,
  query: RunQuery,
): Promise<Page<TrainingRun>> {
  const where = { experimentId: experiment.id };
  const rows = await db.trainingRun.findMany({
    ...query,
    where,
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: pageSize(request) + 1,
    ...behind('TrainingRun', request, { experimentId: experiment.id }),
  });
  return toPage(
    rows,
    request,
    ({ id }) => publicId('TrainingRun', id),
    () => db.trainingRun.count({ where }),
  );
}

export type ExperimentAct = 'pause' | 'resume' | 'cancel';

// Whoever waits for an orientation training of the experiment is cancelled with it, and so does not fail for want of it.
const acts = { pause: pauseRun, resume: resumeRun, cancel: cancelAlone };

/**
 * Pauses, resumes or cancels every run of an experiment that can be, in one transaction.
 * @returns the experiment and how many runs were concerned
 * @throws InvalidInput where there is none, NotAllowed, NotFound
 */
export async function controlExperiment(
  context: Context,
  id: string,
  act: ExperimentAct,
): Promise<{ experiment: Experiment; runs: number }> {
  const experiment = await ownExperiment(context, id);
  return context.db.$transaction(async (tx) => {
    await lockExperiment(tx, experiment.id);
    const runs = await openRuns(tx, experiment.id);
    let count = 0;
    for (const run of runs) if (await acts[act](context, tx, run)) count += 1;
    if (count === 0) throw InvalidInput.at('id', `The experiment has no run that one could ${act} any more.`);
    if (act === 'cancel') {
      const { project, name: subject } = experiment;
      await recordAudit(tx, signedIn(context), 'experiment.cancel', { teamId: project.teamId, subject, subjectId: id });
    }
    await notifyChange(tx, { kind: 'experiment', id: experiment.id, projectId: experiment.projectId });
    return { experiment, runs: count };
  }, longTransaction);
}

/** Changes the priority of the runs that still wait, and of those that will be made anew. @throws InvalidInput, NotAllowed, NotFound */
export async function setExperimentPriority(context: Context, id: string, priority: number): Promise<Experiment> {
  requirePriority(priority);
  const { id: rowId, projectId } = await ownExperiment(context, id);
  return context.db.$transaction(async (tx) => {
    await lockExperiment(tx, rowId);
    for (const run of await openRuns(tx, rowId)) await prioritiseRun(context, tx, run, priority);
    await notifyChange(tx, { kind: 'experiment', id: rowId, projectId });
    return tx.experiment.update({ where: { id: rowId }, data: { priority } });
  }, longTransaction);
}

async function ownExperiment(context: Context, id: string) {
  signedIn(context);
  const found = await context.db.experiment.findUnique({ where: { id: rowIdOf('Experiment', id) }, include: { project: true } });
  if (!found) throw new NotFound('Experiment');
  assertPermission(context, 'experiment.control', found.project.teamId, 'Experiment');
  return found;
}

/** Those that wait first, so that a worker that is freed does not take the next of them. */
async function openRuns(tx: Prisma.TransactionClient, experimentId: string) {
  const asked = { select: { id: true, projectId: true }, orderBy: { id: 'asc' as const } };
  const waiting = await tx.trainingRun.findMany({ where: { experimentId, state: { in: ['queued', 'paused'] } }, ...asked });
  const active = await tx.trainingRun.findMany({ where: { experimentId, state: { in: ['preparing', 'running'] } }, ...asked });
  return [...waiting, ...active];
}
