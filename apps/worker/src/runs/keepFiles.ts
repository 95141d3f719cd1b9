import { holdFiles, type Prisma } from '@plumbline/prisma';
import type { Content, Storage } from '@plumbline/storage';

/** A file that was stored, and its bytes, which are still at hand. */
export interface KeptFile {
  readonly sha256: string;
  readonly content: Content;
}

/** Files that are looked for at once: an evaluation of ten thousand images has twice as many, and its transaction keeps others waiting. */
const atOnce = 64;

/**
 * To be called in the transaction that writes the rows of stored files. The same bytes may have been those of something deleted, and so have been
 * removed since they were stored: then they are stored again, and until the transaction ends none is removed.
 */
export async function keepFiles(tx: Prisma.TransactionClient, storage: Storage, files: readonly KeptFile[]): Promise<void> {
  if (files.length === 0) return;
  await holdFiles(tx, 'bring');
  const contents = [...new Map(files.map(({ sha256, content }) => [sha256, content]))];
  for (let at = 0; at < contents.length; at += atOnce)
    await Promise.all(
      contents.slice(at, at + atOnce).map(async ([sha256, content]) => {
        if (!(await storage.stat(sha256))) await storage.put(content);
      }),
    );
}
