import { builder } from '../../builder.ts';
import { ProjectType } from '../projects/schema.ts';
import { mostEvaluations, type ComparedEvaluation, type ComparedImages, type ComparedSet } from './compared.ts';
import { listComparable, selectCompared, type OwnEvaluation } from './selection.ts';

const ComparedEvaluationType = builder.objectRef<ComparedEvaluation>('ComparedEvaluation').implement({
  description: 'All that a comparison needs of one evaluation, and nothing that leads elsewhere.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the evaluation.' }),
    datasetName: t.exposeString('datasetName', { description: 'The dataset that was measured on.' }),
    versionNumber: t.exposeInt('versionNumber', { description: 'Which of its versions.' }),
    variantName: t.exposeString('variantName', { description: 'The variant that was trained.' }),
    recipeHash: t.exposeString('recipeHash', { description: 'Hash of its recipe.' }),
    recipe: t.expose('recipe', { type: 'JSON', description: 'Its recipe, with every default.' }),
    seed: t.exposeInt('seed', { description: 'The seed that it was trained from.' }),
    protocol: t.expose('protocol', { type: 'JSON', description: 'As `Evaluation.protocol`.' }),
    metrics: t.expose('metrics', {
      type: 'JSON',
      nullable: true,
      description: 'As `metrics.json` of `plumbline evaluate`, with the name of the variant.',
    }),
    curves: t.expose('curves', { type: 'JSON', nullable: true, description: 'As `Evaluation.curves`.' }),
    images: t.exposeInt('images', { description: 'Index of its images among the lists of the set; −1 without any.' }),
    scores: t.expose('scores', {
      type: 'JSON',
      description: '`{ssim, mse}`: image scores in the order of those images; higher is more defective.',
    }),
    losses: t.expose('losses', {
      type: 'JSON',
      description:
        '`{epochs, train, validation}`: mean squared error of each epoch of its training, 0–255 scale; null where an epoch has none.',
    }),
    orientations: t.exposeIntList('orientations', {
      description: 'Patches by the angle they were turned by, in 36 bins of 5° from 0; empty where the regime turns none.',
    }),
  }),
});

const ComparedImagesType = builder.objectRef<ComparedImages>('ComparedImages').implement({
  description: 'The images that some evaluations of a set scored, in the order of `scores.csv`: by split, label and name.',
  fields: (t) => ({
    names: t.stringList({ description: '`split/label/stem` of each.', complexity: 1, resolve: ({ names }) => [...names] }),
    labels: t.stringList({ description: 'Label of each, as it was measured.', complexity: 1, resolve: ({ labels }) => [...labels] }),
    ids: t.stringList({ description: 'Id of each; empty behind a link.', complexity: 1, resolve: ({ ids }) => [...ids] }),
  }),
});

/** A set costs what its statements cost, whatever is asked of it. */
export const ComparedSetType = builder.objectRef<ComparedSet>('ComparedSet').implement({
  description:
    'Evaluations and all that their tables, curves and ranks are made from: `plumbline compare` makes the same of their folders.',
  fields: (t) => ({
    evaluations: t.field({
      type: [ComparedEvaluationType],
      description: 'The evaluations, in order.',
      resolve: ({ evaluations }) => [...evaluations],
    }),
    images: t.field({
      type: [ComparedImagesType],
      description: 'Lists of images; evaluations that scored the same ones share theirs.',
      resolve: ({ images }) => [...images],
    }),
  }),
});

const SelectionInput = builder.inputType('ComparedSelection', {
  description: 'Evaluations by hand, by experiment, or by variant × dataset.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'The project that they are of.' }),
    evaluationIds: t.idList({ description: `Evaluations by hand, ${mostEvaluations} at most; then the others count for nothing.` }),
    experimentIds: t.idList({ description: 'Only evaluations of these experiments.' }),
    variantIds: t.idList({ description: 'Only evaluations of these variants.' }),
    datasetIds: t.idList({ description: 'Only evaluations on these datasets.' }),
  }),
});

builder.queryField('comparedEvaluations', (t) =>
  t.field({
    type: ComparedSetType,
    description:
      'Finished evaluations side by side. An experiment, variant or dataset stands for the evaluations that its runs brought about: of each recipe, dataset and seed the newest.',
    complexity: { field: 50, multiplier: 1 },
    args: { input: t.arg({ type: SelectionInput, required: true, description: 'Which evaluations.' }) },
    resolve: (_root, { input }, context) => selectCompared(context, input),
  }),
);

const ComparableType = builder.objectRef<OwnEvaluation>('ComparableEvaluation').implement({
  description: 'A finished evaluation that a run brought about, as one chooses it for a comparison.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the evaluation.' }),
    variantId: t.exposeID('variantId', { description: 'Id of its variant.' }),
    variantName: t.exposeString('variantName', { description: 'Name of its variant.' }),
    datasetId: t.exposeID('datasetId', { description: 'Id of its dataset.' }),
    datasetName: t.exposeString('datasetName', { description: 'Name of its dataset.' }),
    versionNumber: t.exposeInt('versionNumber', { description: 'Version of the dataset.' }),
    experimentId: t.exposeID('experimentId', {
      nullable: true,
      description: 'Id of its experiment; null for a run that was started alone.',
    }),
    seed: t.exposeInt('seed', { description: 'Seed of its run.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it was done.' }),
  }),
});

builder.prismaObjectField(ProjectType, 'comparableEvaluations', (t) =>
  t.field({
    type: [ComparableType],
    description:
      'What can be compared by variant × dataset: of each recipe, dataset and seed the newest evaluation that a run brought about.',
    resolve: (project, _args, context) => listComparable(context, project),
  }),
);
