import type { Comment, Prisma } from '@plumbline/prisma';
import type { Context } from '../../context.ts';
import { publicId, rowIdOf } from '../../ids.ts';
import { behind, pageSize, toPage, type Page, type PageRequest } from '../../paging.ts';
import { signedIn, teamsWith } from '../../permissions.ts';
import { NotFound } from '../../problems.ts';

type Query = { include?: Prisma.CommentInclude };

export type ThreadState = 'open' | 'resolved';

/** A comment of one of the person's teams. @throws NotFound */
export async function readComment(context: Context, id: string, query: Query = {}): Promise<Comment> {
  const project = { teamId: { in: teamsWith(context, 'comment.read') } };
  const comment = await context.db.comment.findFirst({ ...query, where: { id: rowIdOf('Comment', id), project } });
  if (!comment) throw new NotFound('Comment');
  return comment;
}

export interface CommentsRequest extends PageRequest {
  readonly state?: ThreadState | null | undefined;
  readonly evaluationId?: string | null | undefined;
  readonly runId?: string | null | undefined;
  readonly reconstructionId?: string | null | undefined;
  readonly authorId?: string | null | undefined;
  readonly mentionsMe?: boolean | null | undefined;
  readonly search?: string | null | undefined;
}

/** A thread is shown as long as anything in it is: its first comment, or a reply to it. */
const shown: Prisma.CommentWhereInput = { parentId: null, OR: [{ deletedAt: null }, { replies: { some: { deletedAt: null } } }] };

/** Threads of a project that the person may see, the newest first. */
export async function listComments(
  context: Context,
  { id: projectId }: { readonly id: string },
  request: CommentsRequest,
  query: Query,
): Promise<Page<Comment>> {
  const me = signedIn(context).userId;
  const { state, evaluationId, runId, reconstructionId, authorId, mentionsMe, search } = request;
  /** In the first comment or in a reply. */
  const somewhere = (said: Prisma.CommentWhereInput): Prisma.CommentWhereInput => ({
    OR: [{ deletedAt: null, ...said }, { replies: { some: { deletedAt: null, ...said } } }],
  });
  const where: Prisma.CommentWhereInput = {
    projectId,
    ...(state ? { resolvedAt: state === 'open' ? null : { not: null } } : {}),
    ...(evaluationId ? { evaluationId: rowIdOf('Evaluation', evaluationId) } : {}),
    ...(runId ? { runId: rowIdOf('TrainingRun', runId) } : {}),
    ...(reconstructionId ? { reconstructionId: rowIdOf('Reconstruction', reconstructionId) } : {}),
    AND: [
      shown,
      ...(authorId ? [somewhere({ authorId: rowIdOf('User', authorId) })] : []),
      ...(mentionsMe ? [somewhere({ mentions: { some: { userId: me } } })] : []),
      ...(search?.trim() ? [somewhere({ body: { contains: search.trim(), mode: 'insensitive' } })] : []),
    ],
  };
  const rows = await context.db.comment.findMany({
    ...query,
    where,
    orderBy: { id: 'desc' },
    take: pageSize(request) + 1,
    ...behind('Comment', request, { projectId }),
  });
  return toPage(
    rows,
    request,
    (comment) => publicId('Comment', comment.id),
    () => context.db.comment.count({ where }),
  );
}

/** How many threads are about one image, by whether they are open. */
export interface CommentedImage {
  readonly imageId: string;
  readonly open: number;
  readonly resolved: number;
}

/** The images that threads of some of a project's evaluations are about. */
export async function listCommentedImages(
  { db }: Context,
  { id: projectId }: { readonly id: string },
  evaluationIds: readonly string[],
): Promise<CommentedImage[]> {
  const threads = await db.comment.findMany({
    where: {
      projectId,
      evaluationId: { in: evaluationIds.map((id) => rowIdOf('Evaluation', id)) },
      reconstructionId: { not: null },
      AND: shown,
    },
    select: { resolvedAt: true, reconstruction: { select: { imageId: true } } },
  });
  const found = new Map<string, { open: number; resolved: number }>();
  for (const { resolvedAt, reconstruction } of threads) {
    if (!reconstruction) continue;
    const counts = found.get(reconstruction.imageId) ?? { open: 0, resolved: 0 };
    counts[resolvedAt ? 'resolved' : 'open']++;
    found.set(reconstruction.imageId, counts);
  }
  return [...found].map(([imageId, counts]) => ({ imageId: publicId('Image', imageId), ...counts }));
}

/** How many threads of a project are open. */
export function countOpenThreads({ db }: Context, { id: projectId }: { readonly id: string }): Promise<number> {
  return db.comment.count({ where: { projectId, resolvedAt: null, AND: shown } });
}
