import { describe, expect, it } from 'vitest';
import { defectsOf, goodCounts, labelCounts, splitCounts, type SplitLabelCount } from './counts.ts';
import { sizesInWords } from './sizes.ts';

const counts: SplitLabelCount[] = [
  { split: 'train', label: 'good', count: 30 },
  { split: 'test', label: 'hole', count: 4 },
  { split: 'test', label: 'good', count: 10 },
  { split: 'test', label: 'crack', count: 2 },
];

describe('counts of a dataset', () => {
  it('add up per split, with zero for a split without images', () => {
    expect(splitCounts(counts)).toEqual({ train: 30, validation: 0, test: 16 });
  });

  it('tell the good images apart and name each defect once', () => {
    expect(goodCounts(counts)).toEqual({ train: 30, validation: 0, test: 10 });
    expect(defectsOf([...counts, { label: 'hole' }])).toEqual(['hole', 'crack']);
  });

  it('list good first and then the defects by name, within the chosen split', () => {
    expect(labelCounts(counts, 'test')).toEqual([
      { label: 'good', count: 10 },
      { label: 'crack', count: 2 },
      { label: 'hole', count: 4 },
    ]);
    expect(labelCounts(counts, null)[0]).toEqual({ label: 'good', count: 40 });
  });
});

describe('sizesInWords', () => {
  it('names the commonest size and how many others there are', () => {
    expect(sizesInWords([])).toBe('–');
    expect(sizesInWords([{ width: 256, height: 256, count: 9 }])).toBe('256 × 256');
    expect(
      sizesInWords([
        { width: 10, height: 10, count: 1 },
        { width: 256, height: 200, count: 9 },
      ]),
    ).toBe('256 × 200 and 1 other size');
  });
});
