import { expect, it } from 'vitest';
import type { Member } from './set.ts';
import { markedText, parseMarked, roomFor, scoredByBoth, within } from './scatter.ts';

const member = (names: string[], scores: (number | null)[]): Member => ({
  ...{ id: 'evl', className: 'brick', column: 0, variantName: 'ae', recipe: {} as Member['recipe'], seed: 1, curves: null },
  ...{ losses: { epochs: [], train: [], validation: [] }, orientations: [] },
  ...{ names, labels: names.map(() => 'good'), imageIds: names.map((name) => `img_${name}`) },
  scores: { ssim: scores, mse: scores },
});

it('an image is in the scatter where both scored it, whatever their orders', () => {
  const found = scoredByBoth(member(['x', 'y', 'z'], [1, 2, 3]), member(['z', 'x', 'y'], [30, 10, null]), 'ssim');
  expect(found).toEqual([
    { name: 'x', id: 'img_x', label: 'good', a: 1, b: 10 },
    { name: 'z', id: 'img_z', label: 'good', a: 3, b: 30 },
  ]);
});

it('a marked box is read back from the address, and nothing from what is none', () => {
  const box = [0.1, 0.25, 1000.5, 2000] as const;
  expect(parseMarked(markedText(box))).toEqual(box);
  for (const text of ['', '1,2,3', 'a,b,c,d', '1,2,3,4,5']) expect(parseMarked(text)).toBeNull();
  expect(within({ a: 0.25, b: 1000.5 }, box)).toBe(true);
  expect(within({ a: 0.26, b: 1500 }, box)).toBe(false);
});

it('an axis has room for equal values and for none', () => {
  expect(roomFor([2, 2])).toEqual([1.5, 2.5]);
  expect(roomFor([])).toEqual([0, 1]);
  expect(roomFor([0, 100])).toEqual([-4, 104]);
});
