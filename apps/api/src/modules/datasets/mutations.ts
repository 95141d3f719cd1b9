import { builder } from '../../builder.ts';
import { resultOf } from '../../graphql/results.ts';
import { DatasetImportType } from './importSchema.ts';
import { startImport } from './importService.ts';
import { DatasetType, SplitType } from './schema.ts';
import { createDataset, renameDataset } from './service.ts';

type Dataset = typeof DatasetType.$inferType;

const CreateDatasetSuccess = builder.objectRef<{ dataset: Dataset }>('CreateDatasetSuccess').implement({
  description: 'The dataset was made.',
  fields: (t) => ({ dataset: t.field({ type: DatasetType, description: 'The new dataset.', resolve: ({ dataset }) => dataset }) }),
});

const RenameDatasetSuccess = builder.objectRef<{ dataset: Dataset }>('RenameDatasetSuccess').implement({
  description: 'The dataset has its new name.',
  fields: (t) => ({ dataset: t.field({ type: DatasetType, description: 'The dataset.', resolve: ({ dataset }) => dataset }) }),
});

const StartImportSuccess = builder.objectRef<{ import: typeof DatasetImportType.$inferType }>('StartImportSuccess').implement({
  description: 'The import is queued.',
  fields: (t) => ({ import: t.field({ type: DatasetImportType, description: 'The import.', resolve: (success) => success.import }) }),
});

const CreateDatasetInput = builder.inputType('CreateDatasetInput', {
  description: 'A dataset to be made.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'The project that it belongs to.' }),
    name: t.string({ required: true, description: 'Unique in the project.' }),
  }),
});

const RenameDatasetInput = builder.inputType('RenameDatasetInput', {
  description: 'Another name for a dataset.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Id of the dataset.' }),
    name: t.string({ required: true, description: 'Unique in the project.' }),
  }),
});

const ImportPlaceInput = builder.inputType('ImportPlaceInput', {
  description: 'Where a file belongs.',
  fields: (t) => ({
    split: t.field({
      type: SplitType,
      required: true,
      description: 'What it is used for; `train` and `validation` take good images alone.',
    }),
    label: t.string({ required: true, description: '`good` or a defect type.' }),
    mask: t.boolean({
      description:
        'True for a mask: it belongs to the test image with this label whose name it has, `_mask`, `_gt`, `_seg` or `_label` aside.',
    }),
  }),
});

const ImportFileInput = builder.inputType('ImportFileInput', {
  description: 'One uploaded file.',
  fields: (t) => ({
    path: t.string({ required: true, description: 'Its path in the folder that was dropped, or its name.' }),
    uploadId: t.string({ required: true, description: 'Last part of the address of its finished upload.' }),
    place: t.field({
      type: ImportPlaceInput,
      description: 'Where it belongs if its path does not tell (`train/good`, `test/<defect>`); for a zip, where such files in it belong.',
    }),
  }),
});

const StartImportInput = builder.inputType('StartImportInput', {
  description: 'Finished uploads to be read into a dataset.',
  fields: (t) => ({
    datasetId: t.id({ required: true, description: 'The dataset that they go to.' }),
    files: t.field({ type: [ImportFileInput], required: true, description: 'The files; a single zip is unpacked.' }),
  }),
});

builder.mutationFields((t) => ({
  createDataset: t.field({
    type: resultOf('CreateDatasetResult', CreateDatasetSuccess, 'making a dataset'),
    description: 'Makes an empty dataset; for engineers, admins and owners.',
    args: { input: t.arg({ type: CreateDatasetInput, required: true, description: 'The dataset.' }) },
    resolve: async (_root, { input }, context) => ({ dataset: await createDataset(context, input) }),
  }),
  renameDataset: t.field({
    type: resultOf('RenameDatasetResult', RenameDatasetSuccess, 'renaming a dataset'),
    description: 'Renames a dataset; for engineers, admins and owners.',
    args: { input: t.arg({ type: RenameDatasetInput, required: true, description: 'The dataset and its name.' }) },
    resolve: async (_root, { input }, context) => ({ dataset: await renameDataset(context, input) }),
  }),
  startImport: t.field({
    type: resultOf('StartImportResult', StartImportSuccess, 'starting an import'),
    description: 'Reads finished uploads into a dataset, as a job; for engineers, admins and owners.',
    args: { input: t.arg({ type: StartImportInput, required: true, description: 'The uploads.' }) },
    resolve: async (_root, { input }, context) => ({ import: await startImport(context, input) }),
  }),
}));
