import { expect, it } from 'vitest';
import { mergeBy } from './merge.ts';

const line = (number: number, text = '') => ({ number, text });
const keyOf = ({ number }: { number: number }) => number;

it('joins in order, replaces what is known, and keeps the last ones', () => {
  expect(mergeBy([line(2), line(3, 'old')], [line(4), line(3, 'new'), line(1)], keyOf)).toEqual([
    line(1),
    line(2),
    line(3, 'new'),
    line(4),
  ]);
  expect(mergeBy([line(1), line(2)], [line(3)], keyOf, 2)).toEqual([line(2), line(3)]);
});

it('is the same object when nothing came', () => {
  const known = [line(1)];
  expect(mergeBy(known, [], keyOf)).toBe(known);
});
