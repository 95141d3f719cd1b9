import { describe, expect, it } from 'vitest';
import { becameOf, importWord, readSoFar, tookNothing, type ImportCounts } from './import-words.ts';

const job: ImportCounts = { state: 'succeeded', total: 10, done: 10, accepted: 4, refused: 1, duplicates: 3, ignored: 2 };

describe('words for an import', () => {
  it('name parts that add up to the files read', () => {
    expect(becameOf(job).map(({ text }) => text)).toEqual(['4 accepted', '3 already there', '2 ignored', '1 refused']);
    expect(becameOf({ ...job, accepted: 0, refused: 0, duplicates: 0, ignored: 10 }).map(({ text }) => text)).toEqual([
      '0 accepted',
      '10 ignored',
    ]);
  });

  it('claim no total before it is known', () => {
    expect(readSoFar({ ...job, state: 'running', total: 0, done: 32 })).toBe('32 files read');
    expect(readSoFar({ ...job, state: 'running', total: 40, done: 32 })).toBe('32 of 40 files read');
    expect(readSoFar(job)).toBe('10 files read');
  });

  it('call it no success when nothing was taken in', () => {
    expect(tookNothing({ ...job, accepted: 0 })).toBe(true);
    expect(tookNothing({ state: 'running', accepted: 0 })).toBe(false);
    expect(importWord({ ...job, accepted: 0 })).toBe('nothing imported');
    expect(importWord(job)).toBe('1 refused');
    expect(importWord({ ...job, refused: 0 })).toBe('succeeded');
  });
});
