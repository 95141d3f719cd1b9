import { expect, it } from 'vitest';
import { inRange, parseRanges, rangesText, rangeWords, scoreRange } from './score-range.ts';

it('a range holds its ends as the address writes them: the same scores lie in it before and after', () => {
  const drawn = scoreRange(0.123456789, 987654.321)!;
  expect(drawn).toEqual({ from: 0.123457, to: 987654 });
  expect(parseRanges(rangesText([null, drawn]), 8)).toEqual([null, drawn]);
  // What somebody typed into the address with more digits is read as it is then written.
  expect(parseRanges('0.123456789..987654.321', 8)).toEqual([drawn]);
  expect([0.123456, 0.123457, 987654, 987654.1].map((score) => inRange(score, drawn))).toEqual([false, true, true, false]);
});

it('an end that is not set is open, and an unknown score lies in no range', () => {
  expect(scoreRange(null, null)).toBeNull();
  expect(parseRanges('..0.5,-1..', 8)).toEqual([
    { from: null, to: 0.5 },
    { from: -1, to: null },
  ]);
  expect(inRange(-5, { from: null, to: 0.5 })).toBe(true);
  expect(inRange(null, { from: null, to: 0.5 })).toBe(false);
});

it('what is no range is none, and no place beyond the most is read', () => {
  for (const text of ['', '0.3', '..', ' .. ', 'a..1', '1..b', '1..2..3', ',,']) expect(parseRanges(text, 8), text).toEqual([]);
  expect(parseRanges('1..2,3..4,5..6', 2)).toHaveLength(2);
});

it('a range is told by the decimals of its measure, and by more where its ends would read alike', () => {
  expect(rangeWords({ from: 0.12, to: 0.3 }, 2)).toBe('0.12–0.30');
  expect(rangeWords({ from: 0.12341, to: 0.12349 }, 3)).toBe('0.1234–0.1235');
  expect(rangeWords({ from: 0.5, to: 0.5 }, 2)).toBe('0.50–0.50');
  expect(rangeWords({ from: 1200, to: null }, 0)).toBe('from 1200');
  expect(rangeWords({ from: null, to: 0.3 }, 2)).toBe('to 0.30');
});
