import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Dataset, DatasetImage } from './dataset.ts';
import { classifyMvtecPath, type MvtecPath } from './layout.ts';

/** A folder that cannot be read as a dataset; the message is one sentence with the remedy. */
export class BadDatasetError extends Error {
  override readonly name = 'BadDatasetError';
}

const expected = 'expected train/good/*, test/<good or a defect>/* and ground_truth/<defect>/<image>_mask.png';

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function classify(dir: string, files: readonly string[]): { place: MvtecPath; file: string }[] {
  return files.flatMap((file) => {
    const place = classifyMvtecPath(file.slice(dir.length + 1));
    return place && place.root === '' ? [{ place, file }] : [];
  });
}

/**
 * Reads one class folder in MVTec AD's layout (train/good, test/<label>, ground_truth/<label>/<stem>_mask.png, and validation/good where present).
 * Nothing is decoded. Images come in the order of their paths; a defect without a mask gets `mask: null`.
 * @throws BadDatasetError where the folder is missing, has another layout, or holds two images of one name
 */
export async function readMvtecDataset(directory: string): Promise<Dataset> {
  const dir = resolve(directory);
  const info = await stat(dir).catch(() => null);
  if (!info?.isDirectory())
    throw new BadDatasetError(`${directory} is not a folder; name one class folder in MVTec AD's layout (${expected}).`);
  const found = classify(dir, await listFiles(dir));
  const masks = new Map<string, string>();
  // `<stem>_mask` sorts after `<stem>`, so MVTec's own spelling wins where both exist.
  for (const { place, file } of found) if (place.kind === 'mask') masks.set(`${place.label}/${place.stem}`, file);
  const images = new Map<string, DatasetImage>();
  for (const { place, file } of found) {
    if (place.kind === 'mask') continue;
    const { split, label, name, stem } = place;
    const id = `${split}/${label}/${stem}`;
    const other = images.get(id);
    if (other)
      throw new BadDatasetError(
        `${directory} holds both ${other.name} and ${name} in ${split}/${label}; rename one, since results are filed by name without extension.`,
      );
    images.set(id, { id, split, label, name, file, mask: label === 'good' ? null : (masks.get(`${label}/${stem}`) ?? null) });
  }
  const dataset: Dataset = { name: basename(dir), images: [...images.values()] };
  if (!dataset.images.some((image) => image.split === 'train') && !dataset.images.some((image) => image.split === 'test'))
    throw new BadDatasetError(`${directory} is not in MVTec AD's layout: ${expected} directly below it, but found none of these.`);
  return dataset;
}
