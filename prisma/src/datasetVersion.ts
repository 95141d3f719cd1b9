import { createHash } from 'node:crypto';
import type { DatasetVersion, Prisma, Split } from '../generated/client/client.ts';

/** What of an image decides a result. */
export interface FrozenImage {
  readonly sha256: string;
  readonly split: Split;
  readonly label: string;
  readonly name: string;
  readonly maskSha256: string | null;
}

/** Hex sha256 over every image's content, place and mask; independent of their order. */
export function datasetContentHash(images: readonly FrozenImage[]): string {
  const lines = images.map(({ sha256, split, label, name, maskSha256 }) => JSON.stringify([sha256, split, label, name, maskSha256]));
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex');
}

/** A dataset without an image cannot be frozen. */
export class EmptyDatasetError extends Error {
  override readonly name = 'EmptyDatasetError';
}

/**
 * Freezes what a dataset holds now. A content that was frozen before is the same version, not another one. Call it inside a transaction. An import
 * writes its images in portions, so that a part of it may be there: who must not freeze that looks for one going on, under the dataset's lock.
 * @throws EmptyDatasetError
 */
export async function createDatasetVersion(tx: Prisma.TransactionClient, datasetId: string): Promise<DatasetVersion> {
  // Two snapshots at once would take the same number.
  const held = await tx.$queryRaw<
    unknown[]
  >`select 1 as held from "Dataset" where "id" = ${datasetId}::uuid and "deletedAt" is null for update`;
  if (held.length === 0) throw new EmptyDatasetError('The dataset was deleted: restore it first.');
  const images = await tx.image.findMany({
    where: { datasetId, deletedAt: null },
    select: { id: true, sha256: true, split: true, label: true, name: true, maskSha256: true },
  });
  if (images.length === 0) throw new EmptyDatasetError('The dataset holds no images yet: upload some first.');
  const contentHash = datasetContentHash(images);
  const same = await tx.datasetVersion.findUnique({ where: { datasetId_contentHash: { datasetId, contentHash } } });
  if (same) return same;
  const last = await tx.datasetVersion.aggregate({ where: { datasetId }, _max: { number: true } });
  const version = await tx.datasetVersion.create({
    data: { datasetId, contentHash, number: (last._max.number ?? 0) + 1, imageCount: images.length },
  });
  // Rows in one array parameter each: 10,000 images are one statement instead of many placeholders.
  await tx.$executeRaw`
    insert into "DatasetVersionImage" ("versionId", "imageId", "sha256", "name", "split", "label", "maskSha256")
    select ${version.id}::uuid, r."imageId", r."sha256", r."name", r."split"::"Split", r."label", r."maskSha256"
    from unnest(
      ${images.map((image) => image.id)}::uuid[], ${images.map((image) => image.sha256)}::text[], ${images.map((image) => image.name)}::text[],
      ${images.map((image) => image.split)}::text[], ${images.map((image) => image.label)}::text[], ${images.map((image) => image.maskSha256)}::text[]
    ) as r("imageId", "sha256", "name", "split", "label", "maskSha256")`;
  return version;
}
