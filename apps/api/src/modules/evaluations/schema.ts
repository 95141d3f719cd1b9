import { builder } from '../../builder.ts';
import type { Context } from '../../context.ts';
import { fileUrls } from '../../files.ts';
import { connectionOf, pageArgs, pageComplexity, relationsOf } from '../../graphql/connections.ts';
import { live } from '../../graphql/live.ts';
import { rowIdOf } from '../../ids.ts';
import { orNull } from '../../problems.ts';
import type { FrozenImage } from '../datasets/loaders.ts';
import { DatasetVersionType, ImageType } from '../datasets/schema.ts';
import { ProjectType } from '../projects/schema.ts';
import { CheckpointType, RunStateType, TrainingRunType } from '../training/schema.ts';
import { countActiveEvaluations, listReconstructions, readEvaluation, readReconstruction, requireEvaluation } from './service.ts';

export const MeasureType = builder.enumType('Measure', {
  description: 'How a residual is measured.',
  values: {
    ssim: { description: '1 − structural similarity: 0 is alike.' },
    mse: { description: 'Squared difference on the 0–255 scale, mean over channels.' },
  },
});

const ReconstructionSortType = builder.enumType('ReconstructionSort', {
  description: 'Order of the images of an evaluation.',
  values: {
    scoreDescending: { description: 'Most conspicuous first.' },
    scoreAscending: { description: 'Least conspicuous first.' },
    name: { description: 'By label and file name.' },
  },
});

builder.prismaObject('ResidualMap', {
  description: "How far an image is from its reconstruction, by one measure, at the image's own size.",
  fields: (t) => ({
    measure: t.expose('measure', { type: MeasureType, description: 'The measure.' }),
    score: t.exposeFloat('score', { description: 'Image score of the protocol: higher is more defective.' }),
    minimum: t.exposeFloat('minimum', { description: 'Lowest value of the map.' }),
    maximum: t.exposeFloat('maximum', { description: 'Highest value of the map.' }),
    mean: t.exposeFloat('mean', { description: 'Mean of the map.' }),
    p99: t.exposeFloat('p99', { description: '99 % of its values are below.' }),
    tiffUrl: t.string({
      description: 'The map as float32 TIFF, computed on demand.',
      resolve: (map) => fileUrls.residual(map.reconstructionId, map.measure),
    }),
  }),
});

const whichFrozen = { imageId: true, evaluation: { select: { datasetVersionId: true } } } as const;

interface WhichFrozen {
  readonly imageId: string;
  readonly evaluation: { readonly datasetVersionId: string };
}

/** The image of a reconstruction as the evaluated version froze it. */
async function frozenOf({ imageId, evaluation }: WhichFrozen, loaders: Context['loaders']): Promise<FrozenImage> {
  const frozen = await loaders.frozenImages.load(`${evaluation.datasetVersionId}/${imageId}`);
  if (!frozen) throw new Error(`image ${imageId} was measured but is not in version ${evaluation.datasetVersionId}`);
  return frozen;
}

export const ReconstructionType = builder.prismaNode('Reconstruction', {
  id: { field: 'id' },
  description: 'What an evaluation stored of one image.',
  fields: (t) => ({
    image: t.relation('image', { type: ImageType, description: 'The image.' }),
    networkWidth: t.exposeInt('networkWidth', { description: 'Width at network scale, in pixels.' }),
    networkHeight: t.exposeInt('networkHeight', { description: 'Height at network scale, in pixels.' }),
    orientations: t.exposeFloatList('orientations', {
      description:
        'The angle each patch was turned by, in the order they are cut, degrees in [0, 360), of which orientation is the rest modulo 180; empty where the regime turns none.',
    }),
    inputUrl: t.string({ description: 'What the network saw, 8-bit PNG at network scale.', resolve: fileUrls.input }),
    reconstructionUrl: t.string({ description: 'What it drew, 8-bit PNG at network scale.', resolve: fileUrls.reconstruction }),
    maskUrl: t.string({
      nullable: true,
      description: 'The outlined defect as it was measured against, at the size of the image; null where there was none.',
      select: whichFrozen,
      resolve: async (row, _args, { loaders }) => {
        const { maskSha256 } = await frozenOf(row, loaders);
        return maskSha256 && fileUrls.frozenMask(row.evaluation.datasetVersionId, row.imageId, maskSha256);
      },
    }),
    label: t.string({
      description: 'The label of the image when it was measured.',
      select: whichFrozen,
      resolve: async (row, _args, { loaders }) => (await frozenOf(row, loaders)).label,
    }),
    name: t.string({
      description: 'The name of the image when it was measured.',
      select: whichFrozen,
      resolve: async (row, _args, { loaders }) => (await frozenOf(row, loaders)).name,
    }),
    residualMaps: t.relation('residualMaps', {
      description: 'One for each measure.',
      complexity: { field: 1, multiplier: 2 },
      query: { orderBy: { measure: 'asc' } },
    }),
  }),
});

const ReconstructionsConnection = connectionOf('EvaluationReconstructionsConnection', ReconstructionType, 'reconstructions');

export const EvaluationType = builder.prismaNode('Evaluation', {
  id: { field: 'id' },
  description: 'A checkpoint measured on images of a dataset version.',
  fields: (t) => ({
    state: t.expose('state', { type: RunStateType, description: 'How far it is.' }),
    done: t.exposeInt('done', { description: 'Images that are measured.' }),
    total: t.exposeInt('total', { description: 'Images to measure; 0 until known.' }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it failed or was cancelled.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    checkpoint: t.relation('checkpoint', { type: CheckpointType, description: 'The weights that it measures.' }),
    run: t.field({
      type: TrainingRunType,
      description: 'The run that the weights are of.',
      select: (_args, _context, nested) => ({ checkpoint: { select: { run: nested(true) } } }),
      resolve: (evaluation) => evaluation.checkpoint.run,
    }),
    datasetVersion: t.relation('datasetVersion', { type: DatasetVersionType, description: 'The images that it measures on.' }),
    cancelRequested: t.boolean({
      description: 'Whether somebody asked to cancel it.',
      resolve: (evaluation) => evaluation.cancelRequestedAt !== null,
    }),
    createdBy: t.relation('createdBy', {
      nullable: true,
      description: 'Who asked for it; null for the platform itself, or a person who left.',
    }),
    protocol: t.expose('protocol', {
      type: 'JSON',
      description: '`{split, ssim: {window, sigma, size}, mse: {sigma, expected}, imageScore, thresholdQuantile, paperMode}`.',
    }),
    protocolHash: t.exposeString('protocolHash', { description: 'Equal for equal protocols.' }),
    metrics: t.expose('metrics', {
      type: 'JSON',
      nullable: true,
      description: 'As `metrics.json` of `plumbline evaluate`; null until done.',
    }),
    thresholds: t.expose('thresholds', {
      type: 'JSON',
      nullable: true,
      description: 'For each measure `{pixel, image, quantile, origin}`; null until done.',
    }),
    curves: t.expose('curves', {
      type: 'JSON',
      nullable: true,
      description: 'For each measure ROC, precision–recall and score histogram, for display; null until done.',
    }),
    zipUrl: t.string({
      nullable: true,
      description:
        'Everything as `plumbline evaluate` writes it, as one zip: metrics.json, scores.csv, pictures, and maps as float32 TIFF in the layout `anomaly_maps/<class>/test/<defect>/<image>.tiff`; null until done. `?maps=ssim`, `mse` or `none` leaves maps out.',
      resolve: (evaluation) => (evaluation.state === 'succeeded' ? fileUrls.evaluation(evaluation, 'folder.zip') : null),
    }),
    filesUrl: t.string({
      nullable: true,
      description: 'The same one by one: `{files: [{path, url, bytes, sha256}]}`, with `sha256` null for maps; null until done.',
      resolve: (evaluation) => (evaluation.state === 'succeeded' ? fileUrls.evaluation(evaluation, 'files.json') : null),
    }),
    imagesUrl: t.string({
      nullable: true,
      description:
        'All its images at once, a list for each value, for tens of thousands of them: `{evaluationId, datasetVersionId, imageId, name, label, split, width, height, mask, reconstructionId, networkWidth, networkHeight, measures: {ssim, mse: {score, minimum, maximum, mean, p99}}}`; null until done.',
      resolve: (evaluation) => (evaluation.state === 'succeeded' ? fileUrls.evaluation(evaluation, 'images.json') : null),
    }),
    reconstructions: t.field({
      type: ReconstructionsConnection,
      description: 'What it stored of each image.',
      complexity: pageComplexity,
      args: {
        first: t.arg.int({ description: pageArgs.first }),
        after: t.arg.string({ description: pageArgs.after }),
        sort: t.arg({ type: ReconstructionSortType, description: 'The order; most conspicuous first when left out.' }),
        measure: t.arg({ type: MeasureType, description: 'The measure whose scores order them; `ssim` when left out.' }),
        label: t.arg.string({ description: 'Only images with this label.' }),
      },
      resolve: (evaluation, args, context, info) =>
        listReconstructions(context, evaluation, args, relationsOf(context, info, 'Reconstruction', ['edges', 'node'])),
    }),
  }),
});

builder.prismaObjectField(TrainingRunType, 'evaluations', (t) =>
  t.field({
    type: [EvaluationType],
    description: 'Evaluations of its checkpoints, newest first.',
    select: (_args, _context, nested) => ({ checkpoints: { select: { evaluations: nested(true) } } }),
    resolve: (run) =>
      run.checkpoints.flatMap((checkpoint) => checkpoint.evaluations).sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime()),
  }),
);

builder.prismaObjectField(ProjectType, 'activeEvaluations', (t) =>
  t.int({
    description: 'How many of its evaluations wait or are being computed.',
    resolve: (project, _args, context) => countActiveEvaluations(context, project),
  }),
);

builder.queryFields((t) => ({
  evaluation: t.field({
    type: EvaluationType,
    nullable: true,
    description: 'An evaluation; null when there is none, or you are no member of its team.',
    args: { id: t.arg.id({ required: true, description: 'Id of the evaluation.' }) },
    resolve: (_root, { id }, context, info) => orNull(readEvaluation(context, id, relationsOf(context, info, 'Evaluation'))),
  }),
  reconstruction: t.field({
    type: ReconstructionType,
    nullable: true,
    description: 'A reconstruction; null when there is none, or you are no member of its team.',
    args: { id: t.arg.id({ required: true, description: 'Id of the reconstruction.' }) },
    resolve: (_root, { id }, context, info) => orNull(readReconstruction(context, id, relationsOf(context, info, 'Reconstruction'))),
  }),
}));

builder.subscriptionField('evaluationChanged', (t) =>
  t.field({
    type: EvaluationType,
    description: 'The evaluation as it is, at once and whenever it changes.',
    args: { id: t.arg.id({ required: true, description: 'Id of the evaluation.' }) },
    subscribe: async (_root, { id }, context) => {
      await requireEvaluation(context, id);
      const rowId = rowIdOf('Evaluation', id);
      return live(context, {
        concerns: (change) => change.kind === 'evaluation' && change.id === rowId,
        allowed: async () => (await orNull(requireEvaluation(context, id))) !== null,
        read: async () => [await readEvaluation(context, id)],
      });
    },
    resolve: (evaluation) => evaluation,
  }),
);
