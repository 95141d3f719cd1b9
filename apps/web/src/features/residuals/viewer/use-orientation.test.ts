import { expect, test } from 'vitest';
import type { PatchPlace } from '../pixels/patches.ts';
import { anglesOf } from './use-orientation.ts';

const places: PatchPlace[] = [0, 1, 2].map((x) => ({ centre: { x, y: 0 }, side: 1 }));

test('angles are those of the patches, or it is said that they are not', () => {
  expect(anglesOf(places, [10, 20, 30])).toEqual({ known: [10, 20, 30], error: null });
  expect(anglesOf(places, null)).toEqual({ known: null, error: null });
  expect(anglesOf(places, [10])).toEqual({
    known: null,
    error: expect.stringMatching(/^The evaluation has 1 of 3 angles of this image’s patches: /),
  });
});
