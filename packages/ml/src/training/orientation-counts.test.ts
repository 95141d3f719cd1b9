import { expect, test } from 'vitest';
import { orientationCounts } from './orientation-counts.ts';

const degrees = (...values: number[]): Float64Array => Float64Array.from(values, (value) => (value * Math.PI) / 180);

test('angles are counted modulo 180° in bins of 5°, the borders to the upper one', () => {
  const counts = orientationCounts(degrees(1, 181, -179, 92.5, -87.5, 179, -1));
  expect(counts).toHaveLength(36);
  expect(counts[0]).toBe(3);
  expect(counts[18]).toBe(2);
  expect(counts[35]).toBe(2);
  expect(counts.reduce((sum, count) => sum + count)).toBe(7);
});

test('an angle that rounds to a whole half turn from below stays in the last bin', () => {
  expect(orientationCounts(Float64Array.of(-1e-17))).toHaveLength(36);
  expect(orientationCounts(Float64Array.of(-1e-17)).reduce((sum, count) => sum + count)).toBe(1);
});
