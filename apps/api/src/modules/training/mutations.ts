import { builder } from '../../builder.ts';
import { resultOf } from '../../graphql/results.ts';
import { RecipeInput } from '../recipes/schema.ts';
import { TrainingRunType } from './schema.ts';
import { cancelTraining, pauseTraining, resumeTraining, setTrainingPriority } from './controlService.ts';
import { continueTraining, retryTraining, startTraining } from './startService.ts';

type Run = typeof TrainingRunType.$inferType;

const StartTrainingSuccess = builder.objectRef<{ trainingRun: Run }>('StartTrainingSuccess').implement({
  description: 'The training is queued.',
  fields: (t) => ({
    trainingRun: t.field({ type: TrainingRunType, description: 'The new run.', resolve: ({ trainingRun }) => trainingRun }),
  }),
});

const CancelTrainingSuccess = builder.objectRef<{ trainingRun: Run }>('CancelTrainingSuccess').implement({
  description: 'The run is cancelled, or will be within five seconds.',
  fields: (t) => ({ trainingRun: t.field({ type: TrainingRunType, description: 'The run.', resolve: ({ trainingRun }) => trainingRun }) }),
});

const ControlTrainingSuccess = builder.objectRef<{ trainingRun: Run }>('ControlTrainingSuccess').implement({
  description: 'It was done, or will be at the next checkpoint.',
  fields: (t) => ({ trainingRun: t.field({ type: TrainingRunType, description: 'The run.', resolve: ({ trainingRun }) => trainingRun }) }),
});

const ControlTrainingResult = resultOf('ControlTrainingResult', ControlTrainingSuccess, 'pausing, resuming or ordering a training');

const StartTrainingResult = resultOf('StartTrainingResult', StartTrainingSuccess, 'starting a training');

const StartTrainingInput = builder.inputType('StartTrainingInput', {
  description: 'A training to be started.',
  fields: (t) => ({
    datasetId: t.id({ required: true, description: 'The dataset to learn from; it is frozen as it is now.' }),
    recipe: t.field({ type: RecipeInput, required: true, description: 'What to train.' }),
    variantName: t.string({ required: true, description: 'Name of the recipe in the project; a known name must have the same recipe.' }),
    seed: t.int({ required: true, description: 'Decides every random choice; from 0 up.' }),
    epochs: t.int({ description: "Instead of the recipe's `training.epochs`; part of the recipe then." }),
  }),
});

builder.mutationFields((t) => ({
  startTraining: t.field({
    type: StartTrainingResult,
    description: 'Freezes the dataset and queues a training; for engineers, admins and owners.',
    args: { input: t.arg({ type: StartTrainingInput, required: true, description: 'The training.' }) },
    resolve: async (_root, { input }, context) => ({ trainingRun: await startTraining(context, input) }),
  }),
  cancelTraining: t.field({
    type: resultOf('CancelTrainingResult', CancelTrainingSuccess, 'cancelling a training'),
    description: 'Cancels a training: at once while it waits, within five seconds while it runs.',
    args: { id: t.arg.id({ required: true, description: 'Id of the run.' }) },
    resolve: async (_root, { id }, context) => ({ trainingRun: await cancelTraining(context, id) }),
  }),
  retryTraining: t.field({
    type: StartTrainingResult,
    description: 'Queues a new run with the recipe, dataset version and seed of one that has ended.',
    args: { id: t.arg.id({ required: true, description: 'Id of the run that has ended.' }) },
    resolve: async (_root, { id }, context) => ({ trainingRun: await retryTraining(context, id) }),
  }),
  continueTraining: t.field({
    type: StartTrainingResult,
    description: 'Queues a new run that begins with the last checkpoint of one that failed.',
    args: { id: t.arg.id({ required: true, description: 'Id of the run that failed.' }) },
    resolve: async (_root, { id }, context) => ({ trainingRun: await continueTraining(context, id) }),
  }),
  pauseTraining: t.field({
    type: ControlTrainingResult,
    description: 'Puts a training aside: at once while it waits, at its next checkpoint while it runs. The worker is free then.',
    args: { id: t.arg.id({ required: true, description: 'Id of the run.' }) },
    resolve: async (_root, { id }, context) => ({ trainingRun: await pauseTraining(context, id) }),
  }),
  resumeTraining: t.field({
    type: ControlTrainingResult,
    description: 'Queues a paused training again; it goes on from its last checkpoint as if it had not been paused.',
    args: { id: t.arg.id({ required: true, description: 'Id of the paused run.' }) },
    resolve: async (_root, { id }, context) => ({ trainingRun: await resumeTraining(context, id) }),
  }),
  setTrainingPriority: t.field({
    type: ControlTrainingResult,
    description: 'Changes which of the waiting trainings comes first.',
    args: {
      id: t.arg.id({ required: true, description: 'Id of a run that waits or is paused.' }),
      priority: t.arg.int({ required: true, description: 'From -100 to 100; higher runs first, 0 is usual.' }),
    },
    resolve: async (_root, { id, priority }, context) => ({ trainingRun: await setTrainingPriority(context, id, priority) }),
  }),
}));
