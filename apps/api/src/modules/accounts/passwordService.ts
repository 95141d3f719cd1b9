import { notifyChange } from '@plumbline/jobs';
import { z } from 'zod';
import { recordAudit } from '../../audit.ts';
import type { Context } from '../../context.ts';
import { publicId } from '../../ids.ts';
import { inPerson } from '../../permissions.ts';
import { InvalidInput, NotAllowed } from '../../problems.ts';
import { parse } from '../../validation.ts';
import { hashPassword, isRightPassword, passwordSchema } from './password.ts';

const changeSchema = z.object({ current: z.string().max(200), password: passwordSchema });

/**
 * Changes the person's password and ends their other sign-ins; guesses at the present one are slowed like sign-ins.
 * @throws InvalidInput, NotAllowed
 */
export async function changePassword(context: Context, raw: unknown): Promise<string> {
  const actor = inPerson(context);
  const input = parse(changeSchema, raw);
  const { userId, credential } = actor;
  const user = await context.db.user.findUniqueOrThrow({ where: { id: userId } });
  const attempt = await context.signIns.attempt(user.email, null, async () =>
    (await isRightPassword(user.passwordHash, input.current)) ? true : null,
  );
  if (attempt.kind === 'slowed') throw new NotAllowed(`Too many attempts; try again in ${Math.ceil(attempt.waitMs / 1000)} s.`);
  if (!attempt.result) throw InvalidInput.at('current', 'This is not your present password.');
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
