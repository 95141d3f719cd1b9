import { builder } from '../../builder.ts';
import { connectionOf, pageArgs, pageComplexity, relationsOf } from '../../graphql/connections.ts';
import { resultOf } from '../../graphql/results.ts';
import { orNull } from '../../problems.ts';
import { ProjectType } from '../projects/schema.ts';
import { RunStateType, TrainingRunType } from '../training/schema.ts';
import { listExperimentRuns, listExperiments, readExperiment } from './service.ts';
import { cellCount, experimentStates, shareDone, stateOf, type ExperimentState } from './state.ts';

const described: Record<ExperimentState, { description: string }> = {
  queued: { description: 'No run of it has begun.' },
  running: { description: 'Runs of it are at work, or wait behind others that are done.' },
  paused: { description: 'What is left of it was put aside.' },
  evaluating: { description: 'Every run has ended; evaluations are under way.' },
  succeeded: { description: 'Every run and evaluation is done.' },
  failed: { description: 'It ended, and a run of it failed.' },
  cancelled: { description: 'It ended, and a run of it was cancelled.' },
};

const ExperimentStateType = builder.enumType('ExperimentState', {
  description: 'How far an experiment is; follows from its runs.',
  values: Object.fromEntries(experimentStates.map((state) => [state, described[state]])) as typeof described,
});

const RunCountType = builder.objectRef<{ state: 'queued'; count: number }>('RunCount').implement({
  description: 'How many runs of an experiment are in a state.',
  fields: (t) => ({
    state: t.expose('state', { type: RunStateType, description: 'The state.' }),
    count: t.exposeInt('count', { description: 'How many.' }),
  }),
});

export const ExperimentType = builder.prismaNode('Experiment', {
  id: { field: 'id' },
  description: 'Variants × dataset versions × seeds, trained and evaluated as one. Of each combination its newest run counts.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What people call it.' }),
    priority: t.exposeInt('priority', { description: 'Of its runs; higher ones are taken first.' }),
    seeds: t.exposeIntList('seeds', { description: 'The seeds that every variant is trained from.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    createdBy: t.relation('createdBy', { nullable: true, description: 'Who started it; null for a person who left.' }),
    project: t.relation('project', { description: 'The project that it belongs to.' }),
    state: t.field({
      type: ExperimentStateType,
      description: 'How far it is.',
      resolve: async ({ id }, _args, { loaders }) => stateOf(await loaders.experimentSummaries.load(id)),
    }),
    variantNames: t.stringList({
      description: 'Names of its variants.',
      resolve: async ({ id }, _args, { loaders }) => [...(await loaders.experimentSummaries.load(id)).variants],
    }),
    datasetNames: t.stringList({
      description: 'Names of its datasets.',
      resolve: async ({ id }, _args, { loaders }) => [...(await loaders.experimentSummaries.load(id)).datasets],
    }),
    runCount: t.int({
      description: 'How many combinations it has.',
      resolve: async ({ id }, _args, { loaders }) => cellCount(await loaders.experimentSummaries.load(id)),
    }),
    runCounts: t.field({
      type: [RunCountType],
      description: 'Its combinations by the state of their newest run.',
      resolve: async ({ id }, _args, { loaders }) =>
        [...(await loaders.experimentSummaries.load(id)).states] as { state: 'queued'; count: number }[],
    }),
    evaluatedCount: t.int({
      description: 'How many evaluations of its runs are done.',
      resolve: async ({ id }, _args, { loaders }) => (await loaders.experimentSummaries.load(id)).evaluated,
    }),
    progress: t.float({
      description: 'Done share of its trainings, 0–1.',
      resolve: async ({ id }, _args, { loaders }) => shareDone(await loaders.experimentSummaries.load(id)),
    }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When a worker first took a run of it.',
      resolve: async ({ id }, _args, { loaders }) => (await loaders.experimentSummaries.load(id)).startedAt,
    }),
    finishedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When its last run ended; null while one is left.',
      resolve: async ({ id }, _args, { loaders }) => {
        const summary = await loaders.experimentSummaries.load(id);
        return ['queued', 'running', 'paused'].includes(stateOf(summary)) ? null : summary.finishedAt;
      },
    }),
  }),
});

const ExperimentRuns = connectionOf('ExperimentTrainingRunsConnection', TrainingRunType, 'training runs');
const Experiments = connectionOf('ProjectExperimentsConnection', ExperimentType, 'experiments');

builder.prismaObjectField(ExperimentType, 'trainingRuns', (t) =>
  t.field({
    type: ExperimentRuns,
    description:
      'Its runs in the order of their making: shared orientation trainings, and earlier runs of a combination that was retried, too.',
    complexity: pageComplexity,
    args: { first: t.arg.int({ description: pageArgs.first }), after: t.arg.string({ description: pageArgs.after }) },
    resolve: (experiment, args, context, info) =>
      listExperimentRuns(context, experiment, args, relationsOf(context, info, 'TrainingRun', ['edges', 'node'])),
  }),
);

builder.prismaObjectField(TrainingRunType, 'experiment', (t) =>
  t.relation('experiment', {
    type: ExperimentType,
    nullable: true,
    description: 'The experiment that it is a part of; null where it was started alone.',
  }),
);

builder.prismaObjectField(ProjectType, 'experiments', (t) =>
  t.field({
    type: Experiments,
    description: 'Its experiments, newest first.',
    complexity: pageComplexity,
    args: { first: t.arg.int({ description: pageArgs.first }), after: t.arg.string({ description: pageArgs.after }) },
    resolve: (project, args, context, info) =>
      listExperiments(context, project, args, relationsOf(context, info, 'Experiment', ['edges', 'node'])),
  }),
);

builder.queryField('experiment', (t) =>
  t.field({
    type: ExperimentType,
    nullable: true,
    description: 'An experiment; null when there is none, or you are no member of its team.',
    args: { id: t.arg.id({ required: true, description: 'Id of the experiment.' }) },
    resolve: (_root, { id }, context, info) => orNull(readExperiment(context, id, relationsOf(context, info, 'Experiment'))),
  }),
);

const CreateExperimentSuccess = builder.objectRef<{ experiment: typeof ExperimentType.$inferType }>('CreateExperimentSuccess').implement({
  description: 'The experiment is queued, or was made before with the same client key.',
  fields: (t) => ({
    experiment: t.field({ type: ExperimentType, description: 'The experiment.', resolve: ({ experiment }) => experiment }),
  }),
});
export const CreateExperimentResult = resultOf('CreateExperimentResult', CreateExperimentSuccess, 'starting an experiment');

const ControlExperimentSuccess = builder
  .objectRef<{ experiment: typeof ExperimentType.$inferType; runs: number }>('ControlExperimentSuccess')
  .implement({
    description: 'It was done for every run that it could be done for.',
    fields: (t) => ({
      experiment: t.field({ type: ExperimentType, description: 'The experiment.', resolve: ({ experiment }) => experiment }),
      runs: t.exposeInt('runs', { description: 'How many runs were concerned.' }),
    }),
  });
export const ControlExperimentResult = resultOf(
  'ControlExperimentResult',
  ControlExperimentSuccess,
  'pausing, resuming or cancelling an experiment',
);
