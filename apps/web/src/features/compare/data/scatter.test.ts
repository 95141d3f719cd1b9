import { expect, it } from 'vitest';
import type { Member } from './set.ts';
import { inRange } from '#web/features/residuals/view/score-range.ts';
import { parseView } from '#web/features/residuals/view/view-address.ts';
import { imagesAddress } from '../tabs/cell-links.ts';
import { markedText, parseMarked, rangesOf, roomFor, scoredByBoth, within } from './scatter.ts';

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

it('images are joined by their ids, whatever each dataset version calls them, and by their names behind a link', () => {
  const [a, b] = [member(['x', 'y'], [1, 2]), { ...member(['y', 'z'], [20, 10]), imageIds: ['img_y', 'img_x'] }];
  expect(scoredByBoth(a, b, 'ssim').map((image) => [image.name, image.b])).toEqual([
    ['x', 10],
    ['y', 20],
  ]);
  const behind = [a, b].map((one) => ({ ...one, imageIds: [] }));
  expect(scoredByBoth(behind[0]!, behind[1]!, 'ssim')).toEqual([{ name: 'y', id: null, label: 'good', a: 2, b: 20 }]);
});

it('a box keeps the same images in the residual browser, at its very edges too', () => {
  // Edges as a pointer leaves them, of which the address holds six digits; scores on both sides of what is left out.
  const marked = parseMarked(markedText([0.12345649, 0.7654321987, 812.3456789, 1234.56789]))!;
  const view = parseView(new URL(imagesAddress('prj', ['a', 'b'], 'mse', rangesOf(marked, false)), 'http://here').searchParams);
  const near = marked.flatMap((edge) => [edge * (1 - 1e-9), edge, edge * (1 + 1e-9), edge * (1 - 1e-6), edge * (1 + 1e-6)]);
  const pairs = near.slice(0, 10).flatMap((a) => near.slice(10).map((b) => ({ a, b })));
  const [ofA, ofB] = view.scoreRanges.mse;
  const kept = pairs.filter(({ a, b }) => inRange(a, ofA!) && inRange(b, ofB!));
  expect(kept).toEqual(pairs.filter((image) => within(image, marked)));
  expect(kept).toHaveLength(36);
  // More digits than an address is written with are read as those it is written with.
  expect(parseMarked('0.12345649,0.7654321987,812.3456789,1234.56789')).toEqual(marked);
});

it('a box of one evaluation on both axes keeps what lies in both sides', () => {
  expect(rangesOf([0.1, 0.5, 0.3, 0.9], true)).toEqual([{ from: 0.3, to: 0.5 }]);
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
