import { expect } from 'vitest';
import { Random } from '../random/index.ts';

/** Numbers uniform in the range. */
export function uniform(random: Random, length: number, from: number, to: number): Float32Array {
  return Float32Array.from({ length }, () => from + (to - from) * random.next());
}

/**
 * Expects a gradient to agree with central differences of the value: along directions of random signs over all entries, and over an eighth of them,
 * and along the gradient's own signs. Differences are relative to the gradient's length along a typical direction.
 * @param step half the distance of the two values; a power of 2 is added without rounding
 */
export async function expectGradient(
  value: (x: Float32Array) => Promise<number> | number,
  x: Float32Array,
  gradient: ArrayLike<number>,
  { step, tolerance }: { readonly step: number; readonly tolerance: number },
): Promise<void> {
  const random = Random.of('directions', x.length);
  const norm = Math.hypot(...Array.from(gradient));
  expect(norm, 'there is a gradient').toBeGreaterThan(0);
  const sign = (): number => (random.next() < 0.5 ? -1 : 1);
  const directions = [
    ...Array.from({ length: 3 }, () => x.map(sign)),
    ...Array.from({ length: 3 }, () => x.map(() => (random.next() < 1 / 8 ? sign() : 0))),
    x.map((_, i) => Math.sign(gradient[i]!)),
  ];
  for (const direction of directions) {
    const moved = (by: number): Float32Array => x.map((entry, i) => entry + by * direction[i]!);
    const difference = ((await value(moved(step))) - (await value(moved(-step)))) / (2 * step);
    const along = direction.reduce((sum, entry, i) => sum + entry * gradient[i]!, 0);
    const scale = Math.max(Math.abs(along), norm);
    expect(Math.abs(difference - along) / scale, `${difference} against ${along}`).toBeLessThan(tolerance);
  }
}
