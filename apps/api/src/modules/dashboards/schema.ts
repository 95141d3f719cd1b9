import { builder } from '../../builder.ts';
import { fileUrls } from '../../files.ts';
import { publicId } from '../../ids.ts';
import { MeasureType } from '../evaluations/schema.ts';
import { ProjectType } from '../projects/schema.ts';
import type { Miss } from './loaders.ts';
import { listStandings, worstMisses, type StandingBy } from './service.ts';
import type { HistoryPoint, Lead, RankedVariant } from './standings.ts';

const RankingMetricType = builder.enumType('RankingMetric', {
  description: 'By what variants are put in order; higher is better.',
  values: {
    imageRocAuc: { description: 'ROC AUC over images.' },
    pixelRocAuc: { description: 'ROC AUC over pixels.' },
    pixelAveragePrecision: { description: 'Average precision over pixels.' },
    aupro30: { description: 'Area under the per-region overlap up to a false positive rate of 0.3.' },
  } as const,
});

const RankedVariantType = builder.objectRef<RankedVariant>('RankedVariant').implement({
  description: 'A variant over its seeds; each seed counts once, by its newest evaluation.',
  fields: (t) => ({
    variantId: t.id({ description: 'Id of the variant.', resolve: ({ variantId }) => publicId('Variant', variantId) }),
    variantName: t.exposeString('variantName', { description: 'Name of the variant.' }),
    mean: t.exposeFloat('mean', { description: 'Mean of the metric over seeds, 0–1.' }),
    spread: t.exposeFloat('spread', { nullable: true, description: 'Sample standard deviation over seeds; null for one seed.' }),
    seeds: t.exposeInt('seeds', { description: 'How many seeds.' }),
    evaluationId: t.id({
      description: 'Id of the evaluation of the seed nearest to the mean.',
      resolve: ({ evaluationId }) => publicId('Evaluation', evaluationId),
    }),
  }),
});

const LeadType = builder.objectRef<Lead>('Lead').implement({
  description: 'Which variant was best, among those measured on one version under one protocol.',
  fields: (t) => ({
    best: t.expose('best', { type: RankedVariantType, description: 'The best variant.' }),
    versionNumber: t.exposeInt('versionNumber', { description: 'Number of the dataset version.' }),
    variantCount: t.exposeInt('variantCount', { description: 'How many variants were compared.' }),
  }),
});

const HistoryPointType = builder.objectRef<HistoryPoint>('HistoryPoint').implement({
  description: 'The best mean after an evaluation.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', description: 'When that evaluation ended.' }),
    value: t.exposeFloat('value', { description: 'The best mean then, 0–1.' }),
    variantName: t.exposeString('variantName', { description: 'Whose it was.' }),
    versionNumber: t.exposeInt('versionNumber', { description: 'On which dataset version.' }),
  }),
});

const MissType = builder.objectRef<Miss>('Miss').implement({
  description: 'A defective image with a low score.',
  fields: (t) => ({
    id: t.id({ description: 'Id of its reconstruction.', resolve: ({ reconstructionId }) => publicId('Reconstruction', reconstructionId) }),
    name: t.exposeString('name', { description: 'File name of the image.' }),
    label: t.exposeString('label', { description: 'Its defect type.' }),
    score: t.exposeFloat('score', { description: 'Its image score.' }),
    missed: t.boolean({
      nullable: true,
      description: 'Whether the score lies below the image threshold; null without one.',
      resolve: ({ score, threshold }) => (threshold === null ? null : score < threshold),
    }),
    thumbnailUrl: t.string({
      description: 'A small picture, 256 px at most.',
      resolve: ({ imageId, thumbnailSha256 }) => fileUrls.thumbnail({ id: imageId, thumbnailSha256 }),
    }),
    maskUrl: t.string({
      nullable: true,
      description: 'The outlined defect as it was measured against; null where there was none.',
      resolve: ({ versionId, imageId, maskSha256 }) => maskSha256 && fileUrls.frozenMask(versionId, imageId, maskSha256),
    }),
  }),
});

const StandingType = builder.objectRef<StandingBy>('Standing').implement({
  description:
    'Which variant is best on a dataset now: on the newest version that was measured, under the protocol that most of its evaluations have.',
  fields: (t) => ({
    datasetId: t.id({ description: 'Id of the dataset.', resolve: ({ datasetId }) => publicId('Dataset', datasetId) }),
    datasetName: t.exposeString('datasetName', { description: 'Name of the dataset.' }),
    now: t.field({ type: LeadType, description: 'Who leads now.', resolve: (standing) => standing }),
    protocolHash: t.exposeString('protocolHash', { description: 'Of the protocol that the evaluations have.' }),
    weekAgo: t.expose('weekAgo', {
      type: LeadType,
      nullable: true,
      description: 'Who led a week ago; null where nothing was measured then.',
    }),
    history: t.field({
      type: [HistoryPointType],
      description: 'How the best mean went, oldest first; 60 points at most.',
      complexity: { field: 1, multiplier: 5 },
      resolve: ({ history }) => [...history],
    }),
    worstMisses: t.field({
      type: [MissType],
      description: 'The defects that the best variant sees least, in the evaluation of the seed nearest to its mean; worst first.',
      complexity: { field: 1, multiplier: 5 },
      args: { first: t.arg.int({ description: 'How many; 5 when left out, 12 at most.' }) },
      resolve: async (standing, { first }, context) => [...(await worstMisses(context, standing, first))],
    }),
  }),
});

builder.prismaObjectField(ProjectType, 'standings', (t) =>
  t.field({
    type: [StandingType],
    description:
      'Which variant is best on each of its datasets now, by name of the dataset; datasets that nothing was measured on are left out.',
    args: {
      metric: t.arg({ type: RankingMetricType, description: 'By what; `imageRocAuc` when left out.' }),
      measure: t.arg({ type: MeasureType, description: 'The measure whose metric counts; `ssim` when left out.' }),
    },
    resolve: (project, { metric, measure }, context) =>
      listStandings(context, project, { metric: metric ?? 'imageRocAuc', measure: measure ?? 'ssim' }),
  }),
);
