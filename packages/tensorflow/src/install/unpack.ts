import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise } from 'yauzl';
import type { Progress } from './progress.ts';

/** Where an entry of the wheel goes below the target, or null to leave it out. */
export type Placement = (nameInWheel: string) => string | null;

const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

/** The headers that the binding includes, directly or through others; the wheel's other 10,000 stay in it. */
const headers = ['tensorflow/c/', 'tensorflow/core/platform/ctstring', 'tsl/platform/ctstring', 'xla/tsl/c/'];

/** Keeps the two shared libraries (lib/) and the headers of the C interface (include/). */
export const tensorflowParts: Placement = (name) => {
  const library = libraries.find((file) => name === `tensorflow/${file}`);
  if (library) return join('lib', library);
  const header = headers.find((prefix) => name.startsWith(`tensorflow/include/${prefix}`));
  return header && name.endsWith('.h') ? name.slice('tensorflow/'.length) : null;
};

/**
 * Unpacks chosen entries of a zip file.
 * @returns how many files were written
 */
export async function unpack(zip: string, target: string, placement: Placement, progress: Progress): Promise<number> {
  const archive = await openPromise(zip, { lazyEntries: true, autoClose: false });
  let bytes = 0;
  let files = 0;
  try {
    for await (const entry of archive.eachEntry() as AsyncIterable<Entry>) {
      const place = placement(entry.fileName);
      if (place === null) continue;
      const path = join(target, place);
      await mkdir(dirname(path), { recursive: true });
      const stream = await archive.openReadStreamPromise(entry);
      stream.on('data', (chunk: Buffer) => progress.update((bytes += chunk.length)));
      await pipeline(stream, createWriteStream(path));
      files++;
    }
  } finally {
    archive.close();
    progress.finish();
  }
  return files;
}
