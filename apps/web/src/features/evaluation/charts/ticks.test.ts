import { describe, expect, it } from 'vitest';
import { ticks, tickTexts } from './ticks.ts';

describe('ticks of an axis', () => {
  it('are round and include round ends', () => {
    expect(ticks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(ticks(0.13, 0.92, 4)).toEqual([0.2, 0.4, 0.6, 0.8]);
    expect(ticks(0, 5200, 4)).toEqual([0, 2000, 4000]);
  });

  it('are whole numbers for counts', () => {
    expect(ticks(-5, 4, 3.8, true)).toEqual([-5, 0]);
    expect(ticks(0, 1, 4, true)).toEqual([0, 1]);
    expect(ticks(-3, 4, 4, true)).toEqual([-2, 0, 2, 4]);
  });

  it('are one value where the axis has no length', () => {
    expect(ticks(3, 3, 5)).toEqual([3]);
  });

  it('have the same decimals', () => {
    expect(tickTexts([0, 0.25, 0.5])).toEqual(['0.00', '0.25', '0.50']);
    expect(tickTexts([0, 1000])).toEqual(['0', '1000']);
  });
});
