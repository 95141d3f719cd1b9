import { expect, test } from 'vitest';
import { differenceMap, mapHistogram, quantileOf } from './map-histogram.ts';

const map = (...values: number[]) => ({ width: values.length, height: 1, data: Float32Array.from(values) });

test('what lies beyond the scale is counted in its last bins', () => {
  expect([...mapHistogram(map(-1, 0, 0.3, 0.5, 0.99, 7), { minimum: 0, maximum: 1 }, 2)].map((share) => Math.round(share * 6))).toEqual([
    3, 3,
  ]);
});

test('a difference keeps its sign, and maps of two scales are refused with the remedy', () => {
  expect([...differenceMap(map(1, 0.25), map(0.5, 0.5)).data]).toEqual([0.5, -0.25]);
  expect(() => differenceMap(map(1), map(1, 2))).toThrow('choose two variants of one scale');
});

test('the end of a pane’s own scale is what nearly all of its values stay below', () => {
  expect(quantileOf(map(...Array.from({ length: 1000 }, (_, i) => i)), 0.99)).toBe(990);
});
