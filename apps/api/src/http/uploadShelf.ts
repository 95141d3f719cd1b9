import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { FileStore } from '@tus/file-store';

/** A finished upload that waits to be imported. */
export interface FinishedUpload {
  /** Absolute path of its bytes. */
  readonly file: string;
  readonly bytes: number;
}

/** Uploads on disk, each belonging to the person whose id its name begins with. */
export interface UploadShelf {
  readonly store: FileStore;
  nameFor(userId: string): string;
  belongsTo(uploadId: string, userId: string): boolean;
  /** The finished upload, or null for one that is unfinished, unknown or somebody else's. */
  finished(userId: string, uploadId: string): Promise<FinishedUpload | null>;
  /** True where the content begins as a zip does. */
  isZip(upload: FinishedUpload): Promise<boolean>;
  remove(userId: string, uploadId: string): Promise<void>;
}

/** Unfinished and forgotten uploads are removed after this long. */
const keptForMs = 3 * 24 * 3600 * 1000;
const namePattern = /^([0-9a-f-]{36})\.[0-9a-f]{32}$/;

export function createUploadShelf(directory: string): UploadShelf {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const store = new FileStore({ directory, expirationPeriodInMilliseconds: keptForMs });
  const belongsTo = (uploadId: string, userId: string): boolean => namePattern.exec(uploadId)?.[1] === userId;
  return {
    store,
    nameFor: (userId) => `${userId}.${randomBytes(16).toString('hex')}`,
    belongsTo,
    async finished(userId, uploadId) {
      if (!belongsTo(uploadId, userId)) return null;
      const upload = await store.getUpload(uploadId).catch(() => null);
      if (!upload || upload.size === undefined || upload.offset !== upload.size) return null;
      return { file: join(directory, uploadId), bytes: upload.size };
    },
    async isZip({ file }) {
      const handle = await open(file);
      try {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
        const signature = bytesRead === 4 ? buffer.readUInt32BE(0) : 0;
        // A local file header, or the end record of an empty archive.
        return signature === 0x504b0304 || signature === 0x504b0506;
      } finally {
        await handle.close();
      }
    },
    async remove(userId, uploadId) {
      if (belongsTo(uploadId, userId)) await store.remove(uploadId).catch(() => undefined);
    },
  };
}
