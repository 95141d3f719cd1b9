import { notifyChange, queueLeakCheck } from '@plumbline/jobs';
import { patternProblem } from '@plumbline/ml/datasets';
import { type Dataset, type Image, type LeakCheck, type LeakOptions, Prisma } from '@plumbline/prisma';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { signedIn } from '../../permissions.ts';
import { pageSize, toPage, type Page, type PageRequest } from '../../paging.ts';
import { InvalidInput } from '../../problems.ts';
import { parse } from '../../validation.ts';
import { ownDataset } from './service.ts';

/** Two images that look the same, or come from one source, in different splits. */
export interface LeakPair {
  readonly image: Image;
  readonly other: Image;
  readonly distance: number | null;
  readonly source: string | null;
}

export interface PairIds {
  readonly image: string;
  readonly other: string;
  readonly distance: number | null;
  readonly source: string | null;
}

/** Pairs of the latest finished check that still are in different splits: an image that was moved or deleted since leaks no more. */
const present = (datasetId: string): Prisma.Sql => Prisma.sql`
  from "LeakPair" p
  join "Image" a on a."id" = p."imageId" and a."deletedAt" is null
  join "Image" b on b."id" = p."otherId" and b."deletedAt" is null and b."split" <> a."split"
  where p."checkId" = (
    select "id" from "LeakCheck" where "datasetId" = ${datasetId}::uuid and "state" = 'succeeded' order by "createdAt" desc limit 1)`;

/** All of them, or a part, the nearest first. */
export async function leakingPairs(
  db: Prisma.TransactionClient,
  datasetId: string,
  { limit = null, offset = 0 }: { readonly limit?: number | null; readonly offset?: number } = {},
): Promise<PairIds[]> {
  return db.$queryRaw<PairIds[]>`
    select p."imageId" as "image", p."otherId" as "other", p."distance", p."source" ${present(datasetId)}
    order by p."distance" nulls last, p."source", a."name", b."name", p."imageId", p."otherId"
    limit ${limit} offset ${offset}`;
}

/** The pairs side by side, the nearest first. The cursor is a place in that order. */
export async function listPairs({ db, loaders }: Context, dataset: Dataset, request: PageRequest): Promise<Page<LeakPair>> {
  const offset = request.after ? Number(request.after) : 0;
  if (!Number.isSafeInteger(offset) || offset < 0)
    throw InvalidInput.at('after', 'after is no cursor of this list; take one from a page of it.');
  const page = await leakingPairs(db, dataset.id, { limit: pageSize(request) + 1, offset });
  const images = await db.image.findMany({ where: { id: { in: page.flatMap(({ image, other }) => [image, other]) } } });
  const byId = new Map(images.map((image) => [image.id, image]));
  const pairs = page.flatMap((pair): LeakPair[] => {
    const [image, other] = [byId.get(pair.image), byId.get(pair.other)];
    return image && other ? [{ ...pair, image, other }] : [];
  });
  const places = new Map(pairs.map((pair, index) => [pair, String(offset + index + 1)]));
  return toPage(
    pairs,
    request,
    (pair) => places.get(pair) ?? '',
    async () => (await loaders.datasetLeaks.load(dataset.id))?.pairs ?? 0,
  );
}

const checkSchema = z.object({
  datasetId: z.string(),
  distance: z.int().min(0).max(12, 'Pictures that differ in more than 12 bits are not nearly the same; choose 0 to 12.'),
  sourcePattern: z
    .string()
    .trim()
    .nullish()
    .superRefine((pattern, check) => {
      const problem = pattern ? patternProblem(pattern, true) : null;
      if (problem) check.addIssue({ code: 'custom', message: problem });
    }),
});

/** Has a dataset that changes in this transaction, or is to be looked at otherwise, looked through for leaks, and tells of it. */
export async function lookForLeaks(
  { jobs }: Context,
  tx: Prisma.TransactionClient,
  { id, projectId }: Dataset,
  options?: LeakOptions,
): Promise<void> {
  await queueLeakCheck(tx, jobs, id, options);
  await notifyChange(tx, { kind: 'project', projectId });
}

/** Looks for leaks anew, as a job. @throws InvalidInput, NotAllowed, NotFound */
export async function checkLeaks(context: Context, raw: unknown): Promise<Dataset> {
  signedIn(context);
  const { datasetId, distance, sourcePattern } = parse(checkSchema, raw);
  const dataset = await ownDataset(context, datasetId, 'dataset.edit');
  await context.db.$transaction((tx) => lookForLeaks(context, tx, dataset, { distance, sourcePattern: sourcePattern || null }));
  return dataset;
}

/** The latest check, finished or not; null where none was asked for. */
export function latestCheck({ db }: Context, dataset: Dataset): Promise<LeakCheck | null> {
  return db.leakCheck.findFirst({ where: { datasetId: dataset.id }, orderBy: { createdAt: 'desc' } });
}
