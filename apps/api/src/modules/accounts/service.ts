import type { Prisma, User } from '@plumbline/prisma';
import { z } from 'zod';
import type { Context, Platform } from '../../context.ts';
import { rowIdOf } from '../../ids.ts';
import { signedIn } from '../../permissions.ts';
import { NotAllowed, NotFound } from '../../problems.ts';
import { nameSchema, parse } from '../../validation.ts';
import { hashPassword, isRightPassword, passwordSchema } from './password.ts';
import { hashOfSecret } from './secrets.ts';
import { openSession, recordRefusal, type Visitor } from './sessionService.ts';

export const emailSchema = z
  .email('Write the e-mail address as name@example.org.')
  .trim()
  .toLowerCase()
  .max(254, 'The e-mail address is too long.');

const firstOwnerSchema = z.object({
  token: z.string().max(200),
  name: nameSchema('person'),
  email: emailSchema,
  password: passwordSchema,
  teamName: nameSchema('team'),
});

/** True until the first owner exists. Anybody may ask. */
export async function needsOwner({ db }: { readonly db: Prisma.TransactionClient }): Promise<boolean> {
  return (await db.user.findFirst({ select: { id: true } })) === null;
}

/** Whether a link with this token would make the first account now. Anybody may ask: only who has the link knows its token. */
export async function isWelcome(platform: Platform, token: string): Promise<boolean> {
  const link = await platform.db.firstOwnerLink.findFirst({
    where: { tokenHash: hashOfSecret(token), usedAt: null },
    select: { tokenHash: true },
  });
  return link !== null && (await needsOwner(platform));
}

/**
 * Makes the first account by the one-time link that the terminal printed, as owner of the team that first start made (renamed as asked).
 * @throws InvalidInput, NotAllowed for a link that is wrong, used or no longer needed
 */
export async function createFirstOwner(platform: Platform, raw: unknown): Promise<User> {
  const input = parse(firstOwnerSchema, raw);
  // Before the slow hash, so that guesses cost nothing.
  if (!(await isWelcome(platform, input.token))) throw unwelcome(!(await needsOwner(platform)));
  const passwordHash = await hashPassword(input.password);
  const tokenHash = hashOfSecret(input.token);
  return platform.db.$transaction(async (tx) => {
    // Two visitors with the same link come one after the other.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('plumbline first owner'))`;
    const used = await tx.firstOwnerLink.updateMany({ where: { tokenHash, usedAt: null }, data: { usedAt: new Date() } });
    const taken = (await tx.user.findFirst({ select: { id: true } })) !== null;
    if (used.count === 0 || taken) throw unwelcome(taken);
    const user = await tx.user.create({ data: { name: input.name, email: input.email, passwordHash } });
    const waiting = await tx.team.findFirst({ where: { members: { none: {} } }, orderBy: { createdAt: 'asc' } });
    const team = waiting
      ? await tx.team.update({ where: { id: waiting.id }, data: { name: input.teamName } })
      : await tx.team.create({ data: { name: input.teamName } });
    await tx.member.create({ data: { teamId: team.id, userId: user.id, role: 'owner' } });
    return user;
  });
}

const unwelcome = (taken: boolean): NotAllowed =>
  new NotAllowed(
    taken
      ? 'The owner account exists already; sign in, or ask its owner for an account.'
      : 'This link is not valid: open the one that the terminal printed at the last start.',
  );

export type SignIn =
  | { readonly kind: 'signed-in'; readonly user: Pick<User, 'id' | 'name' | 'email'>; readonly sessionId: string }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'slowed'; readonly message: string; readonly retryAfterSeconds: number };

export interface Credentials extends Visitor {
  readonly email: string;
  readonly password: string;
}

/** Checks a password and opens a session. An unknown person and a wrong password cannot be told apart, by words or by time. */
export async function signIn({ db, signIns, log }: Platform, credentials: Credentials): Promise<SignIn> {
  const email = credentials.email.trim().toLowerCase();
  const attempt = await signIns.attempt(email, credentials.address, async () => {
    const user = await db.user.findUnique({ where: { email } });
    if (await isRightPassword(user?.passwordHash ?? null, credentials.password)) return user;
    // Not waited for: it would tell by its time that there is such a person.
    if (user)
      void recordRefusal({ db }, user, 'wrong password', credentials).catch((error: unknown) =>
        log.error({ reason: error instanceof Error ? error.message : String(error) }, 'a refused sign-in could not be written down'),
      );
    return null;
  });
  if (attempt.kind === 'slowed') {
    const seconds = Math.ceil(attempt.waitMs / 1000);
    return { kind: 'slowed', message: `Too many attempts; try again in ${seconds} s.`, retryAfterSeconds: seconds };
  }
  const user = attempt.result;
  if (!user) return { kind: 'refused', message: 'The e-mail or the password is wrong.' };
  const session = await db.$transaction((tx) => openSession(tx, user, 'password', credentials));
  return { kind: 'signed-in', user: { id: user.id, name: user.name, email: user.email }, sessionId: session.id };
}

/** The signed-in person, or null. */
export async function readMe<Query extends object>(context: Context, query: Query): Promise<User | null> {
  return context.actor ? context.db.user.findUnique({ ...query, where: { id: context.actor.userId } }) : null;
}

/** A person who shares a team with the one who asks. @throws NotFound */
export async function readUser(context: Context, id: string): Promise<User> {
  const { userId, roles } = signedIn(context);
  const rowId = rowIdOf('User', id);
  const user = await context.db.user.findFirst({
    where: { id: rowId, OR: [{ id: userId }, { members: { some: { teamId: { in: [...roles.keys()] } } } }] },
  });
  if (!user) throw new NotFound('User');
  return user;
}

/** A team that the person belongs to. @throws NotFound */
export async function readTeam(context: Context, id: string) {
  const { roles } = signedIn(context);
  const rowId = rowIdOf('Team', id);
  const team = roles.has(rowId) ? await context.db.team.findUnique({ where: { id: rowId } }) : null;
  if (!team) throw new NotFound('Team');
  return team;
}
