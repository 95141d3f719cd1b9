import { expect, test } from 'vitest';
import { colourIndex } from './colour-map.ts';
import { diverging, toOklab } from './diverging.ts';

const lightness = (i: number): number => toOklab(diverging.rgb[3 * i]!, diverging.rgb[3 * i + 1]!, diverging.rgb[3 * i + 2]!)[0];

test('lightness rises to the middle and falls again, alike on both sides', () => {
  for (let i = 1; i < 128; i++) expect(lightness(i)).toBeGreaterThanOrEqual(lightness(i - 1) - 0.005);
  for (let i = 129; i < 256; i++) expect(lightness(i)).toBeLessThanOrEqual(lightness(i - 1) + 0.005);
  for (let i = 0; i < 128; i++) expect(Math.abs(lightness(i) - lightness(255 - i))).toBeLessThan(0.1);
  expect(Math.max(lightness(127), lightness(128))).toBeGreaterThan(0.85);
});

test('no difference lies in the middle of a symmetric range', () => {
  expect([127, 128]).toContain(colourIndex(0, { minimum: -0.4, maximum: 0.4 }));
  expect(colourIndex(-1, { minimum: -0.4, maximum: 0.4 })).toBe(0);
});

test('the ends are blue for the lower and brown for the higher value', () => {
  expect([...diverging.rgb.slice(0, 3)]).toEqual([0, 0x12, 0x61]);
  expect([...diverging.rgb.slice(-3)]).toEqual([0x59, 0, 8]);
});
