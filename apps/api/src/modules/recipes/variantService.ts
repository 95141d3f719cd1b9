import { notifyChange } from '@plumbline/jobs';
import type { Prisma, Variant } from '@plumbline/prisma';
import { z } from 'zod';
import { recordAudit } from '../../audit.ts';
import type { Context } from '../../context.ts';
import { publicId, rowIdOf } from '../../ids.ts';
import { behind, pageSize, toPage, type Page, type PageRequest } from '../../paging.ts';
import { assertPermission, signedIn, teamsWith } from '../../permissions.ts';
import { InvalidInput, NotFound } from '../../problems.ts';
import { breaksReference, isDuplicate, nameSchema, parse } from '../../validation.ts';
import { lockProject, recipeAt, recipeRow, resolve } from './service.ts';

type Query = { include?: Prisma.VariantInclude };

/** A variant of one of the person's teams. @throws NotFound */
export async function readVariant(context: Context, id: string, query: Query = {}): Promise<Variant> {
  const project = { teamId: { in: teamsWith(context, 'recipe.read') } };
  const rowId = rowIdOf('Variant', id);
  const variant = await context.db.variant.findFirst({ ...query, where: { id: rowId, project } });
  if (!variant) throw new NotFound('Variant');
  return variant;
}

export interface VariantsRequest extends PageRequest {
  readonly archived?: boolean | null | undefined;
}

/** Variants of a project that the person may see, by name. */
export async function listVariants(
  { db }: Context,
  project: { readonly id: string },
  request: VariantsRequest,
  query: Query,
): Promise<Page<Variant>> {
  const where: Prisma.VariantWhereInput = { projectId: project.id, archivedAt: request.archived ? { not: null } : null };
  const rows = await db.variant.findMany({
    ...query,
    where,
    orderBy: [{ name: 'asc' }],
    take: pageSize(request) + 1,
    ...behind('Variant', request, { projectId: project.id }),
  });
  return toPage(
    rows,
    request,
    (variant) => publicId('Variant', variant.id),
    () => db.variant.count({ where }),
  );
}

const saveSchema = z.object({
  projectId: z.string(),
  id: z.string().nullish(),
  name: nameSchema('variant'),
  recipe: z.object({ base: z.string(), sets: z.array(z.string()).nullish() }),
});
const renameSchema = z.object({ id: z.string(), name: nameSchema('variant') });
const archiveSchema = z.object({ id: z.string(), archived: z.boolean() });

/**
 * Saves a recipe under a name: a new variant, or (with `id`) another recipe for one that nothing was trained with yet.
 * @throws InvalidInput, NotAllowed, NotFound
 */
export async function saveVariant(context: Context, raw: unknown): Promise<Variant> {
  signedIn(context);
  const input = parse(saveSchema, raw);
  const projectId = rowIdOf('Project', input.projectId);
  const project = await context.db.project.findUnique({ where: { id: projectId } });
  if (!project) throw new NotFound('Project');
  assertPermission(context, 'variant.save', project.teamId, 'Project');
  const known = input.id ? await ownVariant(context, input.id, 'variant.save') : null;
  if (known && known.projectId !== projectId) throw new NotFound('Variant');
  const recipe = recipeAt('recipe', () => resolve(input.recipe.base, input.recipe.sets));
  return changing(context, projectId, input.name, async (tx) => {
    await lockProject(tx, projectId);
    const { id: recipeId } = await recipeRow(tx, projectId, recipe);
    if (!known) return tx.variant.create({ data: { projectId, name: input.name, recipeId } });
    if (known.recipeId !== recipeId) await refuseInUse(tx, known, 'keeps its recipe: save this one as a new variant');
    return tx.variant.update({ where: { id: known.id }, data: { name: input.name, recipeId } });
  });
}

/** @throws InvalidInput, NotAllowed, NotFound */
export async function renameVariant(context: Context, raw: unknown): Promise<Variant> {
  signedIn(context);
  const { id, name } = parse(renameSchema, raw);
  const variant = await ownVariant(context, id, 'variant.rename');
  return changing(context, variant.projectId, name, (tx) => tx.variant.update({ where: { id: variant.id }, data: { name } }));
}

/** Puts a variant out of the way, or back. Its runs stay as they are. @throws NotAllowed, NotFound */
export async function archiveVariant(context: Context, raw: unknown): Promise<Variant> {
  signedIn(context);
  const { id, archived } = parse(archiveSchema, raw);
  const variant = await ownVariant(context, id, 'variant.archive');
  return changing(context, variant.projectId, variant.name, (tx) =>
    tx.variant.update({ where: { id: variant.id }, data: { archivedAt: archived ? (variant.archivedAt ?? new Date()) : null } }),
  );
}

/** Deletes a variant that no training run refers to. @throws InvalidInput, NotAllowed, NotFound */
export async function deleteVariant(context: Context, id: string): Promise<string> {
  const actor = signedIn(context);
  const variant = await ownVariant(context, id, 'variant.delete');
  try {
    await context.db.$transaction(async (tx) => {
      // A training that starts now waits here, and then makes the variant anew.
      await lockProject(tx, variant.projectId);
      await refuseInUse(tx, variant, 'stays: archive it instead');
      await tx.variant.delete({ where: { id: variant.id } });
      await recordAudit(tx, actor, 'variant.delete', { teamId: variant.project.teamId, subject: variant.name, subjectId: id });
      await notifyChange(tx, { kind: 'project', projectId: variant.projectId });
    });
  } catch (error) {
    throw breaksReference(error)
      ? InvalidInput.at('id', `${variant.name} is part of an experiment, so it stays: archive it instead.`)
      : error;
  }
  return id;
}

async function refuseInUse(tx: Prisma.TransactionClient, variant: Variant, so: string): Promise<void> {
  const runs = await tx.trainingRun.count({ where: { variantId: variant.id } });
  if (runs > 0)
    throw InvalidInput.at('id', `${runs === 1 ? 'A training run refers' : `${runs} training runs refer`} to ${variant.name}, so it ${so}.`);
}

type VariantPermission = 'variant.save' | 'variant.rename' | 'variant.archive' | 'variant.delete';

/** A variant in whose team the person has the permission. @throws NotAllowed, NotFound */
async function ownVariant(context: Context, id: string, permission: VariantPermission) {
  const variant = await context.db.variant.findUnique({ where: { id: rowIdOf('Variant', id) }, include: { project: true } });
  if (!variant) throw new NotFound('Variant');
  assertPermission(context, permission, variant.project.teamId, 'Variant');
  return variant;
}

async function changing(
  { db }: Context,
  projectId: string,
  name: string,
  change: (tx: Prisma.TransactionClient) => Promise<Variant>,
): Promise<Variant> {
  try {
    return await db.$transaction(async (tx) => {
      const variant = await change(tx);
      await notifyChange(tx, { kind: 'project', projectId });
      return variant;
    });
  } catch (error) {
    throw isDuplicate(error) ? InvalidInput.at('name', `The project has a variant named ${name} already; take another name.`) : error;
  }
}
