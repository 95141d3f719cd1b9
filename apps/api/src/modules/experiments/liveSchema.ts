import { builder } from '../../builder.ts';
import type { Context } from '../../context.ts';
import { live } from '../../graphql/live.ts';
import { rowIdOf } from '../../ids.ts';
import { orNull } from '../../problems.ts';
import { ExperimentType } from './schema.ts';
import { readExperiment } from './service.ts';

/** An experiment, at once and whenever it, a run of it or an evaluation of one changes. @throws NotFound */
async function watchExperiment(context: Context, id: string) {
  const { projectId } = await readExperiment(context, id);
  const rowId = rowIdOf('Experiment', id);
  const readRuns = async (): Promise<Set<string>> =>
    new Set((await context.db.trainingRun.findMany({ where: { experimentId: rowId }, select: { id: true } })).map((run) => run.id));
  let runs = await readRuns();
  return live(context, {
    concerns: (change) => {
      if (change.kind === 'experiment') return change.id === rowId;
      // Which evaluations are its own is not known here; they are few.
      if (change.kind === 'evaluation') return change.projectId === projectId;
      return change.kind === 'run' && runs.has(change.id);
    },
    allowed: async () => (await orNull(readExperiment(context, id))) !== null,
    read: async (changes) => {
      // A run that is made anew is told as a change of the experiment.
      if (changes.length === 0 || changes.some(({ kind }) => kind === 'experiment')) runs = await readRuns();
      return [await readExperiment(context, id)];
    },
  });
}

builder.subscriptionField('experimentChanged', (t) =>
  t.field({
    type: ExperimentType,
    description: 'The experiment as it is, at once and whenever it, a run of it or an evaluation of one changes.',
    args: { id: t.arg.id({ required: true, description: 'Id of the experiment.' }) },
    subscribe: (_root, { id }, context) => watchExperiment(context, id),
    resolve: (experiment) => experiment,
  }),
);
