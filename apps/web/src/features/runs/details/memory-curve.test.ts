import { expect, it } from 'vitest';
import { memoryCurve } from './memory-curve.ts';

const at = (second: number, memory: number) => ({ at: new Date(second * 1000).toISOString(), memory });

it('lays samples by time from nothing at the bottom to the highest at the top', () => {
  expect(memoryCurve([at(0, 50), at(5, 100), at(20, 75)], 200, 102)).toEqual({
    path: 'M0.0 52.0L50.0 2.0L200.0 27.0',
    latest: 75,
    highest: 100,
    seconds: 20,
  });
});

it('draws one sample as a level and none as nothing', () => {
  expect(memoryCurve([at(3, 80)], 200, 102)).toMatchObject({ path: 'M0.0 2.0H200', seconds: 0 });
  expect(memoryCurve([], 200, 102)).toBeNull();
});
