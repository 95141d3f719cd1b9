import { notifyChange } from '@plumbline/jobs';
import type { Prisma, Project } from '@plumbline/prisma';
import { z } from 'zod';
import { recordAudit } from '../../audit.ts';
import type { Context } from '../../context.ts';
import { publicId, rowIdOf } from '../../ids.ts';
import { assertPermission, signedIn, teamsWith } from '../../permissions.ts';
import { InvalidInput, NotFound } from '../../problems.ts';
import { isDuplicate, nameSchema, parse } from '../../validation.ts';

type Query = { include?: Prisma.ProjectInclude };

/** A project of one of the person's teams. @throws NotFound */
export async function readProject(context: Context, id: string, query: Query = {}): Promise<Project> {
  const teamId = { in: teamsWith(context, 'project.read') };
  const rowId = rowIdOf('Project', id);
  const project = await context.db.project.findFirst({ ...query, where: { id: rowId, teamId } });
  if (!project) throw new NotFound('Project');
  return project;
}

const createSchema = z.object({ teamId: z.string(), name: nameSchema('project') });

/** @throws InvalidInput, NotAllowed, NotFound */
export async function createProject(context: Context, raw: unknown): Promise<Project> {
  const actor = signedIn(context);
  const { teamId, name } = parse(createSchema, raw);
  const team = rowIdOf('Team', teamId);
  assertPermission(context, 'project.create', team, 'Team');
  try {
    return await context.db.$transaction(async (tx) => {
      const project = await tx.project.create({ data: { teamId: team, name } });
      await recordAudit(tx, actor, 'project.create', { teamId: team, subject: name, subjectId: publicId('Project', project.id) });
      await notifyChange(tx, { kind: 'project', projectId: project.id });
      return project;
    });
  } catch (error) {
    if (isDuplicate(error)) throw InvalidInput.at('name', `The team has a project named ${name} already; take another name.`);
    throw error;
  }
}
