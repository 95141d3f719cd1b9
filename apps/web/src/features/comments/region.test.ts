import { expect, it } from 'vitest';
import { pointAt, regionBetween } from './region.ts';

const size = { width: 100, height: 50 };

it('a point is the middle of its pixel', () => {
  expect(pointAt({ x: 0, y: 49 }, size)).toEqual({ x: 0.005, y: 0.99, width: 0, height: 0 });
});

it('a region is the same from whichever corner it grew, holds both corners’ pixels and never leaves the image', () => {
  const region = regionBetween({ x: 20, y: 10 }, { x: 39, y: 24 }, size);
  expect(region).toEqual({ x: 0.2, y: 0.2, width: 0.2, height: 0.3 });
  expect(regionBetween({ x: 39, y: 10 }, { x: 20, y: 24 }, size)).toEqual(region);
  expect(regionBetween({ x: 7, y: 7 }, { x: 7, y: 7 }, size)).toMatchObject({ width: 0.01, height: 0.02 });
  expect(regionBetween({ x: 0, y: 0 }, { x: 99, y: 49 }, size)).toEqual({ x: 0, y: 0, width: 1, height: 1 });
});
