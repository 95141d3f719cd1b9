import type { Prisma, User } from '@plumbline/prisma';
import { z } from 'zod';
import { recordAudit } from '../../audit.ts';
import type { Context, Platform } from '../../context.ts';
import { publicId, rowIdOf } from '../../ids.ts';
import { inPerson } from '../../permissions.ts';
import { InvalidInput, NotAllowed, NotFound } from '../../problems.ts';
import { isDuplicate, nameSchema } from '../../validation.ts';
import { takeInvitation, waiting } from './invitationService.ts';
import { emailSchema, needsOwner } from './service.ts';
import { openSession, recordRefusal, type Visitor } from './sessionService.ts';

type Tx = Prisma.TransactionClient;

/** What an OIDC provider says of a person; our web server has checked that it is the provider who says it. */
export const claimsSchema = z.object({
  issuer: z.url().max(500),
  subject: z.string().min(1).max(255),
  email: z.string().max(254).nullable(),
  emailVerified: z.boolean(),
  name: z.string().max(500).nullable(),
});
export type Claims = z.infer<typeof claimsSchema>;

/**
 * Why not: the e-mail is `unverified` · `unknown`: neither account, nor invitation, nor rule · `another` person of that provider
 * has the account · the `invitation` is for somebody else, or no longer valid · `noOwner`: the first account is made by the one-time link
 */
export type Refusal = 'unverified' | 'unknown' | 'another' | 'invitation' | 'noOwner';
export type IdentitySignIn =
  | { readonly kind: 'signed-in'; readonly user: Pick<User, 'id' | 'name' | 'email'>; readonly sessionId: string }
  | { readonly kind: 'refused'; readonly reason: Refusal };

class Refused extends Error {
  readonly reason: Refusal;
  /** Whose account was asked for, where that is to be written down. */
  readonly user: User | null;

  constructor(reason: Refusal, user: User | null = null) {
    super(reason);
    this.reason = reason;
    this.user = user;
  }
}

/**
 * Signs a person in by what an OIDC provider says. Who was here before is known by issuer and subject; who was not, by a verified e-mail alone,
 * which links their account, or makes one where an invitation or the rule allows it.
 * @param ticket of an invitation to take at once
 */
export async function signInByIdentity(
  platform: Platform,
  claims: Claims,
  ticket: string | null,
  visitor: Visitor,
): Promise<IdentitySignIn> {
  const enter = () =>
    platform.db.$transaction(async (tx) => {
      const user = await personOf(platform, tx, claims, ticket);
      const { id } = await openSession(tx, user, claims.issuer, visitor);
      return { kind: 'signed-in', user: { id: user.id, name: user.name, email: user.email }, sessionId: id } as const;
    });
  try {
    // Of two first sign-ins at once, the second finds what the first has made.
    const entered = await enter().catch((error: unknown) => (isDuplicate(error) ? enter() : Promise.reject(error)));
    platform.sessions.forgetPerson(entered.user.id);
    return entered;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { reason, user } = error;
    if (user) await recordRefusal(platform, user, `by another person of ${claims.issuer}`, visitor);
    return { kind: 'refused', reason };
  }
}

async function personOf(platform: Platform, tx: Tx, claims: Claims, ticket: string | null): Promise<User> {
  const { issuer, subject } = claims;
  const invitationId = ticket === null ? null : await platform.tickets.read(ticket);
  if (ticket !== null && invitationId === null) throw new Refused('invitation');
  const known = await tx.identity.findUnique({ where: { issuer_subject: { issuer, subject } }, include: { user: true } });
  if (known) {
    await tx.identity.update({ where: { id: known.id }, data: { lastUsedAt: new Date() } });
    await take(tx, invitationId, known.user);
    return known.user;
  }
  const email = emailSchema.safeParse(claims.email);
  if (!claims.emailVerified || !email.success) throw new Refused('unverified');
  const user = await tx.user.findUnique({ where: { email: email.data }, include: { identities: { where: { issuer } } } });
  // An address can be given to somebody else; a subject cannot.
  if (user && user.identities.length > 0) throw new Refused('another', user);
  const person = user ?? (await makeAccount(platform, tx, claims, email.data, invitationId));
  const identity = await tx.identity.create({ data: { userId: person.id, issuer, subject, email: email.data } });
  await recordAudit(tx, { userId: person.id, name: person.name }, 'identity.link', {
    teamId: null,
    subject: issuer,
    subjectId: publicId('Identity', identity.id),
    detail: email.data,
  });
  await take(tx, invitationId, person);
  return person;
}

/** A new account without a password, in every team that has invited this address. */
async function makeAccount(platform: Platform, tx: Tx, claims: Claims, email: string, invitationId: string | null): Promise<User> {
  if (await needsOwner({ db: tx })) throw new Refused('noOwner');
  const invited = await tx.invitation.findMany({ where: { email, ...waiting() }, orderBy: { id: 'asc' } });
  if (invited.length === 0 && invitationId === null && !platform.mayJoin(email)) throw new Refused('unknown');
  const name = nameSchema('person', 80).safeParse(claims.name);
  const user = await tx.user.create({ data: { email, name: name.success ? name.data : email.slice(0, email.indexOf('@')).slice(0, 80) } });
  const joined = new Set<string>();
  for (const { id, teamId } of invited) {
    if (id === invitationId || joined.has(teamId)) continue;
    await takeInvitation(tx, { id }, user);
    joined.add(teamId);
  }
  return user;
}

/** Joins the team of a link that was opened before signing in; who is a member already simply goes on. */
async function take(tx: Tx, invitationId: string | null, user: User): Promise<void> {
  if (invitationId === null) return;
  try {
    await takeInvitation(tx, { id: invitationId }, user);
  } catch (error) {
    if (error instanceof NotAllowed) throw new Refused('invitation');
    if (!(error instanceof InvalidInput)) throw error;
  }
}

/** Ends that the person can sign in by an OIDC provider; not where nothing else is left. @throws NotAllowed, NotFound */
export async function unlinkIdentity(context: Context, id: string): Promise<string> {
  const actor = inPerson(context);
  const rowId = rowIdOf('Identity', id);
  const { userId } = actor;
  await context.db.$transaction(async (tx) => {
    // Of two at once, the second sees what the first has left.
    await tx.$executeRaw`select 1 from "User" where "id" = ${userId}::uuid for update`;
    const { passwordHash, identities } = await tx.user.findUniqueOrThrow({ where: { id: userId }, include: { identities: true } });
    const identity = identities.find((one) => one.id === rowId);
    if (!identity) throw new NotFound('Identity');
    if (passwordHash === null && identities.length === 1)
      throw new NotAllowed('This is your only way to sign in; set a password first, then unlink it.');
    await tx.identity.delete({ where: { id: rowId } });
    await recordAudit(tx, actor, 'identity.unlink', { teamId: null, subject: identity.issuer, subjectId: id, detail: identity.email });
  });
  return id;
}

/** The person's own identities; to anybody else, and to a token, there are none. */
export function whoseIdentities({ actor }: Context): Prisma.IdentityFindManyArgs {
  return { where: { userId: { in: actor?.credential.kind === 'session' ? [actor.userId] : [] } }, orderBy: { createdAt: 'asc' } };
}
