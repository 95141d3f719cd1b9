import { builder } from '../../builder.ts';
import { fileUrls } from '../../files.ts';
import { connectionOf, pageArgs, pageComplexity, relationsOf } from '../../graphql/connections.ts';
import { orNull } from '../../problems.ts';
import { ProjectType } from '../projects/schema.ts';
import type { SizeCount, SplitLabelCount } from './loaders.ts';
import { listImages, readDataset, readImagePlace } from './service.ts';

export const SplitType = builder.enumType('Split', {
  description: 'What an image is used for.',
  values: {
    train: { description: 'The model learns from it; only good ones.' },
    validation: { description: 'Watches the training and sets the thresholds; never learnt from.' },
    test: { description: 'Evaluations measure on it.' },
  },
});

export const SplitLabelCountType = builder.objectRef<SplitLabelCount>('SplitLabelCount').implement({
  description: 'How many images have one split and label.',
  fields: (t) => ({
    split: t.expose('split', { type: SplitType, description: 'The split.' }),
    label: t.exposeString('label', { description: '`good` or a defect type.' }),
    count: t.exposeInt('count', { description: 'How many images.' }),
  }),
});

const SizeCountType = builder.objectRef<SizeCount>('SizeCount').implement({
  description: 'How many images have one size.',
  fields: (t) => ({
    width: t.exposeInt('width', { description: 'In pixels.' }),
    height: t.exposeInt('height', { description: 'In pixels.' }),
    count: t.exposeInt('count', { description: 'How many images.' }),
  }),
});

export const ImageType = builder.prismaNode('Image', {
  id: { field: 'id' },
  description: 'One picture of an item.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'File name as uploaded.' }),
    split: t.expose('split', { type: SplitType, description: 'What it is used for.' }),
    label: t.exposeString('label', { description: '`good` or a defect type.' }),
    width: t.exposeInt('width', { description: 'In pixels, after its orientation mark is applied.' }),
    height: t.exposeInt('height', { description: 'In pixels, after its orientation mark is applied.' }),
    channels: t.exposeInt('channels', { description: '1 for grey, 3 for colour.' }),
    bitDepth: t.exposeInt('bitDepth', { description: 'Bits a channel.' }),
    bytes: t.exposeInt('bytes', { description: 'Size of the file.' }),
    format: t.exposeString('format', { description: 'File format, told by its content: `png`, `jpeg`, `tiff`, …' }),
    sha256: t.exposeString('sha256', { description: 'Of the file, in hexadecimal.' }),
    maskSha256: t.exposeString('maskSha256', {
      nullable: true,
      description: 'Of the file of its mask, in hexadecimal; null where there is none.',
    }),
    deletedAt: t.expose('deletedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was deleted; it can be restored for seven days, and stays where a version holds it. Null otherwise.',
    }),
    versionNumbers: t.intList({
      description: 'Numbers of the frozen versions that hold it, the oldest first.',
      resolve: async (image, _args, { loaders }) => [...(await loaders.imageVersions.load(image.id))],
    }),
    hasMask: t.boolean({ description: 'Whether its defect is outlined.', resolve: (image) => image.maskSha256 !== null }),
    url: t.string({ description: 'The file as uploaded.', resolve: fileUrls.image }),
    thumbnailUrl: t.string({ description: 'A small picture, 256 px at most.', resolve: fileUrls.thumbnail }),
    maskUrl: t.string({
      nullable: true,
      description: 'The outlined defect, at the size of the image; null where there is none.',
      resolve: fileUrls.mask,
    }),
  }),
});

const DatasetImagesConnection = connectionOf('DatasetImagesConnection', ImageType, 'images');

export const DatasetVersionType = builder.prismaNode('DatasetVersion', {
  id: { field: 'id' },
  description: 'A dataset as it was at one moment; never changes. Trainings and evaluations refer to it.',
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'Counts up from 1 in each dataset.' }),
    imageCount: t.exposeInt('imageCount', { description: 'How many images it holds.' }),
    contentHash: t.exposeString('contentHash', { description: "sha256 over every image's content, split, label, name and mask." }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was frozen.' }),
    dataset: t.relation('dataset', { description: 'The dataset that it is of.' }),
  }),
});

export const DatasetType = builder.prismaNode('Dataset', {
  id: { field: 'id' },
  description: 'One class of item, such as brick: good images and defective ones.',
  fields: (t) => {
    const total = (description: string, count: (row: SplitLabelCount) => number) =>
      t.int({
        description,
        resolve: async (dataset, _args, { loaders }) =>
          (await loaders.datasetCounts.load(dataset.id)).reduce((sum, row) => sum + count(row), 0),
      });
    return {
      name: t.exposeString('name', { description: 'What people call it; unique in the project.' }),
      project: t.relation('project', { description: 'The project that it belongs to.' }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
      imageCount: total('How many images.', (row) => row.count),
      goodCount: total('How many good images.', (row) => (row.label === 'good' ? row.count : 0)),
      defectiveCount: total('How many defective images.', (row) => (row.label === 'good' ? 0 : row.count)),
      maskCount: total('How many images with an outlined defect.', (row) => row.masks),
      counts: t.field({
        type: [SplitLabelCountType],
        description: 'Images by split and label.',
        resolve: async (dataset, _args, { loaders }) => [...(await loaders.datasetCounts.load(dataset.id))],
      }),
      sizes: t.field({
        type: [SizeCountType],
        description: 'Images by size, most frequent first.',
        resolve: async (dataset, _args, { loaders }) => [...(await loaders.datasetSizes.load(dataset.id))],
      }),
      images: t.field({
        type: DatasetImagesConnection,
        description: 'Its images, by split, label and name.',
        complexity: pageComplexity,
        args: {
          first: t.arg.int({ description: pageArgs.first }),
          after: t.arg.string({ description: pageArgs.after }),
          skip: t.arg.int({
            description: 'How many to leave out first, for a place in the middle of a long list; 0 when left out, 1,000,000 at most.',
          }),
          split: t.arg({ type: SplitType, description: 'Only those of this split.' }),
          label: t.arg.string({ description: 'Only those with this label.' }),
          deleted: t.arg.boolean({ description: 'Those that were deleted and can be restored, instead of those that are there.' }),
        },
        resolve: (dataset, args, context) => listImages(context, dataset, args),
      }),
      imagePlace: t.int({
        nullable: true,
        description: 'How many images come before an image in `images`; null where it is not among them.',
        args: {
          image: t.arg.id({ required: true, description: 'The image.' }),
          split: t.arg({ type: SplitType, description: 'Among those of this split.' }),
          label: t.arg.string({ description: 'Among those with this label.' }),
        },
        resolve: (dataset, args, context) => readImagePlace(context, dataset, args),
      }),
      versions: t.relation('versions', { description: 'Its snapshots, newest first.', query: { orderBy: { number: 'desc' } } }),
    };
  },
});

builder.prismaObjectField(ProjectType, 'datasets', (t) =>
  t.relation('datasets', { description: 'Its datasets, by name.', query: { where: { deletedAt: null }, orderBy: { name: 'asc' } } }),
);

builder.queryField('dataset', (t) =>
  t.field({
    type: DatasetType,
    nullable: true,
    description: 'A dataset; null when there is none, or you are no member of its team.',
    args: { id: t.arg.id({ required: true, description: 'Id of the dataset.' }) },
    resolve: (_root, { id }, context, info) => orNull(readDataset(context, id, relationsOf(context, info, 'Dataset'))),
  }),
);
