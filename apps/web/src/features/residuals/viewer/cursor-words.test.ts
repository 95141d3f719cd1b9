import { expect, it } from 'vitest';
import type { FloatMap } from '@plumbline/ml/geometry';
import type { Picture } from '../pixels/decode.ts';
import { formatsOf } from '../view/protocol.ts';
import { cursorWords, type SpokenVariant } from './cursor-words.ts';

const world = { width: 4, height: 2 };
/** Values that tell where they are: row and column. */
const map = (width: number, height: number, scale = 1): FloatMap => ({
  ...{ width, height },
  data: Float32Array.from({ length: width * height }, (_, i) => scale * (Math.floor(i / width) + (i % width) / 10)),
});
const picture = (channels: 1 | 3): Picture => ({
  ...{ width: 4, height: 2, channels },
  rgba: Uint8ClampedArray.from({ length: 32 }, (_, i) => (channels === 1 ? 10 * (i >> 2) : i)),
});
const plain = formatsOf({ mse: {} });
const variant = (place: number, change: Partial<SpokenVariant> = {}): SpokenVariant => ({
  ...{ place, opened: { map: map(4, 2), input: picture(1) }, format: plain.ssim, shares: true },
  ...change,
});
const ssim = { lead: 0, measure: 'ssim' } as const;

it('one variant’s value and the image’s are told without a letter', () => {
  expect(cursorWords({ x: 3, y: 1 }, world, [variant(0)], ssim)).toBe('x 3, y 1: 1.300 SSIM; image 70');
});

it('several are told by their letters, each by its own pixel that lies there', () => {
  const half = variant(2, { opened: { map: map(2, 1), input: picture(1) } });
  expect(cursorWords({ x: 3, y: 1 }, world, [variant(0), half], ssim)).toBe('x 3, y 1: A 1.300, C 0.100 SSIM; image 70');
});

it('units are told where they are not the same', () => {
  const expected = { ...plain.mse, unit: '× expected', decimals: 2 };
  const both = [variant(0, { format: plain.mse, opened: { map: map(4, 2, 500), input: picture(3) } }), variant(1, { format: expected })];
  expect(cursorWords({ x: 2, y: 1 }, world, both, { lead: 0, measure: 'mse' })).toBe(
    'x 2, y 1: A 600 grey levels², B 1.20 × expected MSE; image 24 25 26',
  );
});

it('what has nothing there, or is still loaded, is left out', () => {
  const cursor = { x: 0, y: 0 };
  expect(cursorWords(cursor, world, [variant(0), variant(1, { shares: false }), variant(2, { opened: null })], ssim)).toBe(
    'x 0, y 0: A 0.000 SSIM; image 0',
  );
  expect(cursorWords(cursor, world, [variant(0, { opened: null })], ssim)).toBe('x 0, y 0');
});
