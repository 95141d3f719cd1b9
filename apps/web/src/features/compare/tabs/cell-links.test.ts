import { expect, it } from 'vitest';
import { cellLink, type SheetRow } from './cell-links.ts';

const behind = { row: { metric: 'mse.rocAuc' }, entry: { name: 'brick' }, paper: false } as SheetRow;
const seeds = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `evl_${i}`, column: 1, className: 'brick' }));
const others = [
  { id: 'evl_x', column: 0, className: 'brick' },
  { id: 'evl_y', column: 1, className: 'wood' },
];

it('a cell leads to the images of all its seeds, by the measure of its row', () => {
  expect(cellLink('prj', behind, 1, [...others, ...seeds(2)])).toEqual({
    href: '/projects/prj/compare/images?evaluations=evl_0,evl_1&measure=mse',
    opens: 'Open the images',
  });
  expect(cellLink('prj', behind, 2, seeds(2))).toBeNull();
  expect(cellLink(null, behind, 1, seeds(2))).toBeNull();
});

it('a cell of more seeds than are looked at together says which it opens', () => {
  const link = cellLink('prj', behind, 1, seeds(10))!;
  expect(link.opens).toBe('Open the images of the first 8 of 10 seeds');
  expect(link.href.match(/evl_/g)).toHaveLength(8);
});
