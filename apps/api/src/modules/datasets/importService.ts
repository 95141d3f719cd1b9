import { notifyChange } from '@plumbline/jobs';
import { type DatasetImport, holdFiles, type ImportVerdict, lockContent, type Prisma, type Verdict } from '@plumbline/prisma';
import { z } from 'zod';
import { recordAudit } from '../../audit.ts';
import type { Context } from '../../context.ts';
import { publicId, rowIdOf } from '../../ids.ts';
import { pageSize, toPage, type Page, type PageRequest } from '../../paging.ts';
import { signedIn, teamsWith } from '../../permissions.ts';
import { InvalidInput, NotFound } from '../../problems.ts';
import { longTransaction, parse } from '../../validation.ts';
import { isGood, labelSchema } from './places.ts';
import { lockDataset, ownDataset } from './service.ts';

const mostFiles = 20_000;
/** Files are copied into storage a few at a time: the disk is the bound. */
const copiesAtOnce = 4;

/** Where a file belongs whose path does not tell: learning and watching are done on good images alone. */
const placeSchema = z
  .object({
    split: z.enum(['train', 'validation', 'test']),
    label: labelSchema,
    mask: z
      .boolean()
      .nullish()
      .transform((mask) => mask ?? false),
  })
  .refine(({ split, label, mask }) => !mask || (split === 'test' && !isGood(label)), 'A mask belongs to a defective image of test.')
  .refine(({ split, label }) => split === 'test' || isGood(label), 'Only test images can be defective; import them into test.');

const startSchema = z.object({
  datasetId: z.string(),
  files: z
    .array(
      z.object({
        path: z
          .string()
          .min(1, 'A file has no name.')
          .max(1000, 'The path of a file is longer than 1000 characters; shorten it.')
          .refine((path) => !/\p{Cc}/u.test(path), 'The path of a file holds characters that cannot be shown; rename the file.'),
        uploadId: z.string().max(200),
        place: placeSchema.nullish(),
      }),
    )
    .min(1, 'Choose at least one file to import.')
    .max(mostFiles, `More than ${mostFiles} files at once; put them into one zip.`),
});

/** A type and not an interface: only a type is JSON to the database client. */
type StoredFile = { readonly path: string; readonly sha256: string; readonly place?: z.infer<typeof placeSchema> };

/** An import without the list of its files, which may be megabytes. */
type ShownImport = Omit<DatasetImport, 'files'>;

/** Imports of the person's teams that have this id: one or none. */
const mine = (context: Context, id: string): Prisma.DatasetImportWhereInput => ({
  id: rowIdOf('DatasetImport', id),
  dataset: { project: { teamId: { in: teamsWith(context, 'dataset.read') } } },
});

/** An import of one of the person's teams. @throws NotFound */
export async function readImport(context: Context, id: string): Promise<ShownImport> {
  const found = await context.db.datasetImport.findFirst({ where: mine(context, id), omit: { files: true } });
  if (!found) throw new NotFound('DatasetImport');
  return found;
}

/** As `readImport`, of whether the person may see it alone. @throws NotFound */
export async function requireImport(context: Context, id: string): Promise<{ readonly id: string }> {
  const found = await context.db.datasetImport.findFirst({ where: mine(context, id), select: { id: true } });
  if (!found) throw new NotFound('DatasetImport');
  return found;
}

/**
 * Takes finished uploads over into storage and enqueues the job that reads them. A single zip (told by its content) is unpacked there.
 * @throws InvalidInput, NotAllowed, NotFound
 */
export async function startImport(context: Context, raw: unknown): Promise<ShownImport> {
  const actor = signedIn(context);
  const { userId } = actor;
  const input = parse(startSchema, raw);
  const dataset = await ownDataset(context, input.datasetId, 'dataset.import');
  const paths = new Set<string>();
  const doubled = input.files.find(({ path }) => paths.size === paths.add(path).size);
  if (doubled) throw InvalidInput.at('files', `${doubled.path} is listed twice; leave one out.`);

  // Everything is looked at before anything is copied.
  const uploads = await Promise.all(input.files.map((file) => context.uploads.finished(userId, file.uploadId)));
  const missing = uploads.findIndex((upload) => upload === null);
  if (missing >= 0)
    throw InvalidInput.at(
      `files.${missing}.uploadId`,
      `The upload of ${input.files[missing]?.path} is not complete; upload the file again.`,
    );

  const only = input.files.length === 1 ? uploads[0] : null;
  const stored: StoredFile[] = [];
  for (let at = 0; at < uploads.length; at += copiesAtOnce) {
    const some = uploads.slice(at, at + copiesAtOnce);
    const files = await Promise.all(some.map((upload) => context.storage.put({ file: upload?.file ?? '' })));
    files.forEach(({ sha256 }, index) => {
      const { path = '', place } = input.files[at + index] ?? {};
      stored.push({ path, sha256, ...(place && { place }) });
    });
  }
  const first = stored[0];
  const zip = only && first && (await context.uploads.isZip(only)) ? first : null;
  const gone = new Set<number>();
  const begin = async (tx: Prisma.TransactionClient): Promise<ShownImport | null> => {
    await lockDataset(tx, dataset.id);
    await holdFiles(tx, 'bring');
    if (zip) await lockContent(tx, zip.sha256);
    for (const [index, { sha256 }] of stored.entries()) if (!(await context.storage.stat(sha256))) gone.add(index);
    if (gone.size > 0) return null;
    const row = await tx.datasetImport.create({
      data: {
        datasetId: dataset.id,
        source: zip?.path ?? (stored.length === 1 ? (first?.path ?? '') : `${stored.length} files`),
        files: zip ? [{ zip: zip.sha256, ...(zip.place && { place: zip.place }) }] : stored,
        total: zip ? 0 : stored.length,
        createdById: signedIn(context).userId,
      },
      omit: { files: true },
    });
    await context.jobs.enqueue('import', { importId: row.id }, { tx });
    const { teamId } = dataset.project;
    await recordAudit(tx, actor, 'import.start', {
      teamId,
      subject: dataset.name,
      subjectId: publicId('DatasetImport', row.id),
      detail: row.source,
    });
    await notifyChange(tx, { kind: 'import', id: row.id, datasetId: dataset.id, projectId: dataset.projectId });
    return row;
  };
  let made = await context.db.$transaction(begin, longTransaction);
  while (!made) {
    // An earlier import of the same archive has just ended and removed it, or the same files of deleted images were just removed. Copying may take
    // longer than a transaction may last.
    for (const index of gone) await context.storage.put({ file: uploads[index]?.file ?? '' });
    gone.clear();
    made = await context.db.$transaction(begin, longTransaction);
  }
  await Promise.all(input.files.map((file) => context.uploads.remove(userId, file.uploadId)));
  return made;
}

export interface VerdictsRequest extends PageRequest {
  readonly verdict?: readonly Verdict[] | null | undefined;
}

/** What came of each file of an import that the person may see, by path. */
export async function listVerdicts(
  { db }: Context,
  { id: importId }: { readonly id: string },
  request: VerdictsRequest,
): Promise<Page<ImportVerdict>> {
  const where: Prisma.ImportVerdictWhereInput = { importId, ...(request.verdict?.length ? { verdict: { in: [...request.verdict] } } : {}) };
  const after = request.after ? Buffer.from(request.after, 'base64url').toString('utf8') : null;
  const rows = await db.importVerdict.findMany({
    where: after === null ? where : { AND: [where, { path: { gt: after } }] },
    orderBy: { path: 'asc' },
    take: pageSize(request) + 1,
  });
  return toPage(
    rows,
    request,
    ({ path }) => Buffer.from(path).toString('base64url'),
    () => db.importVerdict.count({ where }),
  );
}
