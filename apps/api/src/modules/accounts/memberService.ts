import { notifyChange } from '@plumbline/jobs';
import type { Member, Prisma, Role, User } from '@plumbline/prisma';
import { z } from 'zod';
import type { Actor } from '../../actor.ts';
import { recordAudit } from '../../audit.ts';
import type { Context } from '../../context.ts';
import { publicId, rowIdOf } from '../../ids.ts';
import { pageSize, toPage, type Page, type PageRequest } from '../../paging.ts';
import { assertPermission, inPerson, isAbove } from '../../permissions.ts';
import { InvalidInput, NotAllowed, NotFound } from '../../problems.ts';
import { parse } from '../../validation.ts';

type Tx = Prisma.TransactionClient;

/** Who belongs to a team, in the order in which they came. @throws NotAllowed */
export async function listMembers(
  context: Context,
  { id: teamId }: { readonly id: string },
  request: PageRequest,
  query: object,
): Promise<Page<Member>> {
  assertPermission(context, 'member.read', teamId, 'Team');
  const rows = await context.db.member.findMany({
    ...query,
    where: { teamId },
    orderBy: [{ createdAt: 'asc' }, { userId: 'asc' }],
    take: pageSize(request) + 1,
    ...(request.after ? { cursor: { teamId_userId: { teamId, userId: rowIdOf('User', request.after) } }, skip: 1 } : {}),
  });
  return toPage(
    rows,
    request,
    (member) => publicId('User', member.userId),
    () => context.db.member.count({ where: { teamId } }),
  );
}

export const roleSchema = z.enum(['owner', 'admin', 'engineer', 'viewer']);
const memberSchema = z.object({ teamId: z.string(), userId: z.string() });
const changeSchema = memberSchema.extend({ role: roleSchema });

/** Gives a member another role. Owners are made and unmade by owners alone. @throws InvalidInput, NotAllowed, NotFound */
export async function changeMemberRole(context: Context, raw: unknown): Promise<Member> {
  const actor = inPerson(context);
  const { role, ...ids } = parse(changeSchema, raw);
  const teamId = rowIdOf('Team', ids.teamId);
  assertPermission(context, 'member.manage', teamId, 'Team');
  const userId = rowIdOf('User', ids.userId);
  return changing(context, teamId, userId, async (tx) => {
    const { member, user } = await managed(tx, actor, teamId, userId, role);
    if (member.role === role) return member;
    await keepAnOwner(tx, member, role);
    const changed = await tx.member.update({ where: { teamId_userId: { teamId, userId } }, data: { role } });
    await endInvitationsOf(tx, teamId, userId, role);
    const detail = `${member.role} → ${role}`;
    await recordAudit(tx, actor, 'member.role', { teamId, subject: user.name, subjectId: publicId('User', userId), detail });
    return changed;
  });
}

/** Takes a person out of a team, with their API tokens there. @throws InvalidInput, NotAllowed, NotFound */
export async function removeMember(context: Context, raw: unknown): Promise<string> {
  const actor = inPerson(context);
  const ids = parse(memberSchema, raw);
  const teamId = rowIdOf('Team', ids.teamId);
  assertPermission(context, 'member.manage', teamId, 'Team');
  const userId = rowIdOf('User', ids.userId);
  return changing(context, teamId, userId, async (tx) => {
    const { member, user } = await managed(tx, actor, teamId, userId, 'viewer');
    await remove(tx, member);
    await recordAudit(tx, actor, 'member.remove', { teamId, subject: user.name, subjectId: ids.userId, detail: member.role });
    return ids.userId;
  });
}

/** Takes the person themselves out of a team. @throws InvalidInput for its last owner, NotAllowed, NotFound */
export async function leaveTeam(context: Context, id: string): Promise<string> {
  const actor = inPerson(context);
  const teamId = rowIdOf('Team', id);
  assertPermission(context, 'member.leave', teamId, 'Team');
  const { userId } = actor;
  return changing(context, teamId, userId, async (tx) => {
    const member = await tx.member.findUnique({ where: { teamId_userId: { teamId, userId } } });
    if (!member) throw new NotFound('Team');
    await remove(tx, member);
    await recordAudit(tx, actor, 'member.leave', { teamId, detail: member.role });
    return id;
  });
}

/** Runs a change of one membership: those of a team come one after another, and the person's new rights hold at once. */
async function changing<T>(context: Context, teamId: string, userId: string, change: (tx: Tx) => Promise<T>): Promise<T> {
  const result = await context.db.$transaction(async (tx) => {
    await lockTeam(tx, teamId);
    const changed = await change(tx);
    await notifyChange(tx, { kind: 'access', userId });
    return changed;
  });
  context.sessions.forgetPerson(userId);
  return result;
}

/** Two changes of the members of a team come one after another, so that the second sees what the first did. */
export async function lockTeam(tx: Tx, teamId: string): Promise<void> {
  await tx.$queryRaw`select 1 as locked from "Team" where "id" = ${teamId}::uuid for no key update`;
}

/** The member to be changed; the roles of both are read anew, since they may have changed while this waited for its turn. */
async function managed(tx: Tx, actor: Actor, teamId: string, userId: string, role: Role): Promise<{ member: Member; user: User }> {
  const own = await tx.member.findUnique({ where: { teamId_userId: { teamId, userId: actor.userId } } });
  if (!own) throw new NotFound('Team');
  const found = await tx.member.findUnique({ where: { teamId_userId: { teamId, userId } }, include: { user: true } });
  if (!found) throw new NotFound('User');
  assertMayGrant(own.role, role, found.role);
  const { user, ...member } = found;
  return { member, user };
}

/** Admins manage everybody but owners. @throws NotAllowed */
export function assertMayGrant(own: Role, role: Role, present: Role = 'viewer'): void {
  if (isAbove('admin', own))
    throw new NotAllowed(`Admins and owners can do this; your role in this team is ${own}. Ask an admin of the team.`);
  if (isAbove(role, own) || isAbove(present, own))
    throw new NotAllowed(`Only an owner can make or change owners; your role in this team is ${own}. Ask an owner of the team.`);
}

async function remove(tx: Tx, member: Member): Promise<void> {
  const { teamId, userId } = member;
  await keepAnOwner(tx, member, null);
  await tx.member.delete({ where: { teamId_userId: { teamId, userId } } });
  await endInvitationsOf(tx, teamId, userId, null);
}

/** @throws InvalidInput where the team would be left without an owner */
async function keepAnOwner(tx: Tx, { teamId, role: present }: Member, role: Role | null): Promise<void> {
  if (present !== 'owner' || role === 'owner') return;
  if ((await tx.member.count({ where: { teamId, role: 'owner' } })) > 1) return;
  throw InvalidInput.at('userId', 'This is the last owner of the team; make somebody else an owner first.');
}

/** Links that a person gave out must not outlive the right to give them out. */
async function endInvitationsOf(tx: Tx, teamId: string, userId: string, role: Role | null): Promise<void> {
  if (role === 'owner') return;
  await tx.invitation.updateMany({
    where: { teamId, createdById: userId, usedAt: null, revokedAt: null, ...(role === 'admin' ? { role: 'owner' } : {}) },
    data: { revokedAt: new Date() },
  });
}
