import { builder } from '../../builder.ts';
import { resultOf } from '../../graphql/results.ts';
import { RecipeInput, VariantType } from './schema.ts';
import { archiveVariant, deleteVariant, renameVariant, saveVariant } from './variantService.ts';

type Variant = typeof VariantType.$inferType;

/** Every change answers the variant as it is then. */
const successOf = (name: string, description: string) =>
  builder.objectRef<{ variant: Variant }>(name).implement({
    description,
    fields: (t) => ({ variant: t.field({ type: VariantType, description: 'The variant.', resolve: ({ variant }) => variant }) }),
  });

const SaveVariantSuccess = successOf('SaveVariantSuccess', 'The variant is saved.');
const RenameVariantSuccess = successOf('RenameVariantSuccess', 'The variant has its new name.');
const ArchiveVariantSuccess = successOf('ArchiveVariantSuccess', 'The variant is out of the way, or back.');

const DeleteVariantSuccess = builder.objectRef<{ id: string }>('DeleteVariantSuccess').implement({
  description: 'The variant is gone.',
  fields: (t) => ({ id: t.exposeID('id', { description: 'Id that the variant had.' }) }),
});

const SaveVariantInput = builder.inputType('SaveVariantInput', {
  description: 'A recipe to be saved under a name.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'The project that it belongs to.' }),
    id: t.id({ description: 'A variant that nothing was trained with yet, to give it this recipe and name; left out, a new one is made.' }),
    name: t.string({ required: true, description: 'Unique in the project.' }),
    recipe: t.field({ type: RecipeInput, required: true, description: 'The recipe.' }),
  }),
});

const RenameVariantInput = builder.inputType('RenameVariantInput', {
  description: 'Another name for a variant.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Id of the variant.' }),
    name: t.string({ required: true, description: 'Unique in the project.' }),
  }),
});

const ArchiveVariantInput = builder.inputType('ArchiveVariantInput', {
  description: 'Whether a variant is offered.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Id of the variant.' }),
    archived: t.boolean({ required: true, description: 'True puts it out of the way, false brings it back.' }),
  }),
});

builder.mutationFields((t) => ({
  saveVariant: t.field({
    type: resultOf('SaveVariantResult', SaveVariantSuccess, 'saving a variant'),
    description: 'Saves a recipe as a variant; for engineers, admins and owners.',
    args: { input: t.arg({ type: SaveVariantInput, required: true, description: 'The variant.' }) },
    resolve: async (_root, { input }, context) => ({ variant: await saveVariant(context, input) }),
  }),
  renameVariant: t.field({
    type: resultOf('RenameVariantResult', RenameVariantSuccess, 'renaming a variant'),
    description: 'Renames a variant; for engineers, admins and owners.',
    args: { input: t.arg({ type: RenameVariantInput, required: true, description: 'The variant and its name.' }) },
    resolve: async (_root, { input }, context) => ({ variant: await renameVariant(context, input) }),
  }),
  archiveVariant: t.field({
    type: resultOf('ArchiveVariantResult', ArchiveVariantSuccess, 'archiving a variant'),
    description: 'Puts a variant out of the way of choosers, or back; its runs stay. For engineers, admins and owners.',
    args: { input: t.arg({ type: ArchiveVariantInput, required: true, description: 'The variant.' }) },
    resolve: async (_root, { input }, context) => ({ variant: await archiveVariant(context, input) }),
  }),
  deleteVariant: t.field({
    type: resultOf('DeleteVariantResult', DeleteVariantSuccess, 'deleting a variant'),
    description: 'Deletes a variant that no training run refers to; for engineers, admins and owners.',
    args: { id: t.arg.id({ required: true, description: 'Id of the variant.' }) },
    resolve: async (_root, { id }, context) => ({ id: await deleteVariant(context, id) }),
  }),
}));
