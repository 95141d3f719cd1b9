import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createShelves, isCode, publish, startLocalBatch } from './localBatch.ts';
import {
  addressOf,
  assertAddress,
  type ByteRange,
  type Content,
  MissingFileError,
  type Storage,
  type StoredFile,
  WrongContentError,
} from './storage.ts';

/**
 * Files on local disk under `root`: `ab/cd…` by sha256. Bytes go to `root/incoming` first, are flushed to disk, and then appear under their
 * address by one renaming: a process killed at any moment leaves the file whole or absent.
 */
export function createLocalStorage({ root }: { readonly root: string }): Storage {
  const shelves = createShelves(root);
  const { incoming, place } = shelves;

  async function putBytes(bytes: Buffer, expected: string | undefined): Promise<StoredFile> {
    const sha256 = addressOf(bytes);
    if (expected !== undefined && expected !== sha256) throw new WrongContentError(expected, sha256);
    const batch = startLocalBatch(shelves);
    try {
      const stored = await batch.put(bytes, sha256);
      await batch.commit();
      return stored;
    } finally {
      await batch.discard();
    }
  }

  async function put(content: Content, expected?: { readonly sha256: string }): Promise<StoredFile> {
    if (expected) assertAddress(expected.sha256);
    if (Buffer.isBuffer(content)) return putBytes(content, expected?.sha256);
    await mkdir(incoming, { recursive: true });
    const temporary = join(incoming, randomUUID());
    const hash = createHash('sha256');
    let bytes = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        bytes += chunk.length;
        done(null, chunk);
      },
    });
    const source = content instanceof Readable ? content : createReadStream(content.file);
    try {
      await pipeline(source, measure, createWriteStream(temporary, { flags: 'wx', mode: 0o640, flush: true }));
      const sha256 = hash.digest('hex');
      if (expected && expected.sha256 !== sha256) throw new WrongContentError(expected.sha256, sha256);
      await publish(shelves, temporary, sha256);
      return { sha256, bytes };
    } finally {
      await rm(temporary, { force: true });
    }
  }

  async function statFile(sha256: string): Promise<StoredFile | null> {
    try {
      return { sha256, bytes: (await stat(place(sha256))).size };
    } catch (error) {
      if (isCode(error, 'ENOENT')) return null;
      throw error;
    }
  }

  return {
    put,
    batch: () => startLocalBatch(shelves),
    stat: statFile,
    async open(sha256: string, range?: ByteRange) {
      if (!(await statFile(sha256))) throw new MissingFileError(sha256);
      return createReadStream(place(sha256), range ? { start: range.start, end: range.end } : {});
    },
    async read(sha256: string) {
      try {
        return await readFile(place(sha256));
      } catch (error) {
        if (isCode(error, 'ENOENT')) throw new MissingFileError(sha256);
        throw error;
      }
    },
    async localPath(sha256: string) {
      if (!(await statFile(sha256))) throw new MissingFileError(sha256);
      return place(sha256);
    },
    async remove(sha256: string) {
      try {
        await unlink(place(sha256));
        return true;
      } catch (error) {
        if (isCode(error, 'ENOENT')) return false;
        throw error;
      }
    },
  };
}
