import { open, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Storage } from '@plumbline/storage';
import { type DetectedPlace, placesOfLayout } from '@plumbline/ml/datasets';
import { z } from 'zod';
import { type ArchiveFile, BadArchiveError, looksLikeZip, readArchive, refuseArchive } from './archive.ts';

/** What somebody said a file is, since no folder tells it. */
const told = z.object({ split: z.enum(['train', 'validation', 'test']), label: z.string(), mask: z.boolean().nullish() }).optional();
export type ToldPlace = NonNullable<z.infer<typeof told>>;

/** What an upload left in storage: each file by its path in the upload and its sha256; an archive that came alone by its sha256. */
export const uploadedFiles = z
  .array(
    z.union([
      z.object({ path: z.string().min(1), sha256: z.string(), place: told }),
      z.object({ zip: z.string(), place: told }).transform(({ zip, place }) => ({ path: 'archive.zip', sha256: zip, place })),
    ]),
  )
  .min(1);
export type UploadedFiles = z.infer<typeof uploadedFiles>;

/** A file of an upload, with what was said about it. */
export type UploadedFile = ArchiveFile & { readonly told?: ToldPlace | undefined };

async function startOf(path: string): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Places of an archive's files by their names, where those leave no doubt. A broken archive says so when it is read. */
async function placesInArchive(local: string): Promise<Map<string, DetectedPlace>> {
  const paths: string[] = [];
  try {
    for await (const { path } of readArchive(local)) paths.push(path);
  } catch (error) {
    if (!(error instanceof BadArchiveError)) throw error;
  }
  return placesOfLayout(paths);
}

/**
 * Every file of an upload, archives opened: a zip (told by its content, not its name) gives its entries. Paths of several archives stay apart
 * by the archive's name. What was said about an archive holds for its entries.
 * @throws BadArchiveError
 */
export async function* eachFile(storage: Storage, files: UploadedFiles): AsyncGenerator<UploadedFile> {
  for (const { path, sha256, place } of files) {
    const local = await storage.localPath(sha256);
    const start = await startOf(local);
    if (!looksLikeZip(start)) {
      const refused = refuseArchive(path, start);
      yield refused ? { path, refused } : { path, told: place, read: () => readFile(local) };
      continue;
    }
    const prefix = files.length > 1 ? `${basename(path)}/` : '';
    // What names tell of an archive is told by all of them: they are read once before the first file is.
    const detected = place ? null : await placesInArchive(local);
    for await (const file of readArchive(local)) {
      const found = detected?.get(file.path);
      yield { ...file, path: prefix + file.path, told: place ?? (found && { ...found, mask: found.kind === 'mask' }) };
    }
  }
}
