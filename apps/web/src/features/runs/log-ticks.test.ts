import { describe, expect, it } from 'vitest';
import { logTicks } from './log-ticks.ts';

describe('logTicks', () => {
  it('are 1, 2 and 5 times powers of ten', () => {
    expect(logTicks(8, 250)).toEqual([10, 20, 50, 100, 200]);
  });

  it('are closer where the range is short', () => {
    expect(logTicks(560, 2600)).toEqual([600, 700, 800, 900, 1000, 1500, 2000, 2500]);
  });

  it('are none where the logarithm is not defined', () => {
    expect(logTicks(0, 10)).toEqual([]);
    expect(logTicks(-1, 10)).toEqual([]);
    expect(logTicks(Number.NaN, 10)).toEqual([]);
  });
});
