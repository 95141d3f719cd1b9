import { builder } from '../../builder.ts';
import { resultOf } from '../../graphql/results.ts';
import { publicId } from '../../ids.ts';
import type { EditPlan } from './editPlan.ts';
import { editImages, previewEdit, undoEdit, type DoneEdit } from './editService.ts';
import { DatasetType, SplitLabelCountType, SplitType } from './schema.ts';

const ImageEditEffectType = builder.objectRef<EditPlan>('ImageEditEffect').implement({
  description: 'What a change of many images does.',
  fields: (t) => ({
    changed: t.int({ description: 'How many images change in any way.', resolve: ({ edits }) => edits.length }),
    moved: t.exposeInt('moved', { description: 'How many get another split.' }),
    relabelled: t.exposeInt('relabelled', { description: 'How many get another label.' }),
    deleted: t.exposeInt('deleted', { description: 'How many are deleted.' }),
    restored: t.exposeInt('restored', { description: 'How many are restored.' }),
    masksDropped: t.exposeInt('masksDropped', { description: 'How many lose their mask, since good images have none.' }),
    renamed: t.exposeInt('renamed', { description: 'How many are renamed, since their name is taken where they go.' }),
    renameExample: t.exposeString('renameExample', { nullable: true, description: 'The first of the new names: `a.png → a_train.png`.' }),
    stay: t.exposeInt('stay', { description: 'How many defective images were meant for train or validation and stay in test.' }),
    counts: t.field({ type: [SplitLabelCountType], description: 'The dataset afterwards.', resolve: ({ counts }) => [...counts] }),
  }),
});

const PreviewSuccess = builder.objectRef<EditPlan>('PreviewImageEditSuccess').implement({
  description: 'What the change would do.',
  fields: (t) => ({ effect: t.field({ type: ImageEditEffectType, description: 'What would change.', resolve: (plan) => plan }) }),
});

const EditSuccess = builder.objectRef<DoneEdit>('EditImagesSuccess').implement({
  description: 'The images are changed.',
  fields: (t) => ({
    editId: t.id({
      description: 'Undoes the change when given to undoImageEdit.',
      resolve: ({ edit }) => publicId('DatasetEdit', edit.id),
    }),
    effect: t.field({ type: ImageEditEffectType, description: 'What changed.', resolve: ({ plan }) => plan }),
    dataset: t.field({ type: DatasetType, description: 'The dataset.', resolve: ({ dataset }) => dataset }),
  }),
});

const UndoSuccess = builder.objectRef<{ dataset: typeof DatasetType.$inferType }>('UndoImageEditSuccess').implement({
  description: 'Every image is back where it was.',
  fields: (t) => ({ dataset: t.field({ type: DatasetType, description: 'The dataset.', resolve: ({ dataset }) => dataset }) }),
});

const EveryImageInput = builder.inputType('EveryImageInput', {
  description: 'All images of a filter.',
  fields: (t) => ({
    split: t.field({ type: SplitType, description: 'Only those of this split.' }),
    label: t.string({ description: 'Only those with this label.' }),
  }),
});

const EditByHandInput = builder.inputType('EditByHandInput', {
  description: 'One change for all images that are named.',
  fields: (t) => ({
    imageIds: t.idList({ description: 'The images, 20,000 at most.' }),
    every: t.field({ type: EveryImageInput, description: 'Instead of naming them: all of a filter.' }),
    split: t.field({
      type: SplitType,
      description: 'The split that they get; left out, it stays, or becomes `test` where they become defective.',
    }),
    label: t.string({ description: 'The label that they get; left out, it stays.' }),
    deleted: t.boolean({ description: 'True deletes them, false restores them.' }),
  }),
});

const EditByFractionsInput = builder.inputType('EditByFractionsInput', {
  description: 'Good images by fractions; defective ones go to test.',
  fields: (t) => ({
    train: t.float({ required: true, description: 'Share of train, 0 to 1; the three need not add up to 1.' }),
    validation: t.float({ required: true, description: 'Share of validation, 0 to 1.' }),
    test: t.float({ required: true, description: 'Share of test, 0 to 1.' }),
    seed: t.int({ description: 'Decides which images; 1 when left out.' }),
    fewestMoves: t.boolean({ description: 'Moves as few images as possible, instead of drawing all anew.' }),
  }),
});

const NameRuleInput = builder.inputType('NameRuleInput', {
  description: 'Where images go whose name fits a pattern.',
  fields: (t) => ({
    pattern: t.string({ required: true, description: '`*` stands for anything, `?` for one character: `cam1_*`.' }),
    split: t.field({ type: SplitType, required: true, description: 'Where they go.' }),
  }),
});

const EditImagesInput = builder.inputType('EditImagesInput', {
  description: 'One change of many images; exactly one of the ways is given.',
  fields: (t) => ({
    datasetId: t.id({ required: true, description: 'The dataset.' }),
    byHand: t.field({ type: EditByHandInput, description: 'Images that are named.' }),
    byFractions: t.field({ type: EditByFractionsInput, description: 'Splits by fractions.' }),
    byName: t.field({ type: [NameRuleInput], description: 'Splits by name: the first rule that fits decides.' }),
    apartLeaks: t.boolean({ description: 'Images of known leaks go to the side among theirs that is held out most.' }),
  }),
});

builder.queryField('imageEditPreview', (t) =>
  t.field({
    type: resultOf('PreviewImageEditResult', PreviewSuccess, 'looking at a change'),
    description: 'What a change of many images would do; nothing is changed. For engineers, admins and owners.',
    args: { input: t.arg({ type: EditImagesInput, required: true, description: 'The change.' }) },
    resolve: (_root, { input }, context) => previewEdit(context, input),
  }),
);

builder.mutationFields((t) => ({
  editImages: t.field({
    type: resultOf('EditImagesResult', EditSuccess, 'changing images'),
    description: 'Moves, labels, deletes or restores many images at once; frozen versions keep theirs. For engineers, admins and owners.',
    args: { input: t.arg({ type: EditImagesInput, required: true, description: 'The change.' }) },
    resolve: (_root, { input }, context) => editImages(context, input),
  }),
  undoImageEdit: t.field({
    type: resultOf('UndoImageEditResult', UndoSuccess, 'undoing a change'),
    description: 'Brings every image of a change back, for as many days as deleted things are kept. For engineers, admins and owners.',
    args: { editId: t.arg.id({ required: true, description: 'From the answer of editImages.' }) },
    resolve: async (_root, { editId }, context) => ({ dataset: await undoEdit(context, editId) }),
  }),
}));
