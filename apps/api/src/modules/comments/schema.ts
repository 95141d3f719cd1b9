import { builder } from '../../builder.ts';
import { connectionOf, pageArgs, pageComplexity, relationsOf } from '../../graphql/connections.ts';
import { UserType } from '../accounts/schema.ts';
import { EvaluationType, ReconstructionType } from '../evaluations/schema.ts';
import { ProjectType } from '../projects/schema.ts';
import { TrainingRunType } from '../training/schema.ts';
import { countOpenThreads, listCommentedImages, listComments, type CommentedImage, type ThreadState } from './service.ts';
import { mayDelete } from './writeService.ts';

interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const RegionType = builder.objectRef<Region>('CommentRegion').implement({
  description: 'A place on an image, as shares of its width and height; a point has no width and height.',
  fields: (t) => ({
    x: t.exposeFloat('x', { description: 'Its left edge.' }),
    y: t.exposeFloat('y', { description: 'Its upper edge.' }),
    width: t.exposeFloat('width', { description: 'How wide it is.' }),
    height: t.exposeFloat('height', { description: 'How high it is.' }),
  }),
});

/** The team decides who may delete; it comes with the row. */
const withTeam = { project: { select: { teamId: true } } } as const;

export const CommentType = builder.prismaNode('Comment', {
  id: { field: 'id' },
  description: 'What a person says of an evaluation, of one of its images, of a place on it, or of a training run.',
  fields: (t) => ({
    body: t.string({
      description: "The words; '' while it is deleted.",
      resolve: ({ body, deletedAt }) => (deletedAt ? '' : body),
    }),
    author: t.relation('author', { type: UserType, nullable: true, description: 'Who wrote it; null for a person who left.' }),
    mentions: t.field({
      type: [UserType],
      description: 'People whom it speaks to.',
      select: (_args, _context, nested) => ({ mentions: { select: { user: nested(true) } } }),
      resolve: ({ mentions }) => mentions.map(({ user }) => user),
    }),
    evaluation: t.relation('evaluation', {
      type: EvaluationType,
      nullable: true,
      description: 'The evaluation that it is about; null for one on a run.',
    }),
    reconstruction: t.relation('reconstruction', {
      type: ReconstructionType,
      nullable: true,
      description: 'The image of the evaluation; null for one on the evaluation as a whole, or on a run.',
    }),
    run: t.relation('run', {
      type: TrainingRunType,
      nullable: true,
      description: 'The run that it is about; null for one on an evaluation.',
    }),
    region: t.field({
      type: RegionType,
      nullable: true,
      description: 'The place on the image; null for the image as a whole.',
      resolve: ({ x, y, width, height }) =>
        x === null || y === null || width === null || height === null ? null : { x, y, width, height },
    }),
    view: t.exposeString('view', { description: 'What its author saw: the address of the page behind the `?`.' }),
    replies: t.relation('replies', {
      description: 'Answers, the oldest first; none for a reply.',
      query: { where: { deletedAt: null }, orderBy: { id: 'asc' } },
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was written.' }),
    editedAt: t.expose('editedAt', { type: 'DateTime', nullable: true, description: 'When its words were changed last.' }),
    resolvedAt: t.expose('resolvedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its thread was settled; null while it is open.',
    }),
    resolvedBy: t.relation('resolvedBy', { type: UserType, nullable: true, description: 'Who settled its thread.' }),
    deletedAt: t.expose('deletedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was deleted; it stays in its thread while that has replies.',
    }),
    mine: t.boolean({
      description: 'Whether you wrote it, and may change its words.',
      resolve: ({ authorId }, _args, { actor }) => authorId !== null && authorId === actor?.userId,
    }),
    deletable: t.boolean({
      description: 'Whether you may delete it: your own, and as an admin anybody’s.',
      select: withTeam,
      resolve: (comment, _args, context) => mayDelete(context, comment, comment.project.teamId),
    }),
  }),
});

const ThreadStateType = builder.enumType('ThreadState', {
  description: 'Whether a thread of comments is settled.',
  values: { open: { description: 'Nobody settled it yet.' }, resolved: { description: 'Somebody settled it.' } } satisfies Record<
    ThreadState,
    object
  >,
});

const CommentedImageType = builder.objectRef<CommentedImage>('CommentedImage').implement({
  description: 'An image that people wrote about, whichever evaluation they saw it in.',
  fields: (t) => ({
    imageId: t.exposeID('imageId', { description: 'Of the Image.' }),
    open: t.exposeInt('open', { description: 'Open threads.' }),
    resolved: t.exposeInt('resolved', { description: 'Threads that somebody settled.' }),
  }),
});

const CommentsConnection = connectionOf('ProjectCommentsConnection', CommentType, 'comments');

builder.prismaObjectFields(ProjectType, (t) => ({
  comments: t.field({
    type: CommentsConnection,
    description: 'First comments of its threads, the newest first.',
    complexity: pageComplexity,
    args: {
      first: t.arg.int({ description: pageArgs.first }),
      after: t.arg.string({ description: pageArgs.after }),
      state: t.arg({ type: ThreadStateType, description: 'Only open or only resolved threads.' }),
      evaluationId: t.arg.id({ description: 'Only those of this evaluation and its images.' }),
      runId: t.arg.id({ description: 'Only those of this run.' }),
      reconstructionId: t.arg.id({ description: 'Only those of this image of an evaluation.' }),
      authorId: t.arg.id({ description: 'Only threads in which this person wrote.' }),
      mentionsMe: t.arg.boolean({ description: 'Only threads that mention you.' }),
      search: t.arg.string({ description: 'Only threads with these words.' }),
    },
    resolve: (project, args, context, info) =>
      listComments(context, project, args, relationsOf(context, info, 'Comment', ['edges', 'node'])),
  }),
  commentedImages: t.field({
    type: [CommentedImageType],
    description: 'Images that threads of these evaluations are about.',
    args: { evaluationIds: t.arg.idList({ required: true, description: 'Of this project; others are passed over.' }) },
    resolve: (project, { evaluationIds }, context) => listCommentedImages(context, project, evaluationIds),
  }),
  openThreadCount: t.int({
    description: 'How many threads of comments are open.',
    resolve: (project, _args, context) => countOpenThreads(context, project),
  }),
}));
