import { describe, expect, it } from 'vitest';
import { costHint, median } from './cost.ts';

describe('costHint', () => {
  it('gives the time at the measured speed', () => {
    expect(costHint({ patches: 600, epochs: 14, speeds: [90, 110] })).toBe(
      '14 epochs of 600 patches (8.40 k in all): about 1 min 24 s at 100 patches/s, as recent runs here.',
    );
  });

  it('promises no time when nothing was measured or the patches are not known', () => {
    expect(costHint({ patches: 600, epochs: 14, speeds: [] })).toContain('the time is known once it starts');
    expect(costHint({ patches: null, epochs: 14, speeds: [100] })).toContain('the time is known once it starts');
    expect(costHint({ patches: 600, epochs: Number.NaN, speeds: [100] })).toContain('Set the number of epochs');
  });
});

describe('median', () => {
  it('ignores what is not a speed', () => {
    expect(median([Number.NaN, 0, 30, 10, 20])).toBe(20);
    expect(median([])).toBeNull();
  });
});
