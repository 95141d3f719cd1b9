import { builder } from '../../builder.ts';
import { resultOf } from '../../graphql/results.ts';
import { CommentType } from './schema.ts';
import { addComment, deleteComment, editComment, resolveThread, restoreComment } from './writeService.ts';

interface Commented {
  readonly comment: typeof CommentType.$inferType;
}

const success = (name: string, description: string) =>
  builder.objectRef<Commented>(name).implement({
    description,
    fields: (t) => ({ comment: t.field({ type: CommentType, description: 'The comment.', resolve: ({ comment }) => comment }) }),
  });

const RegionInput = builder.inputType('CommentRegionInput', {
  description: 'A place on an image, as shares of its width and height; a point has no width and height.',
  fields: (t) => ({
    x: t.float({ required: true, description: 'Its left edge.' }),
    y: t.float({ required: true, description: 'Its upper edge.' }),
    width: t.float({ required: true, description: 'How wide it is.' }),
    height: t.float({ required: true, description: 'How high it is.' }),
  }),
});

const AddCommentInput = builder.inputType('AddCommentInput', {
  description: 'A comment to be made: on a run, on an evaluation, on an image of one, or in a thread.',
  fields: (t) => ({
    runId: t.id({ description: 'The run that it is about.' }),
    evaluationId: t.id({ description: 'The evaluation that it is about; may be left out where an image is given.' }),
    reconstructionId: t.id({ description: 'The image of the evaluation.' }),
    region: t.field({ type: RegionInput, description: 'The place on the image; all of it when left out.' }),
    parentId: t.id({ description: 'Instead of all these: the first comment of the thread that it answers.' }),
    view: t.string({ description: 'What you see: the address of the page behind the `?`.' }),
    body: t.string({ required: true, description: 'The words, 5,000 characters at most.' }),
    mentions: t.idList({ description: 'People of the team whom it speaks to.' }),
  }),
});

const EditCommentInput = builder.inputType('EditCommentInput', {
  description: 'Other words for a comment.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Id of the comment.' }),
    body: t.string({ required: true, description: 'The words, 5,000 characters at most.' }),
    mentions: t.idList({ description: 'People of the team whom it speaks to now.' }),
  }),
});

builder.mutationFields((t) => ({
  addComment: t.field({
    type: resultOf('AddCommentResult', success('AddCommentSuccess', 'The comment is there.'), 'making a comment'),
    description: 'Makes a comment, or answers in a thread, which opens it again; for engineers, admins and owners.',
    args: { input: t.arg({ type: AddCommentInput, required: true, description: 'The comment.' }) },
    resolve: async (_root, { input }, context) => ({ comment: await addComment(context, input) }),
  }),
  editComment: t.field({
    type: resultOf('EditCommentResult', success('EditCommentSuccess', 'The comment has its new words.'), 'changing a comment'),
    description: 'Changes the words of your own comment.',
    args: { input: t.arg({ type: EditCommentInput, required: true, description: 'The words.' }) },
    resolve: async (_root, { input }, context) => ({ comment: await editComment(context, input) }),
  }),
  resolveThread: t.field({
    type: resultOf('ResolveThreadResult', success('ResolveThreadSuccess', 'The thread is as it was asked.'), 'settling a thread'),
    description: 'Settles a thread of comments, or opens it again; for engineers, admins and owners.',
    args: {
      id: t.arg.id({ required: true, description: 'Id of its first comment.' }),
      resolved: t.arg.boolean({ required: true, description: 'False opens it again.' }),
    },
    resolve: async (_root, { id, resolved }, context) => ({ comment: await resolveThread(context, id, resolved) }),
  }),
  deleteComment: t.field({
    type: resultOf(
      'DeleteCommentResult',
      success('DeleteCommentSuccess', 'The comment is deleted; it can be restored.'),
      'deleting a comment',
    ),
    description: 'Deletes your own comment; admins and owners delete anybody’s.',
    args: { id: t.arg.id({ required: true, description: 'Id of the comment.' }) },
    resolve: async (_root, { id }, context) => ({ comment: await deleteComment(context, id) }),
  }),
  restoreComment: t.field({
    type: resultOf('RestoreCommentResult', success('RestoreCommentSuccess', 'The comment is back.'), 'restoring a comment'),
    description: 'Takes back the deletion of a comment; your own, as an admin anybody’s.',
    args: { id: t.arg.id({ required: true, description: 'Id of the comment.' }) },
    resolve: async (_root, { id }, context) => ({ comment: await restoreComment(context, id) }),
  }),
}));
