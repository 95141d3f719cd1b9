import { discardFiles, holdFiles, type Prisma, type PrismaClient, unreferencedFiles } from '@plumbline/prisma';
import type { WorkerContext } from '../context.ts';
import { performAll } from '../performAll.ts';

/** How long deleted things can be restored. */
export const graceMilliseconds = 7 * 24 * 3600 * 1000;
/** How long deliveries of webhooks are kept. */
const deliveryMilliseconds = 30 * 24 * 3600 * 1000;
/** How long notifications are kept, read or not. */
const notificationMilliseconds = 90 * 24 * 3600 * 1000;
/** Rows removed in one transaction. */
const portion = 500;
const transactionLimits = { timeout: 120_000, maxWait: 5_000 };

/**
 * Removes what was deleted longer ago than the days of grace, and the files that nothing refers to any more. An image that a frozen version or an
 * evaluation holds stays, deleted as it is. Rows go first and leave a note of their files, so that a crash in between loses neither. What of it cannot be
 * done keeps the rest from nothing.
 * @throws AggregateError
 */
export async function purgeDeleted(
  { prisma, storage, log }: Pick<WorkerContext, 'prisma' | 'storage' | 'log'>,
  now = Date.now(),
): Promise<void> {
  const before = new Date(now - graceMilliseconds);
  const since = (milliseconds: number) => ({ createdAt: { lt: new Date(now - milliseconds) } });
  const gone = { images: 0, datasets: 0, files: 0 };
  try {
    await performAll({
      edits: () => purgeEdits(prisma, before),
      images: async () => (gone.images = await purgeImages(prisma, before)),
      datasets: async () => (gone.datasets = await purgeDatasets(prisma, before)),
      // Nothing hangs on it but its links, which go with it.
      comparisons: () => prisma.comparison.deleteMany({ where: { deletedAt: { lt: before } } }),
      views: () => prisma.runView.deleteMany({ where: { deletedAt: { lt: before } } }),
      deliveries: () => prisma.webhookDelivery.deleteMany({ where: since(deliveryMilliseconds) }),
      notifications: () => prisma.notification.deleteMany({ where: since(notificationMilliseconds) }),
      files: async () => (gone.files = await collectFiles(prisma, storage)),
    });
  } finally {
    if (gone.images + gone.datasets + gone.files > 0) log.info(gone, 'deleted things removed');
  }
}

/** Edits hold masks that an undo would need. */
async function purgeEdits(prisma: PrismaClient, before: Date): Promise<void> {
  for (;;) {
    const removed = await prisma.$transaction(async (tx) => {
      const edits = await tx.datasetEdit.findMany({ where: { createdAt: { lt: before } }, select: { id: true, changes: true }, take: 20 });
      await discardFiles(
        tx,
        edits.flatMap(({ changes }) => masksOf(changes)),
      );
      return (await tx.datasetEdit.deleteMany({ where: { id: { in: edits.map(({ id }) => id) } } })).count;
    }, transactionLimits);
    if (removed === 0) return;
  }
}

async function purgeImages(prisma: PrismaClient, before: Date): Promise<number> {
  const gone: Prisma.ImageWhereInput = { deletedAt: { lt: before }, versions: { none: {} }, reconstructions: { none: {} } };
  for (let images = 0; ;) {
    const removed = await prisma.$transaction(async (tx) => {
      const rows = await tx.image.findMany({
        where: gone,
        select: { id: true, sha256: true, thumbnailSha256: true, maskSha256: true },
        take: portion,
      });
      await discardFiles(
        tx,
        rows.flatMap(({ sha256, thumbnailSha256, maskSha256 }) => [sha256, thumbnailSha256, maskSha256]),
      );
      // Somebody may have restored or frozen one meanwhile: the condition is asked again.
      return (await tx.image.deleteMany({ where: { ...gone, id: { in: rows.map(({ id }) => id) } } })).count;
    }, transactionLimits);
    if (removed === 0) return images;
    images += removed;
  }
}

/** Datasets that nothing was learnt from or measured on: their versions are held by nobody. */
async function purgeDatasets(prisma: PrismaClient, before: Date): Promise<number> {
  const gone: Prisma.DatasetWhereInput = {
    deletedAt: { lt: before },
    versions: { none: { OR: [{ runs: { some: {} } }, { evaluations: { some: {} } }] } },
  };
  const datasets = await prisma.dataset.findMany({ where: gone, select: { id: true } });
  let removed = 0;
  for (const { id: datasetId } of datasets)
    removed += await prisma.$transaction(async (tx) => {
      const held = await tx.$queryRaw<unknown[]>`
        select 1 as held from "Dataset" where "id" = ${datasetId}::uuid and "deletedAt" < ${before} for update`;
      if (held.length === 0) return 0;
      const images = await tx.image.findMany({
        where: { datasetId },
        select: { sha256: true, thumbnailSha256: true, maskSha256: true },
      });
      const frozen = await tx.datasetVersionImage.findMany({ where: { version: { datasetId } }, select: { maskSha256: true } });
      const edits = await tx.datasetEdit.findMany({ where: { datasetId }, select: { changes: true } });
      await discardFiles(tx, [
        ...images.flatMap(({ sha256, thumbnailSha256, maskSha256 }) => [sha256, thumbnailSha256, maskSha256]),
        ...frozen.map(({ maskSha256 }) => maskSha256),
        ...edits.flatMap(({ changes }) => masksOf(changes)),
      ]);
      await tx.datasetVersion.deleteMany({ where: { datasetId } });
      await tx.dataset.delete({ where: { id: datasetId } });
      return 1;
    }, transactionLimits);
  return removed;
}

/** Waits for a time without imports: a file that an import has stored is referred to by nothing until its row is written. */
async function collectFiles(prisma: PrismaClient, storage: WorkerContext['storage']): Promise<number> {
  for (let files = 0; ;) {
    const { looked, removed } = await prisma.$transaction(async (tx) => {
      await holdFiles(tx, 'collect');
      const importing = await tx.datasetImport.count({ where: { state: { in: ['queued', 'running'] } } });
      if (importing > 0) return { looked: 0, removed: 0 };
      const rows = await tx.discardedFile.findMany({ take: portion, orderBy: { createdAt: 'asc' } });
      const addresses = rows.map(({ address }) => address);
      const unwanted = await unreferencedFiles(tx, addresses);
      for (const sha256 of unwanted) await storage.remove(sha256);
      await tx.discardedFile.deleteMany({ where: { address: { in: addresses } } });
      return { looked: rows.length, removed: unwanted.length };
    }, transactionLimits);
    files += removed;
    if (looked === 0) return files;
  }
}

function masksOf(changes: Prisma.JsonValue): string[] {
  return (Array.isArray(changes) ? changes : []).flatMap((change) => {
    const { before } = change as { before?: { maskSha256?: string | null } };
    return before?.maskSha256 ? [before.maskSha256] : [];
  });
}
