import { builder } from '../../builder.ts';
import { connectionOf, pageArgs, pageComplexity, relationsOf } from '../../graphql/connections.ts';
import { TeamType } from '../accounts/schema.ts';
import { ProjectType } from '../projects/schema.ts';
import { listRuns, runSorts, type RunSort } from './listService.ts';
import { RunKindType, RunStateType, TrainingRunType } from './schema.ts';

const inWords: Readonly<Record<RunSort, string>> = {
  queued: 'When it was asked for.',
  started: 'When a worker first took it.',
  finished: 'When it ended.',
  duration: 'How long it took, or takes until now.',
  state: 'What runs, waits, failed, succeeded, was cancelled.',
  variant: 'Name of the variant.',
  dataset: 'Name of the dataset.',
  recipe: 'Name of the recipe.',
  person: 'Name of who started it.',
  seed: 'The seed.',
  priority: 'The priority.',
  progress: 'Done share.',
  trainLoss: 'Training loss of the last epoch.',
  validationLoss: 'Validation loss of the last epoch.',
  imagesPerSecond: 'Training patches a second, lately.',
};

const RunSortType = builder.enumType('RunSort', {
  description: 'By what training runs are put in order; those that have no such value come last.',
  values: Object.fromEntries(runSorts.map((sort) => [sort, { description: inWords[sort] }])) as Record<RunSort, { description: string }>,
});

const RunsConnection = connectionOf('ProjectTrainingRunsConnection', TrainingRunType, 'training runs');

builder.prismaObjectField(ProjectType, 'trainingRuns', (t) =>
  t.field({
    type: RunsConnection,
    description: 'Its training runs, newest first unless another order is asked for.',
    complexity: pageComplexity,
    args: {
      first: t.arg.int({ description: pageArgs.first }),
      after: t.arg.string({ description: pageArgs.after }),
      state: t.arg({ type: [RunStateType], description: 'Only those in one of these states.' }),
      datasetId: t.arg.id({ description: 'Only those on versions of this dataset.' }),
      variantId: t.arg.id({ description: 'Only those of this variant.' }),
      kind: t.arg({ type: RunKindType, description: 'Only those that teach this.' }),
      createdById: t.arg.id({ description: 'Only those that this person started.' }),
      text: t.arg.string({
        description:
          'Only those that hold this text in the name of their variant, recipe, dataset, experiment or person, or in their reason, or have it as seed or id.',
      }),
      sort: t.arg({ type: RunSortType, description: 'By what they are put in order; `queued` when left out.' }),
      ascending: t.arg.boolean({ description: 'Lowest, oldest or first in the alphabet first; the other way round when left out.' }),
    },
    resolve: (project, args, context, info) =>
      listRuns(context, { projectId: project.id }, args, relationsOf(context, info, 'TrainingRun', ['edges', 'node'])),
  }),
);

builder.prismaObjectField(TeamType, 'trainingRuns', (t) =>
  t.field({
    type: RunsConnection,
    description: 'Training runs of its projects, newest first.',
    complexity: pageComplexity,
    args: {
      first: t.arg.int({ description: pageArgs.first }),
      after: t.arg.string({ description: pageArgs.after }),
      state: t.arg({ type: [RunStateType], description: 'Only those in one of these states.' }),
    },
    resolve: (team, args, context, info) =>
      listRuns(context, { teamId: team.id }, args, relationsOf(context, info, 'TrainingRun', ['edges', 'node'])),
  }),
);
