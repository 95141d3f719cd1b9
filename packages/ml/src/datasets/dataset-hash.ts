import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Dataset } from './dataset.ts';

/** Hex sha256 of a file's bytes. */
export async function fileSha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/**
 * Hex sha256 of what a dataset consists of: id, split, label, and the bytes of every image and mask; independent of order, folder and the
 * dataset's name. An image's own `sha256` is trusted where it is given.
 */
export async function datasetHash(dataset: Dataset): Promise<string> {
  const lines: string[] = [];
  for (const image of dataset.images) {
    const content = image.sha256 ?? (await fileSha256(image.file));
    const mask = image.mask ? await fileSha256(image.mask) : '-';
    lines.push([image.id, image.split, image.label, content, mask].join('\t'));
  }
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex');
}
