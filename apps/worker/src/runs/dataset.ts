import { stemOf } from '@plumbline/ml/datasets';
import type { Dataset, DatasetImage } from '@plumbline/ml';
import type { Prisma } from '@plumbline/prisma';
import type { Storage } from '@plumbline/storage';

export interface FrozenDataset {
  readonly dataset: Dataset;
  /** Id of the Image row by the dataset's image id. */
  readonly imageIds: ReadonlyMap<string, string>;
}

/**
 * A frozen version as the science knows datasets: images by split/label/stem, their bytes in storage.
 * @throws MissingFileError where storage lacks a file
 */
export async function frozenDataset(prisma: Prisma.TransactionClient, storage: Storage, versionId: string): Promise<FrozenDataset> {
  const { dataset, images: rows } = await prisma.datasetVersion.findUniqueOrThrow({
    where: { id: versionId },
    select: { dataset: { select: { name: true } }, images: { orderBy: [{ split: 'asc' }, { label: 'asc' }, { name: 'asc' }] } },
  });
  const imageIds = new Map<string, string>();
  const images: DatasetImage[] = [];
  for (const row of rows) {
    const id = `${row.split}/${row.label}/${stemOf(row.name)}`;
    imageIds.set(id, row.imageId);
    images.push({
      id,
      split: row.split,
      label: row.label,
      name: row.name,
      file: await storage.localPath(row.sha256),
      mask: row.maskSha256 === null ? null : await storage.localPath(row.maskSha256),
      sha256: row.sha256,
    });
  }
  return { dataset: { name: dataset.name, images }, imageIds };
}
