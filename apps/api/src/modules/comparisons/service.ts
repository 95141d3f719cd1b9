import { notifyChange } from '@plumbline/jobs';
import type { Comparison, Prisma } from '@plumbline/prisma';
import { z } from 'zod';
import { recordAudit } from '../../audit.ts';
import type { Context } from '../../context.ts';
import { publicId, rowIdOf } from '../../ids.ts';
import { behind, pageSize, toPage, type Page, type PageRequest } from '../../paging.ts';
import { assertPermission, signedIn, teamsWith, type Permission } from '../../permissions.ts';
import { InvalidInput, NotFound } from '../../problems.ts';
import { nameSchema, parse } from '../../validation.ts';
import { comparedSet, namedEvaluations, type ComparedSet } from './compared.ts';
import { refuseTooMany } from './selection.ts';

type Query = { include?: Prisma.ComparisonInclude };

/** A comparison of one of the person's teams. @throws NotFound */
export async function readComparison(context: Context, id: string, query: Query = {}): Promise<Comparison> {
  const project = { teamId: { in: teamsWith(context, 'comparison.read') } };
  const found = await context.db.comparison.findFirst({ ...query, where: { id: rowIdOf('Comparison', id), deletedAt: null, project } });
  if (!found) throw new NotFound('Comparison');
  return found;
}

/** Comparisons of a project that the person may see, changed last first. */
export async function listComparisons(
  { db }: Context,
  project: { readonly id: string },
  request: PageRequest,
  query: Query,
): Promise<Page<Comparison>> {
  const where = { projectId: project.id, deletedAt: null };
  const rows = await db.comparison.findMany({
    ...query,
    where,
    orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
    take: pageSize(request) + 1,
    ...behind('Comparison', request, { projectId: project.id }),
  });
  return toPage(
    rows,
    request,
    ({ id }) => publicId('Comparison', id),
    () => db.comparison.count({ where }),
  );
}

/** What the evaluations of a comparison hold; who may see it is decided before. */
export async function comparedOf({ db }: Pick<Context, 'db'>, evaluationIds: readonly string[]): Promise<ComparedSet> {
  return comparedSet(db, await namedEvaluations(db, evaluationIds));
}

/** Names and values of the page's address. */
const viewSchema = z
  .record(z.string().max(40), z.string().max(400), 'The view is not an object of texts; send the names and values of the page’s address.')
  .refine((view) => Object.keys(view).length <= 40, 'The view has more than 40 settings; leave some out.');

const saveSchema = z.object({
  projectId: z.string(),
  name: nameSchema('comparison', 80),
  evaluationIds: z.array(z.string()).min(1, 'Nothing is chosen; a comparison needs at least one evaluation.'),
  view: viewSchema.nullish(),
});
const changeSchema = z.object({
  id: z.string(),
  name: nameSchema('comparison', 80).nullish(),
  evaluationIds: z.array(z.string()).min(1, 'Nothing is chosen; a comparison needs at least one evaluation.').nullish(),
  view: viewSchema.nullish(),
});

/** Saves a comparison of finished evaluations of one project. @throws InvalidInput, NotAllowed, NotFound */
export async function saveComparison(context: Context, raw: unknown): Promise<Comparison> {
  const actor = signedIn(context);
  const input = parse(saveSchema, raw);
  const projectId = rowIdOf('Project', input.projectId);
  const project = await context.db.project.findUnique({ where: { id: projectId } });
  if (!project) throw new NotFound('Project');
  assertPermission(context, 'comparison.save', project.teamId, 'Project');
  const chosen = await chosenIds(context, projectId, input.evaluationIds);
  return context.db.$transaction(async (tx) => {
    const comparison = await tx.comparison.create({
      data: { projectId, name: input.name, view: input.view ?? {}, createdById: actor.userId, evaluations: { create: placed(chosen) } },
    });
    await notifyChange(tx, { kind: 'project', projectId });
    return comparison;
  });
}

/** Changes name, evaluations or view of a comparison; what is left out stays. @throws InvalidInput, NotAllowed, NotFound */
export async function changeComparison(context: Context, raw: unknown): Promise<Comparison> {
  signedIn(context);
  const input = parse(changeSchema, raw);
  const comparison = await ownComparison(context, input.id, 'comparison.save');
  const chosen = input.evaluationIds ? await chosenIds(context, comparison.projectId, input.evaluationIds) : null;
  return context.db.$transaction(async (tx) => {
    if (chosen) {
      await tx.comparisonEvaluation.deleteMany({ where: { comparisonId: comparison.id } });
      await tx.comparisonEvaluation.createMany({ data: placed(chosen).map((one) => ({ ...one, comparisonId: comparison.id })) });
    }
    const changed = await tx.comparison.update({
      where: { id: comparison.id },
      data: { ...(input.name ? { name: input.name } : {}), ...(input.view ? { view: input.view } : {}), updatedAt: new Date() },
    });
    await notifyChange(tx, { kind: 'project', projectId: comparison.projectId });
    return changed;
  });
}

/** Deletes a comparison; it can be restored for the days of grace. Its links stop at once. @throws NotAllowed, NotFound */
export async function deleteComparison(context: Context, id: string): Promise<string> {
  const actor = signedIn(context);
  const comparison = await ownComparison(context, id, 'comparison.delete');
  await context.db.$transaction(async (tx) => {
    await tx.comparison.update({ where: { id: comparison.id }, data: { deletedAt: new Date() } });
    const { teamId } = comparison.project;
    await recordAudit(tx, actor, 'comparison.delete', { teamId, subject: comparison.name, subjectId: id });
    await notifyChange(tx, { kind: 'project', projectId: comparison.projectId });
  });
  return id;
}

/** Brings a deleted comparison back, with its links. @throws NotAllowed, NotFound */
export async function restoreComparison(context: Context, id: string): Promise<Comparison> {
  const actor = signedIn(context);
  const comparison = await ownComparison(context, id, 'comparison.delete', true);
  return context.db.$transaction(async (tx) => {
    const restored = await tx.comparison.update({ where: { id: comparison.id }, data: { deletedAt: null } });
    const { teamId } = comparison.project;
    await recordAudit(tx, actor, 'comparison.restore', { teamId, subject: comparison.name, subjectId: id });
    await notifyChange(tx, { kind: 'project', projectId: comparison.projectId });
    return restored;
  });
}

/** A comparison in whose team the person has the permission. @throws NotAllowed, NotFound */
export async function ownComparison(context: Context, id: string, permission: Permission, deleted = false) {
  const where = { id: rowIdOf('Comparison', id), deletedAt: deleted ? { not: null } : null };
  const comparison = await context.db.comparison.findFirst({ where, include: { project: true } });
  if (!comparison) throw new NotFound('Comparison');
  assertPermission(context, permission, comparison.project.teamId, 'Comparison');
  return comparison;
}

async function chosenIds({ db }: Context, projectId: string, evaluationIds: readonly string[]): Promise<string[]> {
  const chosen = [...new Set(evaluationIds.map((id) => rowIdOf('Evaluation', id)))];
  refuseTooMany(chosen.length);
  const finished = await db.evaluation.count({ where: { id: { in: chosen }, state: 'succeeded', checkpoint: { run: { projectId } } } });
  if (finished < chosen.length)
    throw InvalidInput.at(
      'evaluationIds',
      'Not every evaluation is a finished one of this project; choose others, or wait until it has ended.',
    );
  return chosen;
}

const placed = (ids: readonly string[]) => ids.map((evaluationId, position) => ({ evaluationId, position }));
