import { describe, expect, it } from 'vitest';
import { seedBands, spreadOf, type EpochPoint } from './seed-bands.ts';

const curve = (...values: number[]): EpochPoint[] =>
  values.flatMap((value, index) => [
    { series: 'validation', epoch: index + 1, value },
    { series: 'train', epoch: index + 1, value: value * 2 },
  ]);

describe('seedBands', () => {
  it('gives mean, lowest and highest over the seeds that have reached an epoch, and how many they are', () => {
    const { epochs, bands } = seedBands([{ name: 'a', curves: [curve(10, 6, 2), curve(14, 8)] }], 'validation');
    expect(epochs).toEqual([1, 2, 3]);
    expect(bands).toEqual([{ name: 'a', mean: [12, 7, 2], low: [10, 6, 2], high: [14, 8, 2], seeds: [2, 2, 1] }]);
  });

  it('lays variants of different length over the same epochs and leaves out what is not finite', () => {
    const { epochs, bands } = seedBands(
      [
        { name: 'a', curves: [curve(1, Number.NaN)] },
        { name: 'b', curves: [curve(3, 4)] },
        { name: 'c', curves: [] },
      ],
      'train',
    );
    expect(epochs).toEqual([1, 2]);
    expect(bands.map(({ mean }) => mean)).toEqual([
      [2, null],
      [6, 8],
      [null, null],
    ]);
  });
});

describe('spreadOf', () => {
  it('is the sample deviation, unknown for one value', () => {
    expect(spreadOf([1, 3])).toEqual({ mean: 2, deviation: Math.SQRT2, count: 2 });
    expect(spreadOf([5])).toEqual({ mean: 5, deviation: null, count: 1 });
    expect(spreadOf([])).toBeNull();
  });
});
