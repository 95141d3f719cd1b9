import { builder } from '../../builder.ts';
import { resultOf } from '../../graphql/results.ts';
import { RecipeInput } from '../recipes/schema.ts';
import { createExperiment } from './createService.ts';
import { estimateExperiment, type EstimatedVariant, type ExperimentEstimate } from './estimateService.ts';
import { ControlExperimentResult, CreateExperimentResult } from './schema.ts';
import { controlExperiment, setExperimentPriority } from './service.ts';

const ExperimentVariantInput = builder.inputType('ExperimentVariantInput', {
  description: 'A variant of an experiment: one of the project by its id, or a recipe with the name that its variant is to have.',
  fields: (t) => ({
    variantId: t.id({ description: 'A variant of the project.' }),
    recipe: t.field({ type: RecipeInput, description: 'Instead of it a recipe.' }),
    name: t.string({ description: 'Name of the variant that the recipe becomes; a known name must have the same recipe.' }),
  }),
});

const axes = {
  projectId: 'The project that it belongs to.',
  variants: 'What is compared.',
  datasetIds: 'What is learnt from; each is frozen as it is now.',
  seeds: 'Every variant is trained from each of these.',
};

const ExperimentPlanInput = builder.inputType('ExperimentPlanInput', {
  description: 'What an experiment would consist of.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: axes.projectId }),
    variants: t.field({ type: [ExperimentVariantInput], required: true, description: axes.variants }),
    datasetIds: t.idList({ required: true, description: axes.datasetIds }),
    seeds: t.intList({ required: true, description: axes.seeds }),
  }),
});

const CreateExperimentInput = builder.inputType('CreateExperimentInput', {
  description: 'An experiment to be started.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: axes.projectId }),
    name: t.string({ required: true, description: 'What people call it.' }),
    clientKey: t.string({ required: true, description: 'A random text of the asker: asked twice with the same one, it is made once.' }),
    variants: t.field({ type: [ExperimentVariantInput], required: true, description: axes.variants }),
    datasetIds: t.idList({ required: true, description: axes.datasetIds }),
    seeds: t.intList({ required: true, description: axes.seeds }),
    priority: t.int({ description: 'From -100 to 100; higher runs first, 0 when left out.' }),
  }),
});

const EstimateBasisType = builder.enumType('EstimateBasis', {
  description: 'What an estimate rests on.',
  values: {
    earlierRuns: { description: 'Runs of the same geometry, model, loss, regime and batch on an engine like those of the live workers.' },
    measuredStep: { description: "The training step that a worker's engine was measured with." },
    unknown: { description: 'Nothing: no worker lives, or none was measured yet.' },
  },
});

const EstimatedVariantType = builder.objectRef<EstimatedVariant>('EstimatedVariant').implement({
  description: 'What the runs of a variant would take.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The variant.' }),
    basis: t.expose('basis', { type: EstimateBasisType, description: 'What it rests on.' }),
    seconds: t.exposeFloat('seconds', {
      nullable: true,
      description: 'All its runs with their evaluations, one after another; null while unknown.',
    }),
    imagesPerSecond: t.exposeFloat('imagesPerSecond', {
      nullable: true,
      description: 'Training patches a second in earlier runs; null where there were none.',
    }),
  }),
});

const ExperimentEstimateType = builder.objectRef<ExperimentEstimate>('ExperimentEstimate').implement({
  description: 'What an experiment would cost.',
  fields: (t) => ({
    runs: t.exposeInt('runs', { description: 'How many runs it would have.' }),
    orientationRuns: t.exposeInt('orientationRuns', { description: 'Trainings of a localisation network that runs share, at most.' }),
    variants: t.field({ type: [EstimatedVariantType], description: 'By variant.', resolve: ({ variants }) => [...variants] }),
    seconds: t.exposeFloat('seconds', { nullable: true, description: 'All of it, shared by the live workers; null while unknown.' }),
    workers: t.exposeInt('workers', { description: 'How many workers live.' }),
  }),
});

builder.queryField('experimentEstimate', (t) =>
  t.field({
    type: resultOf('ExperimentEstimateResult', ExperimentEstimateType, 'estimating an experiment'),
    description: 'What an experiment would cost, before anything of it is made.',
    args: { input: t.arg({ type: ExperimentPlanInput, required: true, description: 'What it would consist of.' }) },
    resolve: (_root, { input }, context) => estimateExperiment(context, input),
  }),
);

const ExperimentActType = builder.enumType('ExperimentAct', {
  description: 'What can be done with all runs of an experiment.',
  values: {
    pause: { description: 'Put aside what waits, and what runs at its next checkpoint.' },
    resume: { description: 'Queue again what is paused.' },
    cancel: { description: 'Cancel what has not ended.' },
  },
});

builder.mutationFields((t) => ({
  createExperiment: t.field({
    type: CreateExperimentResult,
    description: 'Freezes the datasets and queues every run of an experiment, all or none; for engineers, admins and owners.',
    args: { input: t.arg({ type: CreateExperimentInput, required: true, description: 'The experiment.' }) },
    resolve: async (_root, { input }, context) => ({ experiment: await createExperiment(context, input) }),
  }),
  controlExperiment: t.field({
    type: ControlExperimentResult,
    description: 'Pauses, resumes or cancels all runs of an experiment that can be; for engineers, admins and owners.',
    args: {
      id: t.arg.id({ required: true, description: 'Id of the experiment.' }),
      act: t.arg({ type: ExperimentActType, required: true, description: 'What to do.' }),
    },
    resolve: (_root, { id, act }, context) => controlExperiment(context, id, act),
  }),
  setExperimentPriority: t.field({
    type: CreateExperimentResult,
    description: 'Changes the priority of the runs of an experiment that still wait.',
    args: {
      id: t.arg.id({ required: true, description: 'Id of the experiment.' }),
      priority: t.arg.int({ required: true, description: 'From -100 to 100; higher runs first.' }),
    },
    resolve: async (_root, { id, priority }, context) => ({ experiment: await setExperimentPriority(context, id, priority) }),
  }),
}));
