import type { Prisma, Project, RunView } from '@plumbline/prisma';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { publicId, rowIdOf } from '../../ids.ts';
import { pageSize, toPage, type Page, type PageRequest } from '../../paging.ts';
import { assertPermission, signedIn } from '../../permissions.ts';
import { InvalidInput, NotFound } from '../../problems.ts';
import { given, isDuplicate, nameSchema, parse } from '../../validation.ts';
import { readProject } from '../projects/service.ts';

type Tx = Prisma.TransactionClient;

/** Of one person in one project. */
const mostViews = 100;

const name = nameSchema('view', 80);
const query = z
  .string()
  .max(2000, 'The view holds more than 2,000 characters; take some of its filters out.')
  .regex(/^[^?#\s\p{Cc}]*$/u, 'The view is no query string; save it from the page of the runs.');
const saveSchema = z.object({ projectId: z.string(), name, query, shared: z.boolean().nullish() });
const changeSchema = z.object({
  id: z.string(),
  name: name.nullish(),
  query: query.nullish(),
  shared: z.boolean().nullish(),
});

const taken = (viewName: string) =>
  InvalidInput.at('name', `You have a view named ${viewName} in this project already; take another name.`);

/** The person's own saved views of a project, and those that others share; own ones first, then by name. */
export async function listRunViews(context: Context, project: Project, request: PageRequest, include: object): Promise<Page<RunView>> {
  const { userId } = signedIn(context);
  const where: Prisma.RunViewWhereInput = { projectId: project.id, deletedAt: null, OR: [{ userId }, { shared: true }] };
  // Views that others keep to themselves stand in the same project.
  const cursor = request.after ? await context.db.runView.findFirst({ where: { ...where, id: rowIdOf('RunView', request.after) } }) : null;
  const rows =
    request.after && !cursor
      ? []
      : await context.db.runView.findMany({
          ...include,
          where,
          orderBy: [{ name: 'asc' }, { id: 'asc' }],
          take: pageSize(request) + 1,
          ...(cursor ? { cursor: { id: cursor.id }, skip: 1 } : {}),
        });
  return toPage(
    rows,
    request,
    (view) => publicId('RunView', view.id),
    () => context.db.runView.count({ where }),
  );
}

/** Saves a view as the person's own; sharing it takes the right to start trainings. @throws InvalidInput, NotAllowed, NotFound */
export async function saveRunView(context: Context, raw: unknown): Promise<RunView> {
  const { userId } = signedIn(context);
  const input = parse(saveSchema, raw);
  const project = await readProject(context, input.projectId);
  assertPermission(context, 'runView.save', project.teamId, 'Project');
  if (input.shared) assertPermission(context, 'runView.share', project.teamId, 'Project');
  const own = { projectId: project.id, userId };
  if ((await context.db.runView.count({ where: { ...own, deletedAt: null } })) >= mostViews)
    throw InvalidInput.at('', `You have ${mostViews} views in this project already; delete one that is no longer used.`);
  try {
    return await context.db.runView.create({ data: { ...own, name: input.name, query: input.query, shared: input.shared ?? false } });
  } catch (error) {
    throw isDuplicate(error) ? taken(input.name) : error;
  }
}

/** A view that the person may change: their own, or a shared one where they may share. @throws NotFound, NotAllowed */
async function changeable(context: Context, tx: Tx, id: string, deleted: boolean): Promise<RunView & { readonly project: Project }> {
  const { userId, roles } = signedIn(context);
  const view = await tx.runView.findUnique({ where: { id: rowIdOf('RunView', id) }, include: { project: true } });
  if (!view || !roles.has(view.project.teamId) || (view.deletedAt !== null) !== deleted) throw new NotFound('RunView');
  if (view.userId !== userId && !view.shared) throw new NotFound('RunView');
  assertPermission(context, view.userId === userId ? 'runView.save' : 'runView.manage', view.project.teamId, 'RunView');
  return view;
}

/** Renames a view, keeps another state of the page in it, or shares it. @throws InvalidInput, NotAllowed, NotFound */
export async function changeRunView(context: Context, raw: unknown): Promise<RunView> {
  signedIn(context);
  const input = parse(changeSchema, raw);
  try {
    return await context.db.$transaction(async (tx) => {
      const view = await changeable(context, tx, input.id, false);
      if (input.shared) assertPermission(context, 'runView.share', view.project.teamId, 'RunView');
      return tx.runView.update({
        where: { id: view.id },
        data: given({ name: input.name, query: input.query, shared: input.shared }),
      });
    });
  } catch (error) {
    throw isDuplicate(error) ? taken(input.name ?? '') : error;
  }
}

/** Deletes a view, which can be restored for seven days. @throws NotAllowed, NotFound */
export async function deleteRunView(context: Context, id: string): Promise<RunView> {
  return context.db.$transaction(async (tx) => {
    const view = await changeable(context, tx, id, false);
    return tx.runView.update({ where: { id: view.id }, data: { deletedAt: new Date() } });
  });
}

/** @throws InvalidInput where its name was taken meanwhile, NotAllowed, NotFound */
export async function restoreRunView(context: Context, id: string): Promise<RunView> {
  signedIn(context);
  try {
    return await context.db.$transaction(async (tx) => {
      const view = await changeable(context, tx, id, true);
      return tx.runView.update({ where: { id: view.id }, data: { deletedAt: null } });
    });
  } catch (error) {
    throw isDuplicate(error) ? InvalidInput.at('id', 'Another view has its name now; rename that one first.') : error;
  }
}
