import { expect, it } from 'vitest';
import type { FloatMap } from '../geometry/index.ts';
import { smoothedMap } from './index.ts';

const map: FloatMap = { width: 9, height: 7, data: Float32Array.from({ length: 63 }, (_, i) => Math.abs(Math.sin(1.7 * i)) * 100) };

/** The definition: a weighted sum over the whole window at each pixel, mirrored with the edge pixel repeated. */
function slowly({ width, height, data }: FloatMap, sigma: number): number[] {
  const radius = Math.floor(4 * sigma + 0.5);
  const mirror = (i: number, n: number): number => (i < 0 ? mirror(-1 - i, n) : i >= n ? mirror(2 * n - 1 - i, n) : i);
  const weight = (k: number) => Math.exp(-(k * k) / (2 * sigma * sigma));
  const norm = Array.from({ length: 2 * radius + 1 }, (_, k) => weight(k - radius)).reduce((a, b) => a + b) ** 2;
  return Array.from({ length: width * height }, (_, i) => {
    let sum = 0;
    for (let dy = -radius; dy <= radius; dy++)
      for (let dx = -radius; dx <= radius; dx++)
        sum += weight(dx) * weight(dy) * data[mirror(Math.floor(i / width) + dy, height) * width + mirror((i % width) + dx, width)]!;
    return sum / norm;
  });
}

it.each([0.4, 1, 1.3, 3])('smoothing by σ %d is the Gaussian mean cut off at 4σ, also where the window is larger than the map', (sigma) => {
  const wanted = slowly(map, sigma);
  smoothedMap(map, sigma).data.forEach((value, i) => expect(value).toBeCloseTo(wanted[i]!, 4));
});

it('by σ 0 changes nothing; a negative σ is refused', () => {
  expect(smoothedMap(map, 0)).toBe(map);
  expect(() => smoothedMap(map, -1)).toThrow(/sigma of -1/);
});
