import { builder } from '../../builder.ts';
import { fileUrls } from '../../files.ts';
import { connectionOf, pageArgs, pageComplexity, relationsOf } from '../../graphql/connections.ts';
import { orNull } from '../../problems.ts';
import { DatasetType, DatasetVersionType, SplitLabelCountType, SplitType } from './schema.ts';
import {
  countDifference,
  listChanges,
  listVersions,
  readDifference,
  type DatasetDifference,
  type DifferenceCounts,
  type ImageChange,
  type ImageState,
} from './versionService.ts';

const ChangeKindType = builder.enumType('ImageChangeKind', {
  description: 'What became of an image between two states of a dataset.',
  values: {
    added: { description: 'It was not there.' },
    removed: { description: 'It is not there any more.' },
    moved: { description: 'It has another split.' },
    relabelled: { description: 'It has another label.' },
    masked: { description: 'It got a mask, lost it, or has another one.' },
    renamed: { description: 'It has another name.' },
  } as const,
});

const ImageStateType = builder.objectRef<ImageState>('ImageState').implement({
  description: 'How an image stood in one state of a dataset.',
  fields: (t) => ({
    split: t.expose('split', { type: SplitType, description: 'What it was used for.' }),
    label: t.exposeString('label', { description: '`good` or a defect type.' }),
    name: t.exposeString('name', { description: 'Its file name.' }),
    maskUrl: t.exposeString('maskUrl', { nullable: true, description: 'The mask that it had; null where it had none.' }),
  }),
});

const ImageChangeType = builder.objectRef<ImageChange>('ImageChange').implement({
  description: 'An image that differs between two states of a dataset.',
  fields: (t) => ({
    thumbnailUrl: t.string({ description: 'A small picture, 256 px at most.', resolve: ({ image }) => fileUrls.thumbnail(image) }),
    kinds: t.field({ type: [ChangeKindType], description: 'What became of it.', resolve: ({ kinds }) => [...kinds] }),
    before: t.expose('before', { type: ImageStateType, nullable: true, description: 'How it stood; null where it was not there.' }),
    after: t.expose('after', { type: ImageStateType, nullable: true, description: 'How it stands; null where it is not there.' }),
  }),
});

const DifferenceCountsType = builder.objectRef<DifferenceCounts>('DatasetDifferenceCounts').implement({
  description: 'How many images changed; one that moved and was relabelled counts in both.',
  fields: (t) => ({
    added: t.exposeInt('added', { description: 'Were not there.' }),
    removed: t.exposeInt('removed', { description: 'Are not there any more.' }),
    moved: t.exposeInt('moved', { description: 'Have another split.' }),
    relabelled: t.exposeInt('relabelled', { description: 'Have another label.' }),
    masked: t.exposeInt('masked', { description: 'Got a mask, lost it, or have another one.' }),
    renamed: t.exposeInt('renamed', { description: 'Have another name.' }),
    unchanged: t.exposeInt('unchanged', { description: 'Are as they were.' }),
  }),
});

const ChangesConnection = connectionOf('DatasetDifferenceChangesConnection', ImageChangeType, 'changed images');

const DifferenceType = builder.objectRef<DatasetDifference>('DatasetDifference').implement({
  description: 'What became of the images of a dataset between two of its states. An image is known by its content.',
  fields: (t) => ({
    from: t.field({ type: DatasetVersionType, description: 'The state before.', resolve: ({ from }) => from }),
    to: t.field({ type: DatasetVersionType, nullable: true, description: 'The state after; null for now.', resolve: ({ to }) => to }),
    counts: t.field({
      type: DifferenceCountsType,
      description: 'How many images changed.',
      resolve: (difference, _args, context) => countDifference(context, difference),
    }),
    changes: t.field({
      type: ChangesConnection,
      description: 'The images that changed, by split, label and name.',
      complexity: pageComplexity,
      args: {
        first: t.arg.int({ description: pageArgs.first }),
        after: t.arg.string({ description: pageArgs.after }),
        kind: t.arg({ type: ChangeKindType, description: 'Only those that changed in this way.' }),
      },
      resolve: (difference, args, context) => listChanges(context, difference, args),
    }),
  }),
});

const VersionsConnection = connectionOf('DatasetVersionsConnection', DatasetVersionType, 'versions');

builder.prismaObjectField(DatasetType, 'versionPage', (t) =>
  t.field({
    type: VersionsConnection,
    description: 'Its snapshots page by page, newest first.',
    complexity: pageComplexity,
    args: {
      first: t.arg.int({ description: pageArgs.first }),
      after: t.arg.string({ description: pageArgs.after }),
    },
    resolve: (dataset, args, context, info) =>
      listVersions(context, dataset, args, relationsOf(context, info, 'DatasetVersion', ['edges', 'node'])),
  }),
);

builder.prismaObjectField(DatasetType, 'difference', (t) =>
  t.field({
    type: DifferenceType,
    nullable: true,
    description: 'What changed between two of its states; null where a version is none of its own.',
    args: {
      from: t.arg.id({ required: true, description: 'Id of the version before.' }),
      to: t.arg.id({ description: 'Id of the version after; left out, the dataset as it is now.' }),
    },
    resolve: (dataset, { from, to }, context) => orNull(readDifference(context, dataset, from, to ?? null)),
  }),
);

builder.prismaObjectField(DatasetVersionType, 'counts', (t) =>
  t.field({
    type: [SplitLabelCountType],
    description: 'Its images by split and label.',
    resolve: async (version, _args, { loaders }) => [...(await loaders.versionCounts.load(version.id))],
  }),
);
builder.prismaObjectField(DatasetVersionType, 'maskCount', (t) =>
  t.int({
    description: 'How many of its images have an outlined defect.',
    resolve: async (version, _args, { loaders }) =>
      (await loaders.versionCounts.load(version.id)).reduce((sum, { masks }) => sum + masks, 0),
  }),
);
