import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { MissingFileError, type Storage } from '@plumbline/storage';
import type { Sendable } from './send.ts';

/** A file of the storage as it is sent. */
export function storedFile(storage: Storage, sha256: string, type: string, name: string): Sendable {
  return {
    tag: sha256,
    type,
    name,
    async bytes() {
      const file = await storage.stat(sha256);
      if (!file) throw new MissingFileError(sha256);
      return file.bytes;
    },
    digest: async () => sha256,
    open: (span) => storage.open(sha256, span ?? undefined),
  };
}

/** The same of a file that is small enough to be read at once. */
export const smallFile = (storage: Storage, sha256: string, type: string, name: string): Sendable => ({
  ...storedFile(storage, sha256, type, name),
  read: () => storage.read(sha256),
});

/** A text that was just written; what stands in it may be written otherwise one day. */
export function textFile(text: string, type: string, name: string): Sendable {
  const bytes = Buffer.from(text);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    tag: sha256,
    type: `${type}; charset=utf-8`,
    name,
    changes: true,
    bytes: async () => bytes.length,
    digest: async () => sha256,
    open: async (span) => Readable.from([span ? bytes.subarray(span.start, span.end + 1) : bytes]),
  };
}
