import { notifyChange, queueLeakCheck, type Work } from '@plumbline/jobs';
import { type HashedImage, nearPairs, type LeaksFound, sourcePairs } from '@plumbline/ml/datasets';
import { differenceHash } from '@plumbline/ml/images';
import type { PrismaClient } from '@plumbline/prisma';
import { MissingFileError, type Storage } from '@plumbline/storage';
import { buffer } from 'node:stream/consumers';
import type { WorkerContext } from '../context.ts';

/** Pairs kept of each kind: more than anybody looks through. */
const most = 1_000;
const hashesAtOnce = 4;
const hashesWritten = 64;

type LeakContext = Pick<WorkerContext, 'prisma' | 'storage'>;

/** Takes leak checks. A check that cannot be finished says so in its state; a later one is asked for by the next import or change. */
export function leakHandler(context: WorkerContext) {
  return async ({ payload, lastAttempt }: Work<'leakCheck'>): Promise<void> => {
    const { leakCheckId: id } = payload;
    try {
      await runLeakCheck(context, id, context.stopping);
    } catch (error) {
      if (context.stopping.aborted) return context.prisma.$transaction((tx) => context.jobs.release('leakCheck', payload, { tx }));
      context.log.error({ leakCheck: id, error: (error as Error).message }, 'leak check failed');
      if (!lastAttempt) throw error;
      await context.prisma.leakCheck.updateMany({
        where: { id, state: { in: ['queued', 'running'] } },
        data: { state: 'failed', finishedAt: new Date() },
      });
    }
  };
}

/** Compares all images of a dataset; those that came before hashes were kept get theirs first. */
export async function runLeakCheck({ prisma, storage }: LeakContext, id: string, signal: AbortSignal): Promise<void> {
  // From here on a change asks for another check, and what is read now includes every change before.
  const begun = await prisma.leakCheck.updateMany({ where: { id, state: { in: ['queued', 'running'] } }, data: { state: 'running' } });
  if (begun.count === 0) return;
  const check = await prisma.leakCheck.findUniqueOrThrow({ where: { id }, include: { dataset: { select: { projectId: true } } } });
  await fillHashes(prisma, storage, check.datasetId, signal);
  const rows = await prisma.image.findMany({
    where: { datasetId: check.datasetId, deletedAt: null },
    select: { id: true, name: true, split: true, differenceHash: true },
    orderBy: { id: 'asc' },
  });
  const images = rows.map(({ differenceHash: hash, ...image }): HashedImage => ({ ...image, hash }));
  const near = await nearPairs(images, check.distance, most);
  signal.throwIfAborted();
  const known = new Set(near.pairs.map(({ image, other }) => [image, other].sort().join()));
  const named: LeaksFound = check.sourcePattern ? sourcePairs(images, check.sourcePattern, most) : { pairs: [], count: 0 };
  const bySource = named.pairs.filter(({ image, other }) => !known.has([image, other].sort().join()));
  const pairs = [...near.pairs, ...bySource].map(({ image, other, distance, source }) => ({
    checkId: id,
    imageId: image,
    otherId: other,
    distance,
    source,
  }));
  const pairCount = near.count + named.count - (named.pairs.length - bySource.length);
  await prisma.$transaction(async (tx) => {
    await tx.leakPair.deleteMany({ where: { checkId: id } });
    // An image that was purged meanwhile leaks no more.
    const there = new Set(
      (
        await tx.image.findMany({
          where: { id: { in: pairs.flatMap(({ imageId, otherId }) => [imageId, otherId]) } },
          select: { id: true },
        })
      ).map((image) => image.id),
    );
    await tx.leakPair.createMany({ data: pairs.filter(({ imageId, otherId }) => there.has(imageId) && there.has(otherId)) });
    await tx.leakCheck.update({ where: { id }, data: { state: 'succeeded', pairCount, finishedAt: new Date() } });
    await tx.leakCheck.deleteMany({
      where: { datasetId: check.datasetId, createdAt: { lt: check.createdAt }, state: { in: ['succeeded', 'failed'] } },
    });
    await notifyChange(tx, { kind: 'project', projectId: check.dataset.projectId });
  });
}

async function fillHashes(prisma: PrismaClient, storage: Storage, datasetId: string, signal: AbortSignal): Promise<void> {
  const without = await prisma.image.findMany({
    where: { datasetId, differenceHash: null, deletedAt: null },
    select: { id: true, thumbnailSha256: true },
  });
  for (let at = 0; at < without.length; at += hashesWritten) {
    const hashes: { id: string; hash: bigint }[] = [];
    for (let next = at; next < Math.min(at + hashesWritten, without.length); next += hashesAtOnce) {
      signal.throwIfAborted();
      const some = without.slice(next, Math.min(next + hashesAtOnce, at + hashesWritten));
      const found = await Promise.all(some.map(async (image) => ({ id: image.id, hash: await hashOf(storage, image.thumbnailSha256) })));
      hashes.push(...found.filter((one): one is { id: string; hash: bigint } => one.hash !== null));
    }
    await prisma.$executeRaw`
      update "Image" i set "differenceHash" = h."hash" from unnest(
        ${hashes.map(({ id }) => id)}::uuid[], ${hashes.map(({ hash }) => hash)}::bigint[]
      ) as h("id", "hash") where i."id" = h."id"`;
  }
}

/** A thumbnail that is gone costs its image the comparison, not the dataset. */
async function hashOf(storage: Storage, thumbnailSha256: string): Promise<bigint | null> {
  try {
    return await differenceHash(await buffer(await storage.open(thumbnailSha256)));
  } catch (error) {
    if (error instanceof MissingFileError) return null;
    throw error;
  }
}

/** Asks for a check of every dataset that never had one: those that are older than the check itself. */
export async function requestMissingChecks({ prisma, jobs }: Pick<WorkerContext, 'prisma' | 'jobs'>): Promise<void> {
  const datasets = await prisma.dataset.findMany({
    where: { deletedAt: null, checks: { none: {} }, images: { some: {} }, imports: { none: { state: { in: ['queued', 'running'] } } } },
    select: { id: true },
  });
  for (const { id } of datasets) await prisma.$transaction((tx) => queueLeakCheck(tx, jobs, id));
}
