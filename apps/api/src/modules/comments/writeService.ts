import { notifyChange } from '@plumbline/jobs';
import type { Comment, Prisma } from '@plumbline/prisma';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { rowIdOf } from '../../ids.ts';
import { assertPermission, signedIn, teamsWith } from '../../permissions.ts';
import { InvalidInput, NotAllowed, NotFound } from '../../problems.ts';
import { parse } from '../../validation.ts';
import { readEvaluation, readReconstruction } from '../evaluations/service.ts';
import { readRun } from '../training/service.ts';
import { tellMentioned } from './mentions.ts';
import { readComment } from './service.ts';

type Tx = Prisma.TransactionClient;

const share = (what: string) =>
  z
    .number(`${what} is not a number.`)
    .min(0, `${what} is below 0; give a share of the image.`)
    .max(1, `${what} is above 1; give a share of the image.`);
const regionSchema = z
  .object({ x: share('x'), y: share('y'), width: share('width'), height: share('height') })
  .refine(
    ({ x, y, width, height }) => x + width <= 1 + 1e-9 && y + height <= 1 + 1e-9,
    'The region reaches beyond the image; make it smaller.',
  );
const bodySchema = z.string().trim().min(1, 'Write something.').max(5000, 'The comment is longer than 5,000 characters; shorten it.');
const mentionsSchema = z.array(z.string()).max(50, 'At most 50 people can be mentioned.').nullish();

const addSchema = z.object({
  evaluationId: z.string().nullish(),
  runId: z.string().nullish(),
  reconstructionId: z.string().nullish(),
  parentId: z.string().nullish(),
  region: regionSchema.nullish(),
  view: z.string().max(4000, 'The view is longer than 4,000 characters; comment from the page itself.').nullish(),
  body: bodySchema,
  mentions: mentionsSchema,
});
const editSchema = z.object({ id: z.string(), body: bodySchema, mentions: mentionsSchema });

/** Where a comment stands; a reply stands where its thread does. */
type Place = Pick<Comment, 'projectId' | 'evaluationId' | 'runId' | 'reconstructionId' | 'parentId' | 'x' | 'y' | 'width' | 'height'>;

/** Says something of an evaluation, an image of one, a place on it, or a run; or answers in a thread. @throws InvalidInput, NotAllowed, NotFound */
export async function addComment(context: Context, raw: unknown): Promise<Comment> {
  const actor = signedIn(context);
  const input = parse(addSchema, raw);
  const place = await placeOf(context, input);
  const teamId = await assertInProject(context, 'comment.write', place.projectId);
  const mentions = await membersOf(context, teamId, input.mentions ?? []);
  return changing(context, place.projectId, async (tx) => {
    const created = await tx.comment.create({
      data: {
        ...place,
        view: input.view ?? '',
        body: input.body,
        authorId: actor.userId,
        mentions: { create: mentions.map((userId) => ({ userId })) },
      },
    });
    // An answer to what counted as settled opens it again.
    if (place.parentId) await tx.comment.update({ where: { id: place.parentId }, data: { resolvedAt: null, resolvedById: null } });
    await tellMentioned(tx, created, teamId, mentions);
    return created;
  });
}

/** Other words for one's own comment. @throws InvalidInput, NotAllowed, NotFound */
export async function editComment(context: Context, raw: unknown): Promise<Comment> {
  const actor = signedIn(context);
  const { id, body, mentions } = parse(editSchema, raw);
  const comment = await readComment(context, id);
  const teamId = await assertInProject(context, 'comment.write', comment.projectId);
  if (comment.authorId !== actor.userId)
    throw new NotAllowed('Only who wrote a comment can change its words; answer in its thread instead.');
  if (comment.deletedAt) throw InvalidInput.at('id', 'The comment is deleted; restore it before changing it.');
  const people = await membersOf(context, teamId, mentions ?? []);
  return changing(context, comment.projectId, async (tx) => {
    const changed = await tx.comment.update({
      where: { id: comment.id },
      data: { body, editedAt: new Date(), mentions: { deleteMany: {}, create: people.map((userId) => ({ userId })) } },
    });
    await tellMentioned(tx, changed, teamId, people);
    return changed;
  });
}

/** Settles a thread, or opens it again. @throws InvalidInput for a reply, NotAllowed, NotFound */
export async function resolveThread(context: Context, id: string, resolved: boolean): Promise<Comment> {
  const actor = signedIn(context);
  const comment = await readComment(context, id);
  await assertInProject(context, 'comment.write', comment.projectId);
  if (comment.parentId) throw InvalidInput.at('id', 'This is a reply; resolve the first comment of its thread.');
  return changing(context, comment.projectId, (tx) =>
    tx.comment.update({
      where: { id: comment.id },
      data: resolved ? { resolvedAt: new Date(), resolvedById: actor.userId } : { resolvedAt: null, resolvedById: null },
    }),
  );
}

/** Deletes a comment: one's own, as an admin anybody's. @throws NotAllowed, NotFound */
export async function deleteComment(context: Context, id: string): Promise<Comment> {
  const actor = signedIn(context);
  const comment = await readComment(context, id);
  await assertInProject(context, comment.authorId === actor.userId ? 'comment.write' : 'comment.moderate', comment.projectId);
  // Who deleted it first decides who may bring it back.
  if (comment.deletedAt) return comment;
  return changing(context, comment.projectId, (tx) =>
    tx.comment.update({ where: { id: comment.id }, data: { deletedAt: new Date(), deletedById: actor.userId } }),
  );
}

/** Takes back a deletion: one's own, as an admin anybody's. @throws NotAllowed, NotFound */
export async function restoreComment(context: Context, id: string): Promise<Comment> {
  const actor = signedIn(context);
  const comment = await readComment(context, id);
  // What an admin took away its author does not put back.
  const own = (comment.deletedById ?? comment.authorId) === actor.userId;
  await assertInProject(context, own ? 'comment.write' : 'comment.moderate', comment.projectId);
  return changing(context, comment.projectId, (tx) =>
    tx.comment.update({ where: { id: comment.id }, data: { deletedAt: null, deletedById: null } }),
  );
}

/** Whether the person may delete and restore it. */
export function mayDelete(context: Context, comment: Pick<Comment, 'authorId'>, teamId: string): boolean {
  const own = comment.authorId === signedIn(context).userId;
  return teamsWith(context, own ? 'comment.write' : 'comment.moderate').includes(teamId);
}

async function placeOf(context: Context, input: z.output<typeof addSchema>): Promise<Place> {
  const nowhere = { x: null, y: null, width: null, height: null, parentId: null, evaluationId: null, runId: null, reconstructionId: null };
  if (input.parentId) {
    const parent = await readComment(context, input.parentId);
    if (parent.parentId) throw InvalidInput.at('parentId', 'This is a reply; answer the first comment of its thread.');
    const { projectId, evaluationId, runId, reconstructionId } = parent;
    return { ...nowhere, projectId, evaluationId, runId, reconstructionId, parentId: parent.id };
  }
  if ([input.runId, input.evaluationId ?? input.reconstructionId].filter((id) => id !== null && id !== undefined).length !== 1)
    throw InvalidInput.at('', 'Give either the run or the evaluation (or an image of it) that the comment is about.');
  if (input.runId) {
    if (input.region) throw InvalidInput.at('region', 'A comment on a run has no place on an image; leave the region out.');
    const run = await readRun(context, input.runId);
    return { ...nowhere, projectId: run.projectId, runId: run.id };
  }
  if (!input.reconstructionId) {
    if (input.region) throw InvalidInput.at('region', 'Say which image the region lies on.');
    const evaluation = await readEvaluation(context, input.evaluationId ?? '');
    return { ...nowhere, projectId: await projectOf(context, evaluation.id), evaluationId: evaluation.id };
  }
  const { id, evaluationId } = await readReconstruction(context, input.reconstructionId);
  if (input.evaluationId && rowIdOf('Evaluation', input.evaluationId) !== evaluationId)
    throw InvalidInput.at('reconstructionId', 'The image is none of this evaluation; leave the evaluation out.');
  return { ...nowhere, ...input.region, projectId: await projectOf(context, evaluationId), evaluationId, reconstructionId: id };
}

async function projectOf({ db }: Context, evaluationId: string): Promise<string> {
  const { checkpoint } = await db.evaluation.findUniqueOrThrow({
    where: { id: evaluationId },
    select: { checkpoint: { select: { run: { select: { projectId: true } } } } },
  });
  return checkpoint.run.projectId;
}

/** @returns the project's team */
async function assertInProject(context: Context, permission: 'comment.write' | 'comment.moderate', projectId: string): Promise<string> {
  const project = await context.db.project.findUnique({ where: { id: projectId } });
  if (!project) throw new NotFound('Project');
  assertPermission(context, permission, project.teamId, 'Comment');
  return project.teamId;
}

/** Row ids of people of the team. @throws InvalidInput for somebody who is no member */
async function membersOf({ db }: Context, teamId: string, ids: readonly string[]): Promise<string[]> {
  const userIds = [...new Set(ids.map((id) => rowIdOf('User', id)))];
  if (userIds.length === 0) return [];
  const found = await db.member.count({ where: { teamId, userId: { in: userIds } } });
  if (found < userIds.length) throw InvalidInput.at('mentions', 'Somebody mentioned is no member of the team; take them out.');
  return userIds;
}

/** Changes comments, and tells who looks when that is done. */
function changing(context: Context, projectId: string, work: (tx: Tx) => Promise<Comment>): Promise<Comment> {
  return context.db.$transaction(async (tx) => {
    const changed = await work(tx);
    await notifyChange(tx, { kind: 'comment', id: changed.parentId ?? changed.id, projectId });
    return changed;
  });
}
