import { builder } from '../../builder.ts';
import { resultOf } from '../../graphql/results.ts';
import { ProjectType } from '../projects/schema.ts';
import { deleteDataset, listDeleted, readReferences, restoreDataset, type DatasetReferences } from './deletionService.ts';
import { DatasetType } from './schema.ts';

const DatasetReferencesType = builder.objectRef<DatasetReferences>('DatasetReferences').implement({
  description: 'What refers to a dataset. One that a run or an evaluation refers to cannot be deleted.',
  fields: (t) => ({
    versions: t.exposeInt('versions', { description: 'How many snapshots it has.' }),
    runs: t.exposeInt('runs', { description: 'How many training runs learnt from it.' }),
    evaluations: t.exposeInt('evaluations', { description: 'How many evaluations measured on it.' }),
  }),
});

builder.prismaObjectFields(DatasetType, (t) => ({
  deletedAt: t.expose('deletedAt', {
    type: 'DateTime',
    nullable: true,
    description: 'When it was deleted; it can be restored for seven days. Null otherwise.',
  }),
  references: t.field({
    type: DatasetReferencesType,
    description: 'What refers to it.',
    resolve: (dataset, _args, context) => readReferences(context, dataset),
  }),
}));

builder.prismaObjectField(ProjectType, 'deletedDatasets', (t) =>
  t.field({
    type: [DatasetType],
    description: 'Deleted datasets that can still be restored, the last deleted first; for admins and owners, and empty for others.',
    resolve: (project, _args, context) => listDeleted(context, project),
  }),
);

const DeleteDatasetSuccess = builder.objectRef<{ id: string }>('DeleteDatasetSuccess').implement({
  description: 'The dataset is deleted; it can be restored for seven days.',
  fields: (t) => ({ id: t.exposeID('id', { description: 'Its id.' }) }),
});

const RestoreDatasetSuccess = builder.objectRef<{ dataset: typeof DatasetType.$inferType }>('RestoreDatasetSuccess').implement({
  description: 'The dataset is back.',
  fields: (t) => ({ dataset: t.field({ type: DatasetType, description: 'The dataset.', resolve: ({ dataset }) => dataset }) }),
});

const DeleteDatasetInput = builder.inputType('DeleteDatasetInput', {
  description: 'A dataset to be deleted.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Id of the dataset.' }),
    confirmName: t.string({ required: true, description: 'Its name, typed again.' }),
  }),
});

builder.mutationFields((t) => ({
  deleteDataset: t.field({
    type: resultOf('DeleteDatasetResult', DeleteDatasetSuccess, 'deleting a dataset'),
    description: 'Deletes a dataset that no training run or evaluation refers to; for admins and owners.',
    args: { input: t.arg({ type: DeleteDatasetInput, required: true, description: 'The dataset.' }) },
    resolve: async (_root, { input }, context) => ({ id: await deleteDataset(context, input) }),
  }),
  restoreDataset: t.field({
    type: resultOf('RestoreDatasetResult', RestoreDatasetSuccess, 'restoring a dataset'),
    description: 'Brings a deleted dataset back; for admins and owners.',
    args: { id: t.arg.id({ required: true, description: 'Id of the dataset.' }) },
    resolve: async (_root, { id }, context) => ({ dataset: await restoreDataset(context, id) }),
  }),
}));
