import { type FileHandle, open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import yauzl, { type Entry, getFileNameLowLevel, type ZipFile } from 'yauzl';

/** Bounds that keep an archive from filling memory or disk, whatever its headers claim. */
export interface ArchiveLimits {
  readonly entries: number;
  /** Unpacked bytes of one entry. */
  readonly entryBytes: number;
  /** Unpacked bytes of the whole archive. */
  readonly totalBytes: number;
  /** Unpacked ÷ packed size from which an entry of more than a mebibyte is taken for a bomb. */
  readonly ratio: number;
}

export const archiveLimits: ArchiveLimits = { entries: 200_000, entryBytes: 512 * 2 ** 20, totalBytes: 20 * 2 ** 30, ratio: 1000 };

/** One file of an archive: its bytes on demand, or why it is refused. */
export type ArchiveFile = { readonly path: string } & ({ readonly read: () => Promise<Buffer> } | { readonly refused: string });

export class BadArchiveError extends Error {
  override readonly name = 'BadArchiveError';
}

/** The bytes of one file of an archive cannot be had; the others can. */
export class BadEntryError extends Error {
  override readonly name = 'BadEntryError';
}

/** True when the bytes begin as a zip file's do. */
export const looksLikeZip = (head: Buffer): boolean =>
  head.length >= 4 && [zipStart, emptyZip].some((signature) => head.readUInt32BE(0) === signature);
/** A local file header, and the end record that is all of an empty archive. */
const [zipStart, emptyZip] = [0x504b0304, 0x504b0506];

/** How archives of other kinds begin, in hexadecimal. */
const otherArchives: readonly (readonly [kind: string, start: string])[] = [
  ['a 7z archive', '377abcaf271c'],
  ['a RAR archive', '526172211a07'],
  ['a gzip file', '1f8b'],
  ['an xz file', 'fd377a585a00'],
];

/** Why a file that is no zip by its content cannot be opened as an archive either; null for what is no archive at all. */
export function refuseArchive(path: string, head: Buffer): string | null {
  const start = head.toString('hex');
  const other = otherArchives.find(([, signature]) => start.startsWith(signature));
  if (other) return `${path} is ${other[0]}, which is not read here: zip the folder instead.`;
  if (/\.zip$/i.test(path)) return `${path} is not a zip archive, whatever its name says: zip the folder again.`;
  return null;
}

const longestPath = 1000;

/** A path that the database can keep and a screen can show, whatever the archive says. */
const shownPath = (path: string): string => path.replaceAll(/\p{Cc}/gu, '\uFFFD').slice(0, longestPath);

/** Why the name may not be unpacked, or null. */
export function refusePath(path: string): string | null {
  if (/\p{Cc}|\uFFFD/u.test(path)) return 'its name is not text that can be shown: rename the file and zip again.';
  if (path.length > longestPath) return `its path is longer than ${longestPath} characters: shorten it and zip again.`;
  if (path.startsWith('/') || path.startsWith('\\') || /^[a-zA-Z]:/.test(path))
    return 'its path is absolute: zip the folder itself, not its full path.';
  if (path.split(/[\\/]/).includes('..')) return 'its path leads out of the archive (..): zip the folder again.';
  return null;
}

function nameOf(entry: Entry): string {
  // Archives made on a Mac hold decomposed letters; one name is one name.
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false).normalize('NFC');
}

const unixMode = (entry: Entry): number => (entry.externalFileAttributes >>> 16) & 0xffff;

function refuseEntry(entry: Entry, limits: ArchiveLimits, unpackedSoFar: number): string | null {
  if ((unixMode(entry) & 0o170000) === 0o120000) return 'it is a symbolic link: zip the file that it points to.';
  if (entry.isEncrypted()) return 'it is encrypted: zip without a password.';
  if (entry.uncompressedSize > limits.entryBytes) return `it unpacks to more than ${limits.entryBytes / 2 ** 20} MiB: reduce the image.`;
  if (entry.uncompressedSize > 2 ** 20 && entry.uncompressedSize > limits.ratio * Math.max(1, entry.compressedSize))
    return `it unpacks to over ${limits.ratio} times its size, as an archive bomb does.`;
  if (unpackedSoFar + entry.uncompressedSize > limits.totalBytes)
    return `the archive unpacks to more than ${limits.totalBytes / 2 ** 30} GiB: split it.`;
  return null;
}

/**
 * The files of a zip archive, one after another, in the order of its directory. Folders are left out. The directory is read as it goes, so that
 * memory does not grow with the archive. `read` must be called before the next file is asked for.
 * @throws BadArchiveError when the file is no zip archive, is truncated, or holds too many entries
 */
export async function* readArchive(path: string, limits: ArchiveLimits = archiveLimits): AsyncGenerator<ArchiveFile> {
  let zip: ZipFile;
  const data = await open(path, 'r');
  try {
    // Names are decoded and checked here, one by one: yauzl's own check would end the whole archive at the first bad one.
    zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true });
  } catch (error) {
    await data.close();
    throw new BadArchiveError(`The archive cannot be read (${messageOf(error)}): zip the folder again.`);
  }
  const reads = new Set<Promise<void>>();
  try {
    if (zip.entryCount > limits.entries)
      throw new BadArchiveError(`The archive holds ${zip.entryCount} entries, more than ${limits.entries}: split it.`);
    const seen = new Set<string>();
    let unpacked = 0;
    for (let entry = await nextEntry(zip); entry; entry = await nextEntry(zip)) {
      const current = entry;
      const name = nameOf(current);
      if (name.endsWith('/')) continue;
      const refused =
        refusePath(name) ?? (seen.has(name) ? 'the archive holds this name twice: rename one.' : refuseEntry(current, limits, unpacked));
      seen.add(name);
      if (refused) {
        const shown = shownPath(name);
        yield { path: shown, refused: `${shown} is refused: ${refused}` };
        continue;
      }
      unpacked += current.uncompressedSize;
      yield {
        path: name,
        read: () => {
          const bytes = readEntry(zip, data, current);
          const settled: Promise<void> = bytes.then(
            () => void reads.delete(settled),
            () => void reads.delete(settled),
          );
          reads.add(settled);
          return bytes;
        },
      };
    }
  } finally {
    // A reader may still be at work on the last entries.
    await Promise.all(reads);
    zip.close();
    await data.close();
  }
}

function nextEntry(zip: ZipFile): Promise<Entry | null> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      zip.off('entry', onEntry);
      zip.off('end', onEnd);
      zip.off('error', onError);
    };
    const onEntry = (entry: Entry): void => (done(), resolve(entry));
    const onEnd = (): void => (done(), resolve(null));
    const onError = (error: unknown): void => {
      done();
      reject(new BadArchiveError(`The archive cannot be read further (${messageOf(error)}): zip the folder again.`));
    };
    zip.once('entry', onEntry);
    zip.once('end', onEnd);
    zip.once('error', onError);
    zip.readEntry();
  });
}

const inflate = promisify(inflateRaw);

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** What is wrong with an entry's header (yauzl) or data (zlib) is its own. @throws what was thrown where disk or memory is to blame */
function ofTheEntry(error: unknown): never {
  const code = codeOf(error);
  if (code === '' || (code.startsWith('Z_') && code !== 'Z_MEM_ERROR')) throw new BadEntryError(messageOf(error));
  throw error;
}

/** An entry's bytes by one read and at most one inflation, whose result may not be longer than the directory says. @throws BadEntryError */
async function readEntry(zip: ZipFile, data: FileHandle, entry: Entry): Promise<Buffer> {
  const { compressionMethod, compressedSize, uncompressedSize } = entry;
  if (compressionMethod !== stored && compressionMethod !== deflated)
    throw new BadEntryError(`unsupported compression method ${compressionMethod}`);
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true }).catch(ofTheEntry);
  if (fileDataStart + compressedSize > zip.fileSize) throw new BadEntryError('not enough bytes: the archive ends before this entry does');
  const packed = Buffer.allocUnsafe(compressedSize);
  for (let at = 0; at < compressedSize;) {
    const { bytesRead } = await data.read(packed, at, compressedSize - at, fileDataStart + at);
    if (bytesRead === 0) throw new BadEntryError('not enough bytes: the archive ends before this entry does');
    at += bytesRead;
  }
  if (compressionMethod === stored) return packed;
  const room = Math.max(uncompressedSize, 1);
  const bytes = await inflate(packed, { maxOutputLength: room, chunkSize: Math.max(room, 64) }).catch((error: unknown) => {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE')
      throw new BadEntryError(`too many bytes: it unpacks to more than the ${uncompressedSize} that the archive states`);
    return ofTheEntry(error);
  });
  if (bytes.length !== uncompressedSize) throw new BadEntryError(`not enough bytes: ${bytes.length} of ${uncompressedSize}`);
  return bytes;
}

/** The two ways in which a zip file keeps an entry's bytes that are read here. */
const [stored, deflated] = [0, 8];

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
