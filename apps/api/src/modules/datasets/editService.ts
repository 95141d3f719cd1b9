import { assignByFractions, assignByName, sidesWithoutLeak } from '@plumbline/ml/datasets';
import type { Dataset, DatasetEdit, Prisma } from '@plumbline/prisma';
import { recordAudit } from '../../audit.ts';
import type { Context } from '../../context.ts';
import { rowIdOf } from '../../ids.ts';
import { assertPermission, signedIn } from '../../permissions.ts';
import { InvalidInput, NotFound } from '../../problems.ts';
import { isDuplicate, longTransaction, parse } from '../../validation.ts';
import { changesSchema, planEdit, type EditedImage, type EditPlan, type ImageEdit, type Wanted } from './editPlan.ts';
import { editSchema, type EditRequest } from './editRequest.ts';
import { leakingPairs, lookForLeaks } from './leakService.ts';
import { lockDataset, ownDataset, refuseWhileImporting } from './service.ts';

export interface DoneEdit {
  readonly edit: DatasetEdit;
  readonly dataset: Dataset;
  readonly plan: EditPlan;
}

/** What an edit would do. @throws InvalidInput, NotAllowed, NotFound */
export async function previewEdit(context: Context, raw: unknown): Promise<EditPlan> {
  signedIn(context);
  const request = parse(editSchema, raw);
  const dataset = await ownDataset(context, request.datasetId, 'dataset.edit');
  return planFor(context.db, dataset, request);
}

/**
 * Changes split, label or presence of many images at once, as one edit that can be undone. Frozen versions keep what they hold.
 * @throws InvalidInput, NotAllowed, NotFound
 */
export async function editImages(context: Context, raw: unknown): Promise<DoneEdit> {
  const actor = signedIn(context);
  const { userId } = actor;
  const request = parse(editSchema, raw);
  const dataset = await ownDataset(context, request.datasetId, 'dataset.edit');
  return context.db.$transaction(async (tx) => {
    await lockDataset(tx, dataset.id);
    await refuseWhileImporting(tx, dataset);
    const plan = await planFor(tx, dataset, request);
    if (plan.edits.length === 0) throw InvalidInput.at('', 'Nothing changes: every image is where it should be already.');
    await write(tx, plan.edits, 'after');
    const edit = await tx.datasetEdit.create({ data: { datasetId: dataset.id, userId, changes: [...plan.edits] } });
    if (plan.deleted > 0) {
      const entry = { teamId: dataset.project.teamId, subject: dataset.name, subjectId: request.datasetId };
      await recordAudit(tx, actor, 'images.delete', { ...entry, detail: String(plan.deleted) });
    }
    await lookForLeaks(context, tx, dataset);
    return { edit, dataset, plan };
  }, longTransaction);
}

/** Brings every image of an edit back to where it was. @throws InvalidInput where an image was changed since; NotAllowed, NotFound */
export async function undoEdit(context: Context, rawId: string): Promise<Dataset> {
  signedIn(context);
  const id = rowIdOf('DatasetEdit', rawId);
  const found = await context.db.datasetEdit.findUnique({ where: { id }, include: { dataset: { include: { project: true } } } });
  if (!found || found.dataset.deletedAt) throw new NotFound('DatasetEdit');
  const { dataset } = found;
  assertPermission(context, 'dataset.edit', dataset.project.teamId, 'DatasetEdit');
  try {
    return await context.db.$transaction(async (tx) => {
      await lockDataset(tx, dataset.id);
      await refuseWhileImporting(tx, dataset);
      const { count } = await tx.datasetEdit.updateMany({ where: { id, undoneAt: null }, data: { undoneAt: new Date() } });
      if (count === 0) throw InvalidInput.at('id', 'This was undone already.');
      const edits = changesSchema.parse(found.changes);
      const untouched = await countUntouched(tx, edits);
      if (untouched < edits.length)
        throw InvalidInput.at(
          'id',
          `${edits.length - untouched} of the images were changed again since, so this cannot be undone: change them by hand.`,
        );
      await write(tx, edits, 'before');
      await lookForLeaks(context, tx, dataset);
      return tx.dataset.findUniqueOrThrow({ where: { id: dataset.id } });
    }, longTransaction);
  } catch (error) {
    throw isDuplicate(error)
      ? InvalidInput.at(
          'id',
          'An image that came since has the name or content of one of these, so this cannot be undone: change them by hand.',
        )
      : error;
  }
}

async function planFor(db: Prisma.TransactionClient, dataset: Dataset, request: EditRequest): Promise<EditPlan> {
  const images = await db.image.findMany({
    where: { datasetId: dataset.id },
    select: { id: true, sha256: true, name: true, split: true, label: true, maskSha256: true, deletedAt: true },
    orderBy: [{ split: 'asc' }, { label: 'asc' }, { name: 'asc' }, { id: 'asc' }],
  });
  const live = images.filter(({ deletedAt }) => deletedAt === null);
  if (request.byHand) return planEdit(images, wantedByHand(request.byHand, images), true);
  const items = live.map((image) => ({ ...image, lot: image.sha256 }));
  const { byFractions, byName } = request;
  const splits = byFractions
    ? assignByFractions(items, byFractions, byFractions.seed, byFractions.fewestMoves ? 'least' : 'draw')
    : byName
      ? assignByName(items, byName)
      : await splitsApart(db, dataset, live);
  return planEdit(images, new Map([...splits].map(([id, split]) => [id, { split }])), false);
}

function wantedByHand(hand: NonNullable<EditRequest['byHand']>, images: readonly EditedImage[]): Map<string, Wanted> {
  const wish: Wanted = { split: hand.split ?? undefined, label: hand.label ?? undefined, deleted: hand.deleted ?? undefined };
  const { every, imageIds } = hand;
  if (every) {
    const meant = images.filter(
      ({ split, label, deletedAt }) =>
        deletedAt === null && (!every.split || split === every.split) && (!every.label || label === every.label),
    );
    return new Map(meant.map(({ id }) => [id, wish]));
  }
  const known = new Map(images.map((image) => [image.id, image]));
  const wanted = new Map<string, Wanted>();
  for (const publicId of imageIds ?? []) {
    const id = rowIdOf('Image', publicId);
    const image = known.get(id);
    if (!image) throw new NotFound('Image');
    // A deleted image can be restored, and nothing else.
    if (image.deletedAt !== null && hand.deleted !== false)
      throw InvalidInput.at('byHand.imageIds', `${image.name} is deleted; restore it first.`);
    wanted.set(id, wish);
  }
  return wanted;
}

/** Where images have to go so that no known leak is left. */
async function splitsApart(db: Prisma.TransactionClient, dataset: Dataset, live: readonly EditedImage[]) {
  const splits = new Map(live.map(({ id, split }) => [id, split]));
  const pairs = (await leakingPairs(db, dataset.id)).filter(({ image, other }) => splits.has(image) && splits.has(other));
  return sidesWithoutLeak(pairs, (id) => splits.get(id)!);
}

/** Writes all places at once. Names are parked first: images may swap theirs. */
async function write(tx: Prisma.TransactionClient, edits: readonly ImageEdit[], which: 'before' | 'after'): Promise<void> {
  const ids = edits.map(({ imageId }) => imageId);
  const places = edits.map((edit) => edit[which]);
  await tx.$executeRaw`update "Image" set "name" = "id"::text, "deletedAt" = coalesce("deletedAt", now()) where "id" = any(${ids}::uuid[])`;
  await tx.$executeRaw`
    update "Image" i set "split" = p."split"::"Split", "label" = p."label", "name" = p."name",
      "maskSha256" = case when p."keepsMask" then i."maskSha256" else p."mask" end,
      "deletedAt" = case when p."deleted" then i."deletedAt" end
    from unnest(
      ${ids}::uuid[], ${places.map(({ split }) => split)}::text[], ${places.map(({ label }) => label)}::text[],
      ${places.map(({ name }) => name)}::text[], ${places.map(({ maskSha256 }) => maskSha256)}::text[],
      ${edits.map(({ before, after }) => before.maskSha256 === after.maskSha256)}::boolean[], ${places.map(({ deleted }) => deleted)}::boolean[]
    ) as p("id", "split", "label", "name", "mask", "keepsMask", "deleted")
    where i."id" = p."id"`;
}

/** How many images still are where the edit left them. */
async function countUntouched(tx: Prisma.TransactionClient, edits: readonly ImageEdit[]): Promise<number> {
  const places = edits.map(({ after }) => after);
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as "count" from "Image" i join unnest(
      ${edits.map(({ imageId }) => imageId)}::uuid[], ${places.map(({ split }) => split)}::text[], ${places.map(({ label }) => label)}::text[],
      ${places.map(({ name }) => name)}::text[], ${places.map(({ deleted }) => deleted)}::boolean[],
      ${edits.map(({ before, after }) => before.maskSha256 !== after.maskSha256)}::boolean[]
    ) as p("id", "split", "label", "name", "deleted", "dropped") on p."id" = i."id"
    where i."split" = p."split"::"Split" and i."label" = p."label" and i."name" = p."name" and (i."deletedAt" is not null) = p."deleted"
      and not (p."dropped" and i."maskSha256" is not null)`;
  return row?.count ?? 0;
}
