import { createLocalStorage } from '@plumbline/storage';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BadEntryError } from './archive.ts';
import { examine } from './examine.ts';

const bench = { files: createLocalStorage({ root: join(tmpdir(), 'nothing-is-put-here') }).batch(), knows: () => false };
const file = (error: Error) => ({ path: 'train/good/a.png', read: () => Promise.reject(error) });

describe('a file that cannot be read', () => {
  it('is refused where its part of the archive is damaged, and ends the attempt where the disk or the database is to blame', async () => {
    expect(await examine(file(new BadEntryError('invalid distance')), bench)).toEqual({
      kind: 'refused',
      path: 'train/good/a.png',
      reason: 'train/good/a.png cannot be unpacked (invalid distance): zip it again.',
    });
    for (const error of [
      Object.assign(new Error('EINVAL: invalid argument, read'), { code: 'EINVAL' }),
      new Error('Invalid `prisma.image.findMany()` invocation'),
    ])
      await expect(examine(file(error), bench)).rejects.toBe(error);
  });
});
