import type { Team } from '@plumbline/prisma';
import { z } from 'zod';
import { notifyChange } from '@plumbline/jobs';
import { recordAudit } from '../../audit.ts';
import type { Context } from '../../context.ts';
import { publicId, rowIdOf } from '../../ids.ts';
import { assertPermission, hasAnywhere, inPerson } from '../../permissions.ts';
import { NotAllowed } from '../../problems.ts';
import { nameSchema, parse } from '../../validation.ts';

const createSchema = z.object({ name: nameSchema('team', 80) });
const renameSchema = createSchema.extend({ id: z.string() });

/** Makes a team, whose owner the person is; for who is admin or owner of some team. @throws InvalidInput, NotAllowed */
export async function createTeam(context: Context, raw: unknown): Promise<Team> {
  const actor = inPerson(context);
  const { name } = parse(createSchema, raw);
  if (!hasAnywhere(actor, 'team.create'))
    throw new NotAllowed('Admins and owners of a team can make another one; ask an admin of your team.');
  const { userId } = actor;
  const team = await context.db.$transaction(async (tx) => {
    const made = await tx.team.create({ data: { name, members: { create: { userId, role: 'owner' } } } });
    await recordAudit(tx, actor, 'team.create', { teamId: made.id, subject: name, subjectId: publicId('Team', made.id) });
    await notifyChange(tx, { kind: 'access', userId });
    return made;
  });
  context.sessions.forgetPerson(userId);
  // The answer may show the team, too.
  context.actor = await context.sessions.actorOf(actor.credential);
  return team;
}

/** @throws InvalidInput, NotAllowed, NotFound */
export async function renameTeam(context: Context, raw: unknown): Promise<Team> {
  const actor = inPerson(context);
  const { id, name } = parse(renameSchema, raw);
  const teamId = rowIdOf('Team', id);
  assertPermission(context, 'team.rename', teamId, 'Team');
  return context.db.$transaction(async (tx) => {
    const team = await tx.team.update({ where: { id: teamId }, data: { name } });
    await recordAudit(tx, actor, 'team.rename', { teamId, subject: name, subjectId: id });
    return team;
  });
}
