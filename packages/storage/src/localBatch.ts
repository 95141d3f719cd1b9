import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { addressOf, assertAddress, type StorageBatch } from './storage.ts';

/** Files flushed at once: a disk gathers what comes together, and the process's few file threads stay free for others. */
const flushedAtOnce = 2;

/** The folders of a local storage. */
interface Shelves {
  readonly root: string;
  readonly incoming: string;
  /** Path of a file by its address; refuses what is none. */
  place(sha256: string): string;
}

export const createShelves = (root: string): Shelves => ({
  root,
  incoming: join(root, 'incoming'),
  place(sha256) {
    assertAddress(sha256);
    return join(root, sha256.slice(0, 2), sha256.slice(2));
  },
});

export const isCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Puts a flushed file under its address. Its folder still has to be flushed. */
async function show(shelves: Shelves, temporary: string, sha256: string): Promise<void> {
  const target = shelves.place(sha256);
  const move = () => rename(temporary, target);
  try {
    await move();
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
    await mkdir(dirname(target), { recursive: true });
    await flushFolder(shelves.root);
    await move();
  }
}

/** Puts one flushed file under its address, for good. */
export async function publish(shelves: Shelves, temporary: string, sha256: string): Promise<void> {
  await show(shelves, temporary, sha256);
  await flushFolder(dirname(shelves.place(sha256)));
}

interface Written {
  readonly sha256: string;
  readonly temporary: string;
  readonly handle: FileHandle;
}

/** A batch of files on local disk: written to `incoming` at once, flushed and shown together. */
export function startLocalBatch(shelves: Shelves): StorageBatch {
  let written = new Map<string, Promise<Written | null>>();

  /** Null where the file is there already. */
  async function write(bytes: Buffer, sha256: string): Promise<Written | null> {
    const there = await stat(shelves.place(sha256)).catch((error: unknown) => {
      if (isCode(error, 'ENOENT')) return null;
      throw error;
    });
    if (there?.size === bytes.length) return null;
    const temporary = join(shelves.incoming, randomUUID());
    const create = () => open(temporary, 'wx', 0o640);
    const handle = await create().catch(async (error: unknown) => {
      if (!isCode(error, 'ENOENT')) throw error;
      await mkdir(shelves.incoming, { recursive: true });
      return create();
    });
    try {
      await handle.writeFile(bytes);
    } catch (error) {
      await remove({ sha256, temporary, handle });
      throw error;
    }
    return { sha256, temporary, handle };
  }

  async function remove({ handle, temporary }: Written): Promise<void> {
    await handle.close();
    await rm(temporary, { force: true });
  }

  return {
    async put(bytes, sha256 = addressOf(bytes)) {
      const writing = written.get(sha256) ?? write(bytes, sha256);
      written.set(sha256, writing);
      await writing;
      return { sha256, bytes: bytes.length };
    },
    async commit() {
      const queue = await Promise.all(written.values());
      const files = queue.filter((one) => one !== null);
      const lane = async (): Promise<void> => {
        for (let one = queue.pop(); one !== undefined; one = queue.pop()) await one?.handle.datasync();
      };
      await Promise.all(Array.from({ length: flushedAtOnce }, lane));
      for (const { handle, temporary, sha256 } of files) {
        await handle.close();
        await show(shelves, temporary, sha256);
      }
      // Of what was there before, too: who wrote it may not have come to this yet.
      for (const folder of new Set([...written.keys()].map((sha256) => dirname(shelves.place(sha256))))) await flushFolder(folder);
      written = new Map();
    },
    async discard() {
      const files = await Promise.allSettled(written.values());
      written = new Map();
      for (const file of files) if (file.status === 'fulfilled' && file.value) await remove(file.value);
    },
  };
}
