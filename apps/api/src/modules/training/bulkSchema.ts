import { builder } from '../../builder.ts';
import { resultOf } from '../../graphql/results.ts';
import { controlTrainings, type ActOutcome, type TrainingAct } from './bulkService.ts';
import { TrainingRunType } from './schema.ts';

const TrainingActType = builder.enumType('TrainingAct', {
  description: 'What can be done with a training run.',
  values: {
    cancel: { description: 'Ends it: at once while it waits, within five seconds while it runs.' },
    pause: { description: 'Puts it aside: at once while it waits, at its next checkpoint while it runs.' },
    resume: { description: 'Queues a paused one again.' },
    retry: { description: 'Queues a new run like one that has ended.' },
    prioritise: { description: 'Changes which of the waiting ones comes first.' },
  } satisfies Record<TrainingAct, { description: string }>,
});

const TrainingActOutcomeType = builder.objectRef<ActOutcome>('TrainingActOutcome').implement({
  description: 'What came of the act on one of the runs.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the run that was named.' }),
    trainingRun: t.field({
      type: TrainingRunType,
      nullable: true,
      description: 'The run as it is now, or the new one of a retry; null where nothing was done.',
      resolve: ({ trainingRun }) => trainingRun,
    }),
    problem: t.exposeString('problem', { nullable: true, description: 'Why nothing was done, in one sentence; null where it was.' }),
  }),
});

const ControlTrainingsSuccess = builder.objectRef<{ outcomes: ActOutcome[] }>('ControlTrainingsSuccess').implement({
  description: 'Each run was tried.',
  fields: (t) => ({
    outcomes: t.field({
      type: [TrainingActOutcomeType],
      description: 'One for every run that was named, in their order.',
      resolve: ({ outcomes }) => outcomes,
    }),
  }),
});

const ControlTrainingsInput = builder.inputType('ControlTrainingsInput', {
  description: 'One act on many training runs.',
  fields: (t) => ({
    ids: t.idList({ required: true, description: 'Ids of the runs; 500 at most.' }),
    act: t.field({ type: TrainingActType, required: true, description: 'What to do with each.' }),
    priority: t.int({ description: 'For `prioritise`: from -100 to 100; higher runs first, 0 is usual.' }),
  }),
});

builder.mutationField('controlTrainings', (t) =>
  t.field({
    type: resultOf('ControlTrainingsResult', ControlTrainingsSuccess, 'an act on many trainings'),
    description: 'Does one act on many trainings; what cannot be done with one of them stops none of the others.',
    args: { input: t.arg({ type: ControlTrainingsInput, required: true, description: 'The act and the runs.' }) },
    resolve: async (_root, { input }, context) => ({ outcomes: await controlTrainings(context, input) }),
  }),
);
