import { createHash } from 'node:crypto';
import { type Readable } from 'node:stream';

/** What `put` accepts: bytes, a stream of bytes, or a file that is copied. */
export type Content = Buffer | Readable | { readonly file: string };

/** A byte range, both ends included, as in an HTTP Range header. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface StoredFile {
  /** Lower-case hexadecimal sha256 of the bytes; the file's name in storage. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Many small files that are made safe together, which costs a disk far less than one by one. */
export interface StorageBatch {
  /** Takes the bytes; nobody sees them before `commit`. `sha256`: what {@link addressOf} said of them, where that was asked before. */
  put(bytes: Buffer, sha256?: string): Promise<StoredFile>;
  /** Once it resolves every file that was put is visible, and on disk whatever happens then. */
  commit(): Promise<void>;
  /** Forgets what was put and not committed. */
  discard(): Promise<void>;
}

/**
 * Content-addressed, immutable files. A file is visible only when it is whole, and storing the same bytes twice stores them once.
 * Local disk and S3 implement the same interface.
 */
export interface Storage {
  /** Stores the bytes and returns their address. `expected` refuses other bytes with a {@link WrongContentError}. */
  put(content: Content, expected?: { readonly sha256: string }): Promise<StoredFile>;
  /** Begins a batch: end it with `commit` or `discard`. */
  batch(): StorageBatch;
  /** Reads a file or a range of it. Throws {@link MissingFileError}. */
  open(sha256: string, range?: ByteRange): Promise<Readable>;
  /** All of a file that is known to be small, such as a thumbnail: a stream costs more than its bytes. Throws {@link MissingFileError}. */
  read(sha256: string): Promise<Buffer>;
  /** Null when there is no such file. */
  stat(sha256: string): Promise<StoredFile | null>;
  /** A local path to read from; throws {@link MissingFileError}. A remote driver downloads into its cache first. */
  localPath(sha256: string): Promise<string>;
  /** Removes the file; true when it was there. */
  remove(sha256: string): Promise<boolean>;
}

export class MissingFileError extends Error {
  override readonly name = 'MissingFileError';
  readonly sha256: string;
  constructor(sha256: string) {
    super(`The file ${sha256.slice(0, 12)}… is not in storage: restore the storage folder from a backup, or import the data again.`);
    this.sha256 = sha256;
  }
}

export class WrongContentError extends Error {
  override readonly name = 'WrongContentError';
  constructor(expected: string, got: string) {
    super(`The bytes that arrived have the sha256 ${got.slice(0, 12)}…, not ${expected.slice(0, 12)}…: send the file again.`);
  }
}

/** The address of these bytes. */
export const addressOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const address = /^[0-9a-f]{64}$/;

/** Refuses anything but a sha256, so that no address can leave the storage folder. */
export function assertAddress(sha256: string): void {
  if (!address.test(sha256)) throw new TypeError(`"${sha256.slice(0, 80)}" is not a sha256 in lower-case hexadecimal.`);
}
