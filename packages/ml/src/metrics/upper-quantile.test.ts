import { expect, it } from 'vitest';
import { generator } from './fixture.ts';
import { quantileOfMaps, UpperQuantile } from './index.ts';

function shown(maps: readonly Float32Array[], q: number, most = maps.reduce((sum, map) => sum + map.length, 0)): number {
  const quantile = new UpperQuantile(q, most);
  for (const map of maps) quantile.add(map);
  return quantile.value();
}

it.each([0.5, 0.9, 0.995, 0.9999, 1])('a quantile of maps shown once is that of all of them together (q = %d)', (q) => {
  const random = generator(3);
  for (const [count, length, levels] of [
    [1, 1, 0],
    [3, 7, 0],
    [12, 4000, 0],
    [12, 4000, 5],
    [5, 6001, 1],
  ] as const) {
    // Falling, rising and mixed means: what is dropped early must not be missed later.
    for (const drift of [-1, 0, 1]) {
      const value = (n: number) => random() * 10 - 5 + drift * n;
      const maps = Array.from({ length: count }, (_, n) =>
        Float32Array.from({ length }, () => (levels ? Math.round(value(n) * levels) / levels : value(n))),
      );
      expect(shown(maps, q)).toBe(quantileOfMaps(maps, q));
      expect(shown(maps, q, 2 * count * length + 3)).toBe(quantileOfMaps(maps, q));
    }
  }
});

it('keeps the upper values alone: 1 % of two million for the 99.5 % quantile', () => {
  const map = Float32Array.from({ length: 200_000 }, generator(4));
  const before = process.memoryUsage().arrayBuffers;
  const quantile = new UpperQuantile(0.995, 10 * map.length);
  for (let n = 0; n < 10; n++) quantile.add(map);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(0.02 * 4 * 10 * map.length);
  expect(quantile.value()).toBe(
    quantileOfMaps(
      Array.from({ length: 10 }, () => map),
      0.995,
    ),
  );
});

it('of nothing, of more values than announced and of values that are not finite is refused', () => {
  expect(() => new UpperQuantile(0.9, 0).value()).toThrow(/no values/);
  expect(() => new UpperQuantile(1.1, 5)).toThrow(/from 0 to 1/);
  expect(() => shown([Float32Array.from([1, 2])], 0.5, 1)).toThrow(/was shown 2/);
  expect(() => shown([Float32Array.from([1, NaN])], 0.5)).toThrow(/not a finite/);
});
