import { notifyChange, queueLeakCheck, type Jobs } from '@plumbline/jobs';
import { discardFiles, type Prisma, type PrismaClient } from '@plumbline/prisma';
import type { Storage } from '@plumbline/storage';
import { BadArchiveError } from './archive.ts';
import { type Bench, examine, type Examined } from './examine.ts';
import { eachFile, uploadedFiles } from './files.ts';
import { type FileVerdict, Ledger } from './ledger.ts';

/** Files written to the database together. */
export const batchSize = 128;
/** Files decoded at once. */
const parallel = 8;

export interface ImportContext {
  readonly prisma: PrismaClient;
  readonly storage: Storage;
  readonly jobs: Pick<Jobs, 'enqueue'>;
  readonly signal: AbortSignal;
}

/** The import was taken over by a later attempt: this one must write no more. */
export class StaleImportError extends Error {
  override readonly name = 'StaleImportError';
}

interface Claim {
  readonly id: string;
  readonly attempt: number;
  readonly datasetId: string;
  readonly projectId: string;
}

type ExaminedMask = Extract<Examined, { kind: 'mask' }>;

/**
 * Reads an upload into its dataset: a verdict per file, and a bad file never stops the rest. Running it again after a crash goes on where it was:
 * files that have a verdict are left alone. Every write carries the attempt.
 */
export async function runImport(context: ImportContext, importId: string): Promise<void> {
  const { prisma, storage, signal } = context;
  const claimed = await claim(prisma, importId);
  if (!claimed) return;
  const uploaded = uploadedFiles.parse(claimed.files);
  try {
    const recorded = await prisma.importVerdict.findMany({ where: { importId }, select: { path: true, verdict: true } });
    const known = new Set(recorded.map(({ path }) => path));
    const ledger = await Ledger.read(prisma, claimed.datasetId, recorded);
    const masks: ExaminedMask[] = [];
    let batch = startBatch(storage, ledger);
    let writing = Promise.resolve();
    // While a batch is made safe and written down the next one is decoded; a third waits.
    const flush = async (): Promise<void> => {
      await writing;
      writing = writeBatch(prisma, claimed, ledger, batch, masks);
      // It is awaited later: until then a fault of it is nobody's.
      writing.catch(() => undefined);
      batch = startBatch(storage, ledger);
    };
    try {
      for await (const file of eachFile(storage, uploaded)) {
        if (known.has(file.path)) continue;
        signal.throwIfAborted();
        const examined = examine(file, batch);
        examined.catch(() => undefined);
        batch.examined.push(examined);
        await batch.examined.at(-parallel);
        if (batch.examined.length >= batchSize) await flush();
      }
      if (batch.examined.length > 0) await flush();
      await writing;
    } finally {
      await writing.catch(() => undefined);
      await giveUp(batch);
    }
    await writeMasks(prisma, claimed, ledger, masks);
    await finish(context, claimed, 'succeeded', await whyNothing(prisma, importId));
  } catch (error) {
    if (!(error instanceof BadArchiveError)) throw error;
    await finish(context, claimed, 'failed', error.message);
  }
}

/** Why an import that read everything took nothing in; null when it did take something. */
async function whyNothing(prisma: PrismaClient, importId: string): Promise<string | null> {
  const groups = await prisma.importVerdict.groupBy({ by: ['verdict'], where: { importId }, _count: true });
  const counts = new Map(groups.map(({ verdict, _count }) => [verdict, _count]));
  if (counts.has('accepted') || counts.has('mask')) return null;
  const said = (
    [
      ['refused', 'refused'],
      ['duplicate', 'in the dataset already'],
      ['ignored', 'not an image'],
    ] as const
  ).flatMap(([verdict, words]) => (counts.has(verdict) ? [`${counts.get(verdict)} ${words}`] : []));
  if (said.length === 0) return 'Nothing was imported: the upload holds no files.';
  const first = await prisma.importVerdict.findFirst({ where: { importId, verdict: 'refused' }, orderBy: { path: 'asc' } });
  return `Nothing was imported: ${said.join(', ')}.${first?.reason ? ` The first: ${first.reason}` : ''}`;
}

async function claim(prisma: PrismaClient, importId: string): Promise<(Claim & { files: Prisma.JsonValue }) | null> {
  return prisma.$transaction(async (tx) => {
    const { count } = await tx.datasetImport.updateMany({
      where: { id: importId, state: { in: ['queued', 'running'] } },
      data: { state: 'running', attempt: { increment: 1 } },
    });
    if (count === 0) return null;
    // A change of many images that is being written is seen whole: what the dataset holds is read next.
    await tx.$queryRaw`
      select 1 as held from "Dataset" where "id" = (select "datasetId" from "DatasetImport" where "id" = ${importId}::uuid) for update`;
    const row = await tx.datasetImport.findUniqueOrThrow({
      where: { id: importId },
      include: { dataset: { select: { projectId: true } } },
    });
    return { id: row.id, attempt: row.attempt, datasetId: row.datasetId, projectId: row.dataset.projectId, files: row.files };
  });
}

/** One transaction of a claimed import; refuses when a later attempt has taken over. */
async function transaction(prisma: PrismaClient, claimed: Claim, work: (tx: Prisma.TransactionClient) => Promise<void>): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const held = await tx.$queryRaw<unknown[]>`
      select 1 as held from "DatasetImport"
      where "id" = ${claimed.id}::uuid and "attempt" = ${claimed.attempt} and "state" = 'running' for update`;
    if (held.length === 0) throw new StaleImportError('Another worker has taken over this import.');
    await work(tx);
    await notifyChange(tx, { kind: 'import', id: claimed.id, datasetId: claimed.datasetId, projectId: claimed.projectId });
  });
}

/** Files that are looked at, made safe and written down together. */
interface Batch extends Bench {
  readonly examined: Promise<Examined>[];
}

const startBatch = (storage: Storage, ledger: Ledger): Batch => ({
  examined: [],
  files: storage.batch(),
  knows: (sha256) => ledger.knows(sha256),
});

async function giveUp({ examined, files }: Batch): Promise<void> {
  await Promise.allSettled(examined);
  await files.discard();
}

/** Writes a batch down once its files are safe on disk. Masks are kept for later: each gets its one verdict after all images. */
async function writeBatch(prisma: PrismaClient, claimed: Claim, ledger: Ledger, batch: Batch, masks: ExaminedMask[]): Promise<void> {
  try {
    const examined = await Promise.all(batch.examined);
    await batch.files.commit();
    masks.push(...examined.filter((one) => one.kind === 'mask'));
    await write(prisma, claimed, ledger, examined);
  } finally {
    await giveUp(batch);
  }
}

async function write(prisma: PrismaClient, claimed: Claim, ledger: Ledger, examined: readonly Examined[]): Promise<void> {
  const verdicts: FileVerdict[] = [];
  const rows: Prisma.ImageCreateManyInput[] = [];
  for (const one of examined) {
    if ('reason' in one) {
      verdicts.push({ path: one.path, verdict: one.kind, reason: one.reason });
      continue;
    }
    const otherRoot = ledger.refuseRoot(one.path, one.place.root);
    // A mask may tell the class folder.
    if (one.kind === 'mask') continue;
    const verdict: FileVerdict = otherRoot ? { path: one.path, verdict: 'refused', reason: otherRoot } : ledger.judge(one);
    verdicts.push(verdict);
    if (verdict.verdict === 'accepted' && one.kind === 'image') rows.push(imageRow(claimed.datasetId, one));
  }
  await transaction(prisma, claimed, async (tx) => {
    await tx.image.createMany({ data: rows });
    await record(tx, claimed.id, verdicts);
  });
}

function imageRow(
  datasetId: string,
  { place, sha256, bytes, facts, thumbnailSha256, differenceHash }: Extract<Examined, { kind: 'image' }>,
): Prisma.ImageCreateManyInput {
  const { width, height, channels, bitDepth, format } = facts;
  return {
    datasetId,
    sha256,
    name: place.name,
    split: place.split,
    label: place.label,
    thumbnailSha256,
    differenceHash,
    width,
    height,
    channels,
    bitDepth,
    bytes,
    format,
  };
}

async function writeMasks(prisma: PrismaClient, claimed: Claim, ledger: Ledger, masks: readonly ExaminedMask[]): Promise<void> {
  for (let start = 0; start < masks.length; start += batchSize) {
    const part = masks.slice(start, start + batchSize);
    const verdicts: FileVerdict[] = [];
    await transaction(prisma, claimed, async (tx) => {
      for (const mask of part) {
        const otherRoot = ledger.refuseRoot(mask.path, mask.place.root);
        const verdict: FileVerdict = otherRoot ? { path: mask.path, verdict: 'refused', reason: otherRoot } : ledger.judgeMask(mask);
        verdicts.push(verdict);
        if (verdict.verdict === 'mask') await setMask(tx, claimed.datasetId, mask);
      }
      await record(tx, claimed.id, verdicts);
    });
  }
}

/** The image's name without its extension is the mask's stem. */
async function setMask(tx: Prisma.TransactionClient, datasetId: string, { place, sha256 }: ExaminedMask): Promise<void> {
  const [image] = await tx.$queryRaw<{ id: string; mask: string | null }[]>`
    select "id", "maskSha256" as "mask" from "Image"
    where "datasetId" = ${datasetId}::uuid and "deletedAt" is null and "split" = 'test' and "label" = ${place.label}
      and plumbline_stem("name") = ${place.stem} for update`;
  if (!image) return;
  await tx.image.update({ where: { id: image.id }, data: { maskSha256: sha256 } });
  if (image.mask !== sha256) await discardFiles(tx, [image.mask]);
}

async function record(tx: Prisma.TransactionClient, importId: string, verdicts: readonly FileVerdict[]): Promise<void> {
  await tx.importVerdict.createMany({ data: verdicts.map((verdict) => ({ importId, ...verdict })), skipDuplicates: true });
  const count = (...kinds: string[]): number => verdicts.filter(({ verdict }) => kinds.includes(verdict)).length;
  const done = verdicts.length;
  const [row] = await tx.$queryRaw<
    { done: number; total: number }[]
  >`select "done", "total" from "DatasetImport" where "id" = ${importId}::uuid`;
  await tx.datasetImport.update({
    where: { id: importId },
    data: {
      done: { increment: done },
      // An archive holds more files than were uploaded: how many in all is known when it has been read.
      total: row && row.done + done <= row.total ? row.total : 0,
      accepted: { increment: count('accepted', 'mask') },
      refused: { increment: count('refused') },
    },
    // The list of files, which may be megabytes, is not sent back.
    select: { id: true },
  });
}

async function finish(
  { prisma, jobs }: ImportContext,
  claimed: Claim,
  state: 'succeeded' | 'failed',
  reason: string | null,
): Promise<void> {
  await transaction(prisma, claimed, async (tx) => {
    const { done, accepted } = await tx.datasetImport.findUniqueOrThrow({
      where: { id: claimed.id },
      select: { done: true, accepted: true },
    });
    await tx.datasetImport.update({
      where: { id: claimed.id },
      data: { state, reason, total: done, finishedAt: new Date() },
      select: { id: true },
    });
    if (accepted > 0) await queueLeakCheck(tx, jobs, claimed.datasetId);
    await notifyChange(tx, { kind: 'project', projectId: claimed.projectId });
  });
}
