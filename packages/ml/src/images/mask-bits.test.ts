import { expect, test } from 'vitest';
import type { Mask } from '../geometry/index.ts';
import { decodeMask } from './mask.ts';
import { encodeMaskBits } from './mask-bits.ts';

const mask = (width: number, height: number, set: (i: number) => boolean): Mask => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height }, (_, i) => (set(i) ? 1 : 0)),
});

test.each([
  [1, 1],
  [7, 3],
  [8, 2],
  [9, 5],
  [640, 480],
])('a mask of %i × %i px written with one bit a pixel is read back pixel by pixel', async (width, height) => {
  for (const set of [() => true, () => false, (i: number) => (i * 7919) % 5 === 0]) {
    const drawn = mask(width, height, set);
    const bytes = await encodeMaskBits(drawn);
    expect(await decodeMask(Buffer.from(bytes))).toEqual(drawn);
  }
});

test('it takes one bit a pixel: depth 1, grey, and little room', async () => {
  const bytes = await encodeMaskBits(mask(1024, 1024, (i) => i % 1024 > 200 && i % 1024 < 400));
  expect([bytes[24], bytes[25]]).toEqual([1, 0]);
  expect(bytes.length).toBeLessThan(2000);
});
