import type { Prisma, ShareLink } from '@plumbline/prisma';
import { z } from 'zod';
import { recordAudit } from '../../audit.ts';
import type { Context, Platform } from '../../context.ts';
import { publicId, rowIdOf } from '../../ids.ts';
import { behind, pageSize, toPage, type Page, type PageRequest } from '../../paging.ts';
import { assertPermission, inPerson } from '../../permissions.ts';
import { InvalidInput, NotFound } from '../../problems.ts';
import { parse } from '../../validation.ts';
import { hashOfSecret, newSecret } from '../accounts/secrets.ts';
import { ownComparison } from './service.ts';

const dayMs = 24 * 3600 * 1000;
/** Of one comparison, those that live. */
const mostLinks = 50;
const usualDays = 30;
/** How often the last use is written down. */
const usedEveryMs = 60_000;

const createSchema = z.object({
  comparisonId: z.string(),
  days: z
    .number()
    .int()
    .min(1, 'The link lives less than a day; take 1 to 365 days.')
    .max(365, 'The link lives more than a year; take 1 to 365 days.')
    .nullish(),
});

const alive = () => ({ revokedAt: null, expiresAt: { gt: new Date() } });

/** Makes a link that shows a comparison without an account; its secret is answered here and never again. @throws InvalidInput, NotAllowed, NotFound */
export async function createShareLink(context: Context, raw: unknown): Promise<{ shareLink: ShareLink; secret: string }> {
  const actor = inPerson(context);
  const { comparisonId, days: asked } = parse(createSchema, raw);
  const days = asked ?? usualDays;
  const comparison = await ownComparison(context, comparisonId, 'shareLink.manage');
  const secret = newSecret();
  const shareLink = await context.db.$transaction(async (tx) => {
    await tx.$queryRaw`select 1 as held from "Comparison" where "id" = ${comparison.id}::uuid for update`;
    if ((await tx.shareLink.count({ where: { comparisonId: comparison.id, ...alive() } })) >= mostLinks)
      throw InvalidInput.at('', `${mostLinks} links of this comparison live already; revoke those that are no longer needed.`);
    const expiresAt = new Date(Date.now() + days * dayMs);
    const made = await tx.shareLink.create({
      data: { comparisonId: comparison.id, secretHash: hashOfSecret(secret), createdById: actor.userId, expiresAt },
    });
    await recordAudit(tx, actor, 'shareLink.create', {
      teamId: comparison.project.teamId,
      subject: comparison.name,
      subjectId: publicId('ShareLink', made.id),
      detail: `for ${days} ${days === 1 ? 'day' : 'days'}`,
    });
    return made;
  });
  return { shareLink, secret };
}

/** Ends a link at once. @throws NotAllowed, NotFound */
export async function revokeShareLink(context: Context, id: string): Promise<string> {
  const actor = inPerson(context);
  const rowId = rowIdOf('ShareLink', id);
  const found = await context.db.shareLink.findUnique({ where: { id: rowId }, include: { comparison: { include: { project: true } } } });
  if (!found) throw new NotFound('ShareLink');
  const { name, project } = found.comparison;
  assertPermission(context, 'shareLink.manage', project.teamId, 'ShareLink');
  await context.db.$transaction(async (tx) => {
    const { count } = await tx.shareLink.updateMany({ where: { id: rowId, revokedAt: null }, data: { revokedAt: new Date() } });
    if (count === 0) throw new NotFound('ShareLink');
    await recordAudit(tx, actor, 'shareLink.revoke', { teamId: project.teamId, subject: name, subjectId: id });
  });
  return id;
}

/** Links of a comparison that live, newest first. @throws NotAllowed */
export async function listShareLinks(
  context: Context,
  comparison: { readonly id: string; readonly project: { readonly teamId: string } },
  request: PageRequest,
  query: { include?: Prisma.ShareLinkInclude },
): Promise<Page<ShareLink>> {
  assertPermission(context, 'shareLink.read', comparison.project.teamId, 'Comparison');
  const where = { comparisonId: comparison.id, ...alive() };
  const rows = await context.db.shareLink.findMany({
    ...query,
    where,
    orderBy: { id: 'desc' },
    take: pageSize(request) + 1,
    ...behind('ShareLink', request, { comparisonId: comparison.id }),
  });
  return toPage(
    rows,
    request,
    ({ id }) => publicId('ShareLink', id),
    () => context.db.shareLink.count({ where }),
  );
}

/** What a link shows: the comparison's name and view, its evaluations, and nothing of the team. */
export interface SharedComparison {
  readonly linkId: string;
  readonly name: string;
  readonly view: Prisma.JsonValue;
  readonly updatedAt: Date;
  readonly expiresAt: Date;
  /** Row ids, in order. */
  readonly evaluationIds: readonly string[];
}

/**
 * The comparison that the link with this secret shows, or null where the link is not valid. Anybody may ask: only who has the link knows its
 * secret. Nothing is remembered between two questions, so a link ends in the moment in which it is revoked.
 * @throws TooManyQuestions
 */
export async function readSharedComparison({ db, shares }: Platform, secret: string): Promise<SharedComparison | null> {
  const secretHash = hashOfSecret(secret.slice(0, 200));
  shares.ask(secretHash);
  const link = await db.shareLink.findFirst({
    where: { secretHash, ...alive(), comparison: { deletedAt: null } },
    include: { comparison: { include: { evaluations: { orderBy: { position: 'asc' }, select: { evaluationId: true } } } } },
  });
  if (!link) {
    shares.missed();
    return null;
  }
  const { comparison, expiresAt, lastUsedAt } = link;
  if (!lastUsedAt || Date.now() - lastUsedAt.getTime() > usedEveryMs)
    await db.shareLink.updateMany({ where: { id: link.id }, data: { lastUsedAt: new Date() } });
  const evaluationIds = comparison.evaluations.map(({ evaluationId }) => evaluationId);
  return { linkId: link.id, name: comparison.name, view: comparison.view, updatedAt: comparison.updatedAt, expiresAt, evaluationIds };
}
