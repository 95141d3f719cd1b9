import { expect, test } from 'vitest';
import { filesOfDrop, unreadSentence } from './dropped-files.ts';

type Got<T> = (value: T) => void;

/** Entries as a browser hands them out; null for a file that it cannot read. */
const fileEntry = (fullPath: string, file: File | null) => ({
  ...{ isFile: true, fullPath },
  file: (got: Got<File>, failed: Got<Error>) => (file ? got(file) : failed(new Error('NotReadableError'))),
});
/** `breaks`: the folder cannot be read to its end. */
const folderEntry = (fullPath: string, children: readonly object[], breaks = false) => ({
  ...{ isFile: false, fullPath },
  createReader: () => {
    const batches = [children, []];
    return {
      readEntries: (got: Got<readonly object[]>, failed: Got<Error>) => {
        const batch = batches.shift()!;
        if (batch.length === 0 && breaks) failed(new Error('NotFoundError'));
        else got(batch);
      },
    };
  },
});
const dropOf = (...entries: object[]) =>
  ({ items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })), files: [] }) as unknown as DataTransfer;

test('an entry that cannot be read keeps none of the others away, and is named', async () => {
  const [a, b, c] = ['a.png', 'b.png', 'c.png'].map((name) => new File(['x'], name)) as [File, File, File];
  const found = await filesOfDrop(
    dropOf(
      folderEntry('/parts', [
        fileEntry('/parts/a.png', a),
        fileEntry('/parts/locked.png', null),
        folderEntry('/parts/gone', [fileEntry('/parts/gone/b.png', b)], true),
      ]),
      fileEntry('/c.png', c),
      fileEntry('/Thumbs.db', null),
    ),
  );
  expect(found.files).toEqual([
    { path: 'parts/a.png', file: a },
    { path: 'parts/gone/b.png', file: b },
    { path: 'c.png', file: c },
  ]);
  expect(found.unread).toEqual(['parts/locked.png', 'parts/gone']);
  expect(unreadSentence(found.unread)).toContain('parts/locked.png and 1 more');
  expect(unreadSentence([])).toBeNull();
});
