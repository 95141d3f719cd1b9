import { notifyChange } from '@plumbline/jobs';
import type { User } from '@plumbline/prisma';
import { z } from 'zod';
import { recordAudit } from '../../audit.ts';
import type { Context } from '../../context.ts';
import { publicId } from '../../ids.ts';
import { inPerson } from '../../permissions.ts';
import { InvalidInput, NotAllowed } from '../../problems.ts';
import { parse } from '../../validation.ts';
import { hashPassword, isRightPassword, passwordSchema } from './password.ts';

const changeSchema = z.object({ current: z.string().max(200).nullish(), password: passwordSchema });

/** Who has no password proves who they are by a sign-in as young as this. */
const freshMs = 10 * 60_000;

/**
 * Changes the person's password and ends their other sign-ins; guesses at the present one are slowed like sign-ins. Who has none, since they sign
 * in by an Identity, sets one soon after signing in: a page left open is not enough.
 * @throws InvalidInput, NotAllowed
 */
export async function changePassword(context: Context, raw: unknown): Promise<string> {
  const actor = inPerson(context);
  const input = parse(changeSchema, raw);
  const { userId, credential } = actor;
  const user = await context.db.user.findUniqueOrThrow({ where: { id: userId } });
  if (user.passwordHash === null) await assertFresh(context, credential.id);
  else await assertKnows(context, user, input.current ?? '');
  const passwordHash = await hashPassword(input.password);
  await context.db.$transaction(async (tx) => {
    // Of two changes at once the second finds another password than it was asked about.
    const { count } = await tx.user.updateMany({ where: { id: userId, passwordHash: user.passwordHash }, data: { passwordHash } });
    if (count === 0) throw InvalidInput.at('current', 'The password was changed meanwhile; type the new one.');
    await tx.session.updateMany({ where: { userId, revokedAt: null, id: { not: credential.id } }, data: { revokedAt: new Date() } });
    await recordAudit(tx, actor, 'password.change', { teamId: null });
    await notifyChange(tx, { kind: 'access', userId });
  });
  context.sessions.forgetPerson(userId);
  return publicId('User', userId);
}

/** @throws NotAllowed */
async function assertFresh({ db }: Context, sessionId: string): Promise<void> {
  const { createdAt } = await db.session.findUniqueOrThrow({ where: { id: sessionId } });
  if (Date.now() - createdAt.getTime() > freshMs)
    throw new NotAllowed('You signed in more than ten minutes ago; sign out and in again, then set a password.');
}

/** @throws InvalidInput, NotAllowed */
async function assertKnows({ signIns }: Context, user: User, current: string): Promise<void> {
  const attempt = await signIns.attempt(user.email, null, async () => ((await isRightPassword(user.passwordHash, current)) ? true : null));
  if (attempt.kind === 'slowed') throw new NotAllowed(`Too many attempts; try again in ${Math.ceil(attempt.waitMs / 1000)} s.`);
  if (!attempt.result) throw InvalidInput.at('current', 'This is not your present password.');
}
