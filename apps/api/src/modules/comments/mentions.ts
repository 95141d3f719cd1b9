import { addNotification } from '@plumbline/jobs';
import type { Comment, Prisma } from '@plumbline/prisma';
import { publicId } from '../../ids.ts';

/** Characters of a comment that the bell shows. */
const mostWords = 120;

type Thread = Pick<Comment, 'id' | 'projectId' | 'evaluationId' | 'runId' | 'reconstructionId' | 'view'>;

/** Path of the page that shows what the author of a thread saw, with the thread chosen. */
export function threadLink({ id, projectId, evaluationId, runId, reconstructionId, view }: Thread): string {
  const params = new URLSearchParams(view);
  if (reconstructionId && !params.has('image')) params.set('image', publicId('Reconstruction', reconstructionId));
  params.set('comment', publicId('Comment', id));
  const ofOne = runId ? `runs/${publicId('TrainingRun', runId)}` : `evaluations/${publicId('Evaluation', evaluationId ?? '')}`;
  const page = !runId && params.has('evaluations') ? 'compare/images' : ofOne;
  return `/projects/${publicId('Project', projectId)}/${page}?${params.toString()}`;
}

/** Tells those whom a comment mentions, each once for the comment, and never its author. In the transaction that writes it. */
export async function tellMentioned(
  tx: Prisma.TransactionClient,
  comment: Comment,
  teamId: string,
  userIds: readonly string[],
): Promise<void> {
  const { authorId } = comment;
  const others = userIds.filter((userId) => userId !== authorId);
  if (authorId === null || others.length === 0) return;
  const [{ name }, { name: project }, thread] = await Promise.all([
    tx.user.findUniqueOrThrow({ where: { id: authorId }, select: { name: true } }),
    tx.project.findUniqueOrThrow({ where: { id: comment.projectId }, select: { name: true } }),
    comment.parentId ? tx.comment.findUniqueOrThrow({ where: { id: comment.parentId } }) : comment,
  ]);
  const said = comment.body.replace(/\s+/g, ' ');
  const words = said.length <= mostWords ? said : `${said.slice(0, mostWords - 1)}…`;
  for (const userId of others)
    await addNotification(tx, {
      ...{ userId, teamId, kind: 'comment.mention', payload: { name, project, words } },
      link: threadLink(thread),
      occasion: `mention ${comment.id}`,
    });
}
