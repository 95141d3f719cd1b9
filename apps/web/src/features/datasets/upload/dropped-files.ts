import type { ImportPlaceInput } from '#web/graphql/generated/graphql.ts';

/** A file to upload, with its path inside what was chosen (the folder's own name first, as dropped). */
export interface ChosenFile {
  readonly path: string;
  readonly file: File;
  /** What the person said it is, for a file whose path does not tell. */
  readonly place?: ImportPlaceInput;
}

/** Files that systems leave in folders and nobody means to upload. */
const clutter = /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*|__MACOSX(\/.*)?)$/i;

export function isClutter(path: string): boolean {
  return clutter.test(path);
}

/** What a drop gave. */
export interface DroppedFiles {
  readonly files: ChosenFile[];
  /** Paths of files and folders that the browser could not read. */
  readonly unread: string[];
}

/** Everything under the dropped items, folders walked to the end. Must be called inside the drop event: its items are gone afterwards. */
export async function filesOfDrop(transfer: DataTransfer): Promise<DroppedFiles> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return { files: filesOfInput([...transfer.files]), unread: [] };
  const found: DroppedFiles = { files: [], unread: [] };
  for (const entry of entries) await walk(entry, found);
  return { files: found.files.filter(({ path }) => !isClutter(path)), unread: found.unread.filter((path) => !isClutter(path)) };
}

/** In one sentence that some entries are left out; null for none. */
export function unreadSentence(unread: readonly string[]): string | null {
  if (unread.length === 0) return null;
  const what = unread.length === 1 ? unread[0]! : `${unread[0]!} and ${unread.length - 1} more`;
  return `The browser could not read ${what}: look whether ${unread.length === 1 ? 'it is' : 'they are'} still there and may be read, then choose again.`;
}

/** What a file input gave; a folder input puts the path into webkitRelativePath. */
export function filesOfInput(files: readonly File[]): ChosenFile[] {
  return files.map((file) => ({ path: file.webkitRelativePath || file.name, file })).filter(({ path }) => !isClutter(path));
}

/** One entry that cannot be read keeps none of the others from being found. */
async function walk(entry: FileSystemEntry, found: DroppedFiles): Promise<void> {
  const path = entry.fullPath.replace(/^\//, '');
  try {
    if (entry.isFile) {
      const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
      found.files.push({ path, file });
      return;
    }
    const reader = (entry as FileSystemDirectoryEntry).createReader();
    // A reader hands out at most a hundred entries at a time.
    for (;;) {
      const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
      if (batch.length === 0) return;
      for (const child of batch) await walk(child, found);
    }
  } catch {
    found.unread.push(path);
  }
}
