import { notifyChange } from '@plumbline/jobs';
import type { ApiToken } from '@plumbline/prisma';
import { z } from 'zod';
import { recordAudit } from '../../audit.ts';
import type { Context } from '../../context.ts';
import { publicId, rowIdOf } from '../../ids.ts';
import { behind, pageSize, toPage, type Page, type PageRequest } from '../../paging.ts';
import { assertPermission, inPerson } from '../../permissions.ts';
import { InvalidInput, NotFound } from '../../problems.ts';
import { breaksReference, nameSchema, parse } from '../../validation.ts';
import { hashOfSecret, newApiSecret } from './secrets.ts';

/** Of one person in one team, those that live. */
const mostTokens = 50;

const createSchema = z.object({
  teamId: z.string(),
  name: nameSchema('API token', 80),
  scopes: z.array(z.enum(['read', 'write'])).min(1, 'The token has no scope; choose read, or read and write.'),
  expiresAt: z.date().nullish(),
});

/**
 * Makes an ApiToken for one of the person's teams. Its secret is answered here and never again. To write without reading makes no sense, so
 * read comes with write.
 * @throws InvalidInput, NotAllowed, NotFound
 */
export async function createApiToken(context: Context, raw: unknown): Promise<{ apiToken: ApiToken; secret: string }> {
  const actor = inPerson(context);
  const { userId } = actor;
  const input = parse(createSchema, raw);
  const teamId = rowIdOf('Team', input.teamId);
  assertPermission(context, 'apiToken.create', teamId, 'Team');
  const now = new Date();
  if (input.expiresAt && input.expiresAt <= now) throw InvalidInput.at('expiresAt', 'The expiry lies in the past; choose a later day.');
  const living = { userId, teamId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] };
  if ((await context.db.apiToken.count({ where: living })) >= mostTokens)
    throw InvalidInput.at('', `You have ${mostTokens} API tokens in this team already; revoke one that is no longer used.`);
  const secret = newApiSecret();
  try {
    const apiToken = await context.db.$transaction(async (tx) => {
      const made = await tx.apiToken.create({
        data: {
          userId,
          teamId,
          name: input.name,
          scopes: input.scopes.includes('write') ? ['read', 'write'] : ['read'],
          secretHash: hashOfSecret(secret),
          expiresAt: input.expiresAt ?? null,
        },
      });
      const subject = { subject: made.name, subjectId: publicId('ApiToken', made.id) };
      await recordAudit(tx, actor, 'apiToken.create', { teamId, ...subject, detail: made.scopes.join(', ') });
      return made;
    });
    return { apiToken, secret };
  } catch (error) {
    // The membership ended a moment ago.
    if (breaksReference(error)) throw new NotFound('Team');
    throw error;
  }
}

/** Ends one of the person's own API tokens everywhere, within five seconds. @throws NotAllowed, NotFound */
export async function revokeApiToken(context: Context, id: string): Promise<ApiToken> {
  const actor = inPerson(context);
  const { userId } = actor;
  const rowId = rowIdOf('ApiToken', id);
  const apiToken = await context.db.$transaction(async (tx) => {
    const { count } = await tx.apiToken.updateMany({ where: { id: rowId, userId, revokedAt: null }, data: { revokedAt: new Date() } });
    if (count === 0) throw new NotFound('ApiToken');
    await notifyChange(tx, { kind: 'access', userId });
    const revoked = await tx.apiToken.findUniqueOrThrow({ where: { id: rowId } });
    await recordAudit(tx, actor, 'apiToken.revoke', { teamId: revoked.teamId, subject: revoked.name, subjectId: id });
    return revoked;
  });
  context.sessions.forgetPerson(userId);
  return apiToken;
}

/** The person's own API tokens, newest first, without those that were revoked. To anybody else, and to a token, there are none. */
export async function listApiTokens(
  { db, actor }: Context,
  user: { readonly id: string },
  request: PageRequest,
  query: object,
): Promise<Page<ApiToken>> {
  const own = actor?.credential.kind === 'session' && actor.userId === user.id;
  const where = { userId: { in: own ? [user.id] : [] }, revokedAt: null };
  const rows = await db.apiToken.findMany({
    ...query,
    where,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: pageSize(request) + 1,
    ...behind('ApiToken', request, { userId: user.id }),
  });
  return toPage(
    rows,
    request,
    (token) => publicId('ApiToken', token.id),
    () => db.apiToken.count({ where }),
  );
}
