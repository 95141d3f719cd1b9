import { describe, expect, it } from 'vitest';
import { runsOf, sumRuns } from './reduction.ts';

describe('runsOf', () => {
  it('takes neighbouring dimensions of one kind together and drops those of size 1', () => {
    expect(runsOf([2, 3, 1, 4], [1, 2])).toEqual([
      { size: 2, summed: false },
      { size: 3, summed: true },
      { size: 4, summed: false },
    ]);
    expect(runsOf([2, 3, 4], [0, 1, 2])).toEqual([{ size: 24, summed: true }]);
    expect(runsOf([], [])).toEqual([]);
  });
});

describe('sumRuns', () => {
  it('sums over every choice of dimensions as nested loops do', () => {
    const shape = [2, 3, 4, 5];
    const values = Float64Array.from({ length: 120 }, (_, i) => Math.sin(i));
    for (let mask = 0; mask < 16; mask++) {
      const axes = [0, 1, 2, 3].filter((axis) => mask & (1 << axis));
      const kept = [0, 1, 2, 3].filter((axis) => !axes.includes(axis));
      const expected = new Float64Array(kept.reduce((n, axis) => n * (shape[axis] ?? 1), 1));
      values.forEach((value, index) => {
        const place = [Math.floor(index / 60), Math.floor(index / 20) % 3, Math.floor(index / 5) % 4, index % 5];
        const target = kept.reduce((t, axis) => t * (shape[axis] ?? 1) + (place[axis] ?? 0), 0);
        expected[target] = (expected[target] ?? 0) + value;
      });
      sumRuns(values, runsOf(shape, axes)).forEach((sum, i) => expect(sum).toBeCloseTo(expected[i] ?? NaN, 10));
    }
  });

  it('keeps the small parts of a sum of millions of float32 values', () => {
    const values = new Float32Array(4_000_000).fill(0.1);
    const [sum] = sumRuns(values, [{ size: values.length, summed: true }]);
    expect(sum).toBeCloseTo(4_000_000 * Math.fround(0.1), 3);
  });
});
