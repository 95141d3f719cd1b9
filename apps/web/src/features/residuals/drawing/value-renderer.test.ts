import { describe, expect, it } from 'vitest';
import { notBelow } from './value-renderer.ts';

describe('a threshold for values in float32', () => {
  it('is reached by the same values as the threshold itself', () => {
    for (const threshold of [0, 0.1, 0.3, 1 / 3, 12.34, 99_900, 0.001, -0.2, 1e-45, 2 ** -30 + 2 ** -60]) {
      const one = notBelow(threshold);
      expect(Math.fround(one)).toBe(one);
      const bits = new Int32Array(new Float32Array([one]).buffer);
      for (const step of [-2, -1, 0, 1, 2]) {
        const value = new Float32Array(Int32Array.from([bits[0]! + step]).buffer)[0]!;
        if (Number.isNaN(value)) continue;
        expect(value >= one, `${value} at ${threshold}`).toBe(value >= threshold);
      }
    }
  });
});
