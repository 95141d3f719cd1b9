import { expect, test } from 'vitest';
import { reduceFurthest, reducePicture, stepFor, visibleTiles } from './reduce.ts';

test('a shrunk image is read in the largest blocks that are no larger than a device pixel', () => {
  expect([3, 1, 0.7, 0.5, 0.3, 0.25, 0.01].map(stepFor)).toEqual([1, 1, 1, 2, 2, 4, 64]);
});

test('only tiles that are seen are asked for, and none beyond the image', () => {
  const size = { width: 10_000, height: 6_000 };
  expect(visibleTiles(size, { x0: 600, y0: 0, x1: 1200, y1: 400 }, 1, 512)).toEqual({ x0: 1, y0: 0, x1: 3, y1: 1 });
  expect(visibleTiles(size, { x0: -50, y0: -50, x1: 99_999, y1: 99_999 }, 16, 512)).toEqual({ x0: 0, y0: 0, x1: 2, y1: 1 });
  expect(visibleTiles(size, { x0: 20_000, y0: 0, x1: 30_000, y1: 10 }, 1, 512).x1).toBe(20);
});

test('blocks hold the mean of a picture, smaller ones at its edges too', () => {
  const rgba = new Uint8ClampedArray(4 * 9);
  [0, 10, 20, 30, 40, 50, 60, 70, 80].forEach((grey, i) => rgba.set([grey, grey, grey, 255], 4 * i));
  const out = new Uint8ClampedArray(16);
  reducePicture({ width: 3, height: 3, rgba }, { x: 0, y: 0, columns: 2, rows: 2, step: 2 }, out);
  expect([0, 4, 8, 12].map((i) => out[i])).toEqual([20, 35, 65, 80]);
  expect([3, 7, 11, 15].map((i) => out[i])).toEqual([255, 255, 255, 255]);
});

test('the most conspicuous value of a block of a map survives, with its sign', () => {
  const data = Float32Array.of(0, 3, 5, 0, -9, 0, 0, 0, 1);
  expect([...reduceFurthest({ width: 3, height: 3, data }, { x: 0, y: 0, columns: 2, rows: 2, step: 2 })]).toEqual([-9, 5, 0, 1]);
});
