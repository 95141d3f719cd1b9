import { expect, it } from 'vitest';
import { chiSquareTail, fTail, normalCdf } from './special.ts';

/** Relative, so that far tails count as much as the middle. */
const agrees = (got: number, expected: number) => expect(Math.abs(got / expected - 1)).toBeLessThan(1e-12);

it('tails far out keep their relative precision (values of scipy 1.17)', () => {
  agrees(normalCdf(-9), 1.128588405953832e-19);
  agrees(normalCdf(-3), 0.0013498980316300933);
  agrees(chiSquareTail(0.1, 1), 0.7518296340458492);
  agrees(chiSquareTail(40, 3), 1.065509033425585e-8);
  agrees(chiSquareTail(100, 9), 1.573517630375388e-17);
  agrees(fTail(60, 3, 33), 1.878422509790387e-13);
  agrees(fTail(1.1, 9, 200), 0.3643867738989051);
});

it('nothing observed is as likely as anything', () => {
  expect([normalCdf(0), chiSquareTail(0, 3), fTail(0, 3, 33)]).toEqual([0.5, 1, 1]);
});
