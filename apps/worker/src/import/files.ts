import { open, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Storage } from '@plumbline/storage';
import { z } from 'zod';
import { type ArchiveFile, looksLikeZip, readArchive } from './archive.ts';

/** What an upload left in storage: each file by its path in the upload and its sha256; an archive that came alone by its sha256. */
export const uploadedFiles = z
  .array(
    z.union([
      z.object({ path: z.string().min(1), sha256: z.string() }),
      z.object({ zip: z.string() }).transform(({ zip }) => ({ path: 'archive.zip', sha256: zip })),
    ]),
  )
  .min(1);
export type UploadedFiles = z.infer<typeof uploadedFiles>;

async function startsAsZip(path: string): Promise<boolean> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return looksLikeZip(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

/**
 * Every file of an upload, archives opened: a zip (told by its content, not its name) gives its entries. Paths of several archives stay apart
 * by the archive's name.
 * @throws BadArchiveError
 */
export async function* eachFile(storage: Storage, files: UploadedFiles): AsyncGenerator<ArchiveFile> {
  for (const { path, sha256 } of files) {
    const local = await storage.localPath(sha256);
    if (!(await startsAsZip(local))) {
      yield { path, read: () => readFile(local) };
      continue;
    }
    const prefix = files.length > 1 ? `${basename(path)}/` : '';
    for await (const file of readArchive(local)) yield { ...file, path: prefix + file.path };
  }
}
