import { notifyChange } from '@plumbline/jobs';
import type { Dataset, Image, Prisma, Split } from '@plumbline/prisma';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { publicId, rowIdOf } from '../../ids.ts';
import { pageSize, toPage, type Page, type PageRequest } from '../../paging.ts';
import { assertPermission, signedIn, teamsWith } from '../../permissions.ts';
import { InvalidInput, NotFound } from '../../problems.ts';
import { isDuplicate, nameSchema, parse } from '../../validation.ts';

type Query = { include?: Prisma.DatasetInclude };

/** A dataset of one of the person's teams. @throws NotFound */
export async function readDataset(context: Context, id: string, query: Query = {}): Promise<Dataset> {
  const project = { teamId: { in: teamsWith(context, 'dataset.read') } };
  const rowId = rowIdOf('Dataset', id);
  const dataset = await context.db.dataset.findFirst({ ...query, where: { id: rowId, project, deletedAt: null } });
  if (!dataset) throw new NotFound('Dataset');
  return dataset;
}

/** An image of one of the person's teams. @throws NotFound */
export async function readImage(context: Context, id: string): Promise<Image> {
  const dataset = { project: { teamId: { in: teamsWith(context, 'dataset.read') } } };
  const rowId = rowIdOf('Image', id);
  const image = await context.db.image.findFirst({ where: { id: rowId, dataset } });
  if (!image) throw new NotFound('Image');
  return image;
}

/** As `readImage`, what a grid asks of hundreds at once and no more. @throws NotFound */
export async function readThumbnail(context: Context, id: string): Promise<Pick<Image, 'thumbnailSha256' | 'name'>> {
  const [image] = await context.db.$queryRaw<Pick<Image, 'thumbnailSha256' | 'name'>[]>`
    select i."thumbnailSha256", i."name" from "Image" i
    join "Dataset" d on d."id" = i."datasetId" join "Project" p on p."id" = d."projectId"
    where i."id" = ${rowIdOf('Image', id)}::uuid and p."teamId" = any(${teamsWith(context, 'dataset.read')}::uuid[])`;
  if (!image) throw new NotFound('Image');
  return image;
}

/** A dataset version of one of the person's teams. @throws NotFound */
export async function readDatasetVersion(context: Context, id: string) {
  const dataset = { project: { teamId: { in: teamsWith(context, 'dataset.read') } } };
  const rowId = rowIdOf('DatasetVersion', id);
  const version = await context.db.datasetVersion.findFirst({ where: { id: rowId, dataset } });
  if (!version) throw new NotFound('DatasetVersion');
  return version;
}

/** The furthest place that can be asked for: PostgreSQL walks there. */
const furthestSkip = 1_000_000;

export interface ImagesRequest extends PageRequest {
  readonly skip?: number | null | undefined;
  readonly split?: Split | null | undefined;
  readonly label?: string | null | undefined;
  readonly deleted?: boolean | null | undefined;
}

/** Images of a dataset that the person may see, by split, label and name. */
export async function listImages({ db, loaders }: Context, dataset: Dataset, request: ImagesRequest): Promise<Page<Image>> {
  const { split = null, label = null, after } = request;
  const deleted = request.deleted ?? false;
  const skip = request.skip ?? 0;
  if (skip < 0 || skip > furthestSkip) throw InvalidInput.at('skip', `skip is ${skip}, but must be within 0 and ${furthestSkip}.`);
  const rows = await loaders.datasetImages.load({
    datasetId: dataset.id,
    take: pageSize(request) + 1,
    after: after ? rowIdOf('Image', after) : null,
    skip,
    split,
    label,
    deleted,
  });
  const where: Prisma.ImageWhereInput = { datasetId: dataset.id, deletedAt: deleted ? { not: null } : null };
  const count = () => db.image.count({ where: { ...where, ...(split === null ? {} : { split }), ...(label === null ? {} : { label }) } });
  return toPage(rows, request, (image) => publicId('Image', image.id), count);
}

/** How many images come before this one where `listImages` lists those of the split and label; null where it is not among them. */
export async function readImagePlace(
  { db }: Context,
  dataset: Dataset,
  { image, split = null, label = null }: { image: string; split?: Split | null | undefined; label?: string | null | undefined },
): Promise<number | null> {
  const rows = await db.$queryRaw<{ place: number }[]>`
    select (
      select count(*)::int from "Image" i
      where i."datasetId" = a."datasetId" and i."deletedAt" is null
        and (${split}::text is null or i."split" = ${split}::text::"Split") and (${label}::text is null or i."label" = ${label})
        and (i."split", i."label", i."name", i."id") < (a."split", a."label", a."name", a."id")
    ) as "place"
    from "Image" a
    where a."id" = ${rowIdOf('Image', image)}::uuid and a."datasetId" = ${dataset.id}::uuid and a."deletedAt" is null
      and (${split}::text is null or a."split" = ${split}::text::"Split") and (${label}::text is null or a."label" = ${label})`;
  return rows[0]?.place ?? null;
}

const createSchema = z.object({ projectId: z.string(), name: nameSchema('dataset') });
const renameSchema = z.object({ id: z.string(), name: nameSchema('dataset') });

const nameTaken = (name: string) => InvalidInput.at('name', `The project has a dataset named ${name} already; take another name.`);

/** @throws InvalidInput, NotAllowed, NotFound */
export async function createDataset(context: Context, raw: unknown): Promise<Dataset> {
  signedIn(context);
  const input = parse(createSchema, raw);
  const projectId = rowIdOf('Project', input.projectId);
  const project = await context.db.project.findUnique({ where: { id: projectId } });
  if (!project) throw new NotFound('Project');
  assertPermission(context, 'dataset.create', project.teamId, 'Project');
  return changingProject(context, projectId, input.name, (tx) => tx.dataset.create({ data: { projectId, name: input.name } }));
}

/** @throws InvalidInput, NotAllowed, NotFound */
export async function renameDataset(context: Context, raw: unknown): Promise<Dataset> {
  signedIn(context);
  const { id, name } = parse(renameSchema, raw);
  const dataset = await ownDataset(context, id, 'dataset.rename');
  return changingProject(context, dataset.projectId, name, (tx) => tx.dataset.update({ where: { id: dataset.id }, data: { name } }));
}

/** A dataset in which the person has the permission. @throws NotAllowed, NotFound */
export async function ownDataset(context: Context, id: string, permission: Parameters<typeof assertPermission>[1]) {
  signedIn(context);
  const dataset = await context.db.dataset.findFirst({
    where: { id: rowIdOf('Dataset', id), deletedAt: null },
    include: { project: true },
  });
  if (!dataset) throw new NotFound('Dataset');
  assertPermission(context, permission, dataset.project.teamId, 'Dataset');
  return dataset;
}

/** Keeps the dataset from being deleted or changed by others until the transaction ends. @throws NotFound where it has been deleted */
export async function lockDataset(tx: Prisma.TransactionClient, id: string): Promise<void> {
  const held = await tx.$queryRaw<unknown[]>`select 1 as held from "Dataset" where "id" = ${id}::uuid and "deletedAt" is null for update`;
  if (held.length === 0) throw new NotFound('Dataset');
}

/** @param field of the input that names the dataset; @throws InvalidInput while an import into it is going on */
export async function refuseWhileImporting(
  tx: Prisma.TransactionClient,
  { id, name }: Pick<Dataset, 'id' | 'name'>,
  field = 'datasetId',
): Promise<void> {
  const importing = await tx.datasetImport.count({ where: { datasetId: id, state: { in: ['queued', 'running'] } } });
  if (importing > 0) throw InvalidInput.at(field, `An import into ${name} is going on; wait until it has ended.`);
}

async function changingProject(
  { db }: Context,
  projectId: string,
  name: string,
  change: (tx: Prisma.TransactionClient) => Promise<Dataset>,
): Promise<Dataset> {
  try {
    return await db.$transaction(async (tx) => {
      const dataset = await change(tx);
      await notifyChange(tx, { kind: 'project', projectId });
      return dataset;
    });
  } catch (error) {
    throw isDuplicate(error) ? nameTaken(name) : error;
  }
}
