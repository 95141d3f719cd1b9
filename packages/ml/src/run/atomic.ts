import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file so that after a kill or a power cut either the old or the new content is there, never a part: temporary file beside it, fsync,
 * rename over, fsync of the folder.
 * @param onBoundary called after every change on disk, with its name
 */
export async function writeAtomic(
  path: string,
  content: string | Uint8Array,
  onBoundary: (change: string) => void = () => undefined,
): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, 'w');
    onBoundary(`opened ${temporary}`);
    try {
      await file.writeFile(content);
      onBoundary(`wrote ${temporary}`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    onBoundary(`renamed to ${path}`);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Makes renames inside a folder durable. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
