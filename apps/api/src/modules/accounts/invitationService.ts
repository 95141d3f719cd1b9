import { addNotification, notifyChange } from '@plumbline/jobs';
import type { Invitation, Prisma, Role, Team, User } from '@plumbline/prisma';
import { z } from 'zod';
import { recordAudit, type AuditActor } from '../../audit.ts';
import type { Context, Platform } from '../../context.ts';
import { publicId, rowIdOf } from '../../ids.ts';
import { behind, pageSize, toPage, type Page, type PageRequest } from '../../paging.ts';
import { assertPermission, inPerson } from '../../permissions.ts';
import { InvalidInput, NotAllowed, NotFound } from '../../problems.ts';
import { isDuplicate, nameSchema, parse } from '../../validation.ts';
import { assertMayGrant, lockTeam, roleSchema } from './memberService.ts';
import { hashPassword, passwordSchema } from './password.ts';
import { hashOfSecret, newSecret } from './secrets.ts';
import { emailSchema } from './service.ts';

type Tx = Prisma.TransactionClient;

const dayMs = 24 * 3600 * 1000;
/** Of one team, those that wait to be used. */
const mostInvitations = 200;

const createSchema = z.object({
  teamId: z.string(),
  role: roleSchema,
  email: emailSchema.nullish(),
  days: z
    .number()
    .int()
    .min(1, 'The link lives less than a day; take 1 to 30 days.')
    .max(30, 'The link lives more than 30 days; take 1 to 30 days.'),
});
const accountSchema = z.object({
  secret: z.string().max(200),
  name: nameSchema('person', 80),
  email: emailSchema,
  password: passwordSchema,
});

/** Invitations that can be used now. */
export const waiting = () => ({ usedAt: null, revokedAt: null, expiresAt: { gt: new Date() } });
const whoMayUse = (email: string | null) => email ?? 'whoever has the link';
const notValid = 'This invitation is not valid: it was used, revoked or has expired. Ask who invited you for another one.';

/** Makes a one-time link into a team; its secret is answered here and never again. Owners are invited by owners alone. @throws InvalidInput, NotAllowed, NotFound */
export async function createInvitation(context: Context, raw: unknown): Promise<{ invitation: Invitation; secret: string }> {
  const actor = inPerson(context);
  const input = parse(createSchema, raw);
  const teamId = rowIdOf('Team', input.teamId);
  assertPermission(context, 'invitation.manage', teamId, 'Team');
  const email = input.email ?? null;
  const secret = newSecret();
  const invitation = await context.db.$transaction(async (tx) => {
    await lockTeam(tx, teamId);
    const own = await tx.member.findUnique({ where: { teamId_userId: { teamId, userId: actor.userId } } });
    if (!own) throw new NotFound('Team');
    assertMayGrant(own.role, input.role);
    if (email && (await tx.member.findFirst({ where: { teamId, user: { email } } })))
      throw InvalidInput.at('email', `${email} is a member of this team already.`);
    if ((await tx.invitation.count({ where: { teamId, ...waiting() } })) >= mostInvitations)
      throw InvalidInput.at('', `${mostInvitations} invitations of this team wait already; revoke those that are no longer needed.`);
    const made = await tx.invitation.create({
      data: {
        teamId,
        role: input.role,
        email,
        secretHash: hashOfSecret(secret),
        createdById: actor.userId,
        expiresAt: new Date(Date.now() + input.days * dayMs),
      },
    });
    await recordAudit(tx, actor, 'invitation.create', {
      teamId,
      subject: whoMayUse(email),
      subjectId: publicId('Invitation', made.id),
      detail: `as ${input.role}`,
    });
    return made;
  });
  return { invitation, secret };
}

/** @throws NotAllowed, NotFound */
export async function revokeInvitation(context: Context, id: string): Promise<string> {
  const actor = inPerson(context);
  const rowId = rowIdOf('Invitation', id);
  const found = await context.db.invitation.findUnique({ where: { id: rowId } });
  if (!found) throw new NotFound('Invitation');
  assertPermission(context, 'invitation.manage', found.teamId, 'Invitation');
  await context.db.$transaction(async (tx) => {
    const { count } = await tx.invitation.updateMany({
      where: { id: rowId, usedAt: null, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count === 0) throw new NotFound('Invitation');
    const subject = whoMayUse(found.email);
    await recordAudit(tx, actor, 'invitation.revoke', { teamId: found.teamId, subject, subjectId: id });
  });
  return id;
}

/** Invitations of a team that wait to be used, newest first. @throws NotAllowed */
export async function listInvitations(
  context: Context,
  { id: teamId }: { readonly id: string },
  request: PageRequest,
  query: object,
): Promise<Page<Invitation>> {
  assertPermission(context, 'invitation.read', teamId, 'Team');
  const where = { teamId, ...waiting() };
  const rows = await context.db.invitation.findMany({
    ...query,
    where,
    orderBy: { id: 'desc' },
    take: pageSize(request) + 1,
    ...behind('Invitation', request, { teamId }),
  });
  return toPage(
    rows,
    request,
    (invitation) => publicId('Invitation', invitation.id),
    () => context.db.invitation.count({ where }),
  );
}

/** What a link invites to. */
export interface InvitationOffer {
  /** Of the invitation's row; shown to nobody. */
  readonly rowId: string;
  readonly teamName: string;
  readonly role: Role;
  readonly email: string | null;
  readonly expiresAt: Date;
  readonly invitedBy: string | null;
}

/** What the link with this secret invites to, or null where it is not valid. Anybody may ask: only who has the link knows its secret. */
export async function readInvitationOffer({ db }: Platform, secret: string): Promise<InvitationOffer | null> {
  const found = await db.invitation.findFirst({
    where: { secretHash: hashOfSecret(secret), ...waiting() },
    include: { team: true, createdBy: true },
  });
  if (!found) return null;
  const { id: rowId, team, role, email, expiresAt, createdBy } = found;
  return { rowId, teamName: team.name, role, email, expiresAt, invitedBy: createdBy?.name ?? null };
}

/** Joins the team of an invitation with the account that is signed in. @throws InvalidInput for a member, NotAllowed */
export async function acceptInvitation(context: Context, secret: string): Promise<Team> {
  const actor = inPerson(context);
  const team = await context.db.$transaction((tx) =>
    takeInvitation(tx, { secretHash: hashOfSecret(secret) }, { ...actor, id: actor.userId }),
  );
  context.sessions.forgetPerson(actor.userId);
  context.actor = await context.sessions.actorOf(actor.credential);
  return team;
}

/** Makes an account by an invitation, and joins its team. @throws InvalidInput, NotAllowed */
export async function createAccount(platform: Platform, raw: unknown): Promise<User> {
  const input = parse(accountSchema, raw);
  // Before the slow hash, so that guesses cost nothing.
  if (!(await readInvitationOffer(platform, input.secret))) throw new NotAllowed(notValid);
  const passwordHash = await hashPassword(input.password);
  try {
    return await platform.db.$transaction(async (tx) => {
      const user = await tx.user.create({ data: { name: input.name, email: input.email, passwordHash } });
      await takeInvitation(tx, { secretHash: hashOfSecret(input.secret) }, user);
      return user;
    });
  } catch (error) {
    if (isDuplicate(error)) throw InvalidInput.at('email', 'There is an account with this e-mail already; sign in with it to join.');
    throw error;
  }
}

/** Joins its team and uses the invitation up: of two who come at once, one joins. @throws InvalidInput for a member, NotAllowed */
export async function takeInvitation(
  tx: Tx,
  which: { readonly secretHash: string } | { readonly id: string },
  user: Pick<User, 'id' | 'name' | 'email'>,
): Promise<Team> {
  const where = { ...which, ...waiting() };
  const invitation = await tx.invitation.findFirst({ where, include: { team: true, createdBy: true } });
  if (!invitation) throw new NotAllowed(notValid);
  const { team, role, email, createdBy } = invitation;
  if (email !== null && email !== user.email)
    throw new NotAllowed(`This invitation is for ${email}; use that address, or ask for an invitation of your own.`);
  await lockTeam(tx, team.id);
  if (await tx.member.findUnique({ where: { teamId_userId: { teamId: team.id, userId: user.id } } }))
    throw InvalidInput.at('', `You are a member of ${team.name} already.`);
  const { count } = await tx.invitation.updateMany({ where: { ...where, id: invitation.id }, data: { usedAt: new Date() } });
  if (count === 0) throw new NotAllowed(notValid);
  await tx.member.create({ data: { teamId: team.id, userId: user.id, role } });
  const actor: AuditActor = { userId: user.id, name: user.name };
  const detail = `as ${role}${createdBy ? `, invited by ${createdBy.name}` : ''}`;
  await recordAudit(tx, actor, 'member.join', { teamId: team.id, subjectId: publicId('Invitation', invitation.id), detail });
  await notifyChange(tx, { kind: 'access', userId: user.id });
  if (createdBy) {
    const payload = { name: user.name, team: team.name, role };
    const link = `/teams/${publicId('Team', team.id)}`;
    await addNotification(tx, { userId: createdBy.id, teamId: team.id, kind: 'invitation.accepted', payload, link });
  }
  return team;
}
