import { builder } from '../../builder.ts';
import { resultOf } from '../../graphql/results.ts';
import { ComparisonType } from './schema.ts';
import { changeComparison, deleteComparison, restoreComparison, saveComparison } from './service.ts';

type Comparison = typeof ComparisonType.$inferType;

const SaveComparisonSuccess = builder.objectRef<{ comparison: Comparison }>('SaveComparisonSuccess').implement({
  description: 'The comparison is saved, or back.',
  fields: (t) => ({
    comparison: t.field({ type: ComparisonType, description: 'The comparison.', resolve: ({ comparison }) => comparison }),
  }),
});
const DeleteComparisonSuccess = builder.objectRef<{ id: string }>('DeleteComparisonSuccess').implement({
  description: 'The comparison is gone; it can be restored for seven days.',
  fields: (t) => ({ id: t.exposeID('id', { description: 'Id that it has.' }) }),
});
const SaveComparisonResult = resultOf('SaveComparisonResult', SaveComparisonSuccess, 'saving a comparison');

const SaveComparisonInput = builder.inputType('SaveComparisonInput', {
  description: 'A comparison to be saved.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'The project that it belongs to.' }),
    name: t.string({ required: true, description: 'What people will call it.' }),
    evaluationIds: t.idList({ required: true, description: 'Finished evaluations of the project, in order.' }),
    view: t.field({ type: 'JSON', description: 'What its page shows: an object of texts.' }),
  }),
});
const ChangeComparisonInput = builder.inputType('ChangeComparisonInput', {
  description: 'What is to be changed of a comparison; what is left out stays.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Id of the comparison.' }),
    name: t.string({ description: 'Another name.' }),
    evaluationIds: t.idList({ description: 'Other evaluations, in order.' }),
    view: t.field({ type: 'JSON', description: 'What its page shows: an object of texts.' }),
  }),
});

builder.mutationFields((t) => ({
  saveComparison: t.field({
    type: SaveComparisonResult,
    description: 'Saves evaluations side by side under a name; for engineers, admins and owners.',
    args: { input: t.arg({ type: SaveComparisonInput, required: true, description: 'The comparison.' }) },
    resolve: async (_root, { input }, context) => ({ comparison: await saveComparison(context, input) }),
  }),
  changeComparison: t.field({
    type: SaveComparisonResult,
    description: 'Renames a comparison, or changes its evaluations or view; for engineers, admins and owners.',
    args: { input: t.arg({ type: ChangeComparisonInput, required: true, description: 'The change.' }) },
    resolve: async (_root, { input }, context) => ({ comparison: await changeComparison(context, input) }),
  }),
  deleteComparison: t.field({
    type: resultOf('DeleteComparisonResult', DeleteComparisonSuccess, 'deleting a comparison'),
    description: 'Deletes a comparison; its links stop at once, and it can be restored for seven days. For engineers, admins and owners.',
    args: { id: t.arg.id({ required: true, description: 'Id of the comparison.' }) },
    resolve: async (_root, { id }, context) => ({ id: await deleteComparison(context, id) }),
  }),
  restoreComparison: t.field({
    type: SaveComparisonResult,
    description: 'Brings a deleted comparison back, with its links; for engineers, admins and owners.',
    args: { id: t.arg.id({ required: true, description: 'Id of the comparison.' }) },
    resolve: async (_root, { id }, context) => ({ comparison: await restoreComparison(context, id) }),
  }),
}));
