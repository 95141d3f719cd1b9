import type { LeakCheck } from '@plumbline/prisma';
import { builder } from '../../builder.ts';
import { connectionOf, pageArgs, pageComplexity } from '../../graphql/connections.ts';
import { resultOf } from '../../graphql/results.ts';
import { checkLeaks, latestCheck, listPairs, type LeakPair } from './leakService.ts';
import type { LeakCounts } from './leakCounts.ts';
import { DatasetType, ImageType } from './schema.ts';

const LeakWarningType = builder.objectRef<LeakCounts>('LeakWarning').implement({
  description: 'Images that are nearly the same, or of one source, lie on both sides of a split.',
  fields: (t) => ({
    sentence: t.string({
      description: 'What was found, and what to do.',
      resolve: ({ pairs, more }) =>
        `${more ? 'More than ' : ''}${pairs} ${pairs === 1 && !more ? 'pair of images that look' : 'pairs of images that look'} alike or come from one source ${pairs === 1 && !more ? 'lies' : 'lie'} in two splits, so what is measured was partly learnt: look at them, then move them to one side.`,
    }),
    pairs: t.exposeInt('pairs', { description: 'How many pairs.' }),
  }),
});

const LeakCheckStateType = builder.enumType('LeakCheckState', {
  description: 'How far a look for leaks is.',
  values: {
    queued: { description: 'Waits for a worker.' },
    running: { description: 'Images are being compared.' },
    succeeded: { description: 'All images were compared.' },
    failed: { description: 'It could not be finished.' },
  },
});

const LeakCheckType = builder.objectRef<LeakCheck>('LeakCheck').implement({
  description: 'One look for images that are nearly the same, or of one source, on both sides of a split.',
  fields: (t) => ({
    state: t.expose('state', { type: LeakCheckStateType, description: 'How far it is.' }),
    distance: t.exposeInt('distance', { description: 'Bits of 64 in which the hashes of two images may differ.' }),
    sourcePattern: t.exposeString('sourcePattern', {
      nullable: true,
      description: 'What of a name tells its source, such as `{source}_*`; null where names are not looked at.',
    }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended; null before.' }),
  }),
});

const LeakPairType = builder.objectRef<LeakPair>('LeakPair').implement({
  description: 'Two images in different splits that look the same or come from one source.',
  fields: (t) => ({
    image: t.field({ type: ImageType, description: 'The one.', resolve: ({ image }) => image }),
    other: t.field({ type: ImageType, description: 'The other.', resolve: ({ other }) => other }),
    distance: t.exposeInt('distance', {
      nullable: true,
      description: 'Bits of 64 in which their hashes differ; null where their names tell.',
    }),
    source: t.exposeString('source', { nullable: true, description: 'The source that their names share; null where their looks tell.' }),
  }),
});

const PairsConnection = connectionOf('DatasetLeakPairsConnection', LeakPairType, 'pairs');

builder.prismaObjectFields(DatasetType, (t) => ({
  leak: t.field({
    type: LeakWarningType,
    nullable: true,
    description: 'Images that are nearly the same on both sides of a split; null when none is known.',
    resolve: (dataset, _args, { loaders }) => loaders.datasetLeaks.load(dataset.id),
  }),
  leakCheck: t.field({
    type: LeakCheckType,
    nullable: true,
    description: 'The latest look for leaks; null where none was asked for.',
    resolve: (dataset, _args, context) => latestCheck(context, dataset),
  }),
  leakPairs: t.field({
    type: PairsConnection,
    description: 'The pairs, the nearest first. The nearest thousand of each kind are kept.',
    complexity: pageComplexity,
    args: { first: t.arg.int({ description: pageArgs.first }), after: t.arg.string({ description: pageArgs.after }) },
    resolve: (dataset, args, context) => listPairs(context, dataset, args),
  }),
}));

const CheckLeaksSuccess = builder.objectRef<{ dataset: typeof DatasetType.$inferType }>('CheckLeaksSuccess').implement({
  description: 'The look is queued.',
  fields: (t) => ({ dataset: t.field({ type: DatasetType, description: 'The dataset.', resolve: ({ dataset }) => dataset }) }),
});

const CheckLeaksInput = builder.inputType('CheckLeaksInput', {
  description: 'A look for leaks.',
  fields: (t) => ({
    datasetId: t.id({ required: true, description: 'The dataset.' }),
    distance: t.int({ required: true, description: 'Bits of 64 in which the hashes of two images may differ: 0 to 12; 3 is usual.' }),
    sourcePattern: t.string({
      description:
        'What of a name tells its source: `{source}` once, `*` and `?` around it, such as `{source}_*`. Left out, names are not looked at.',
    }),
  }),
});

builder.mutationField('checkLeaks', (t) =>
  t.field({
    type: resultOf('CheckLeaksResult', CheckLeaksSuccess, 'asking for a look at leaks'),
    description: 'Looks for leaks, as a job; it is also done after every import and change. For engineers, admins and owners.',
    args: { input: t.arg({ type: CheckLeaksInput, required: true, description: 'How to look.' }) },
    resolve: async (_root, { input }, context) => ({ dataset: await checkLeaks(context, input) }),
  }),
);
