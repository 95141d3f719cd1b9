import { describe, expect, test } from 'vitest';
import { filledMask } from '../geometry/index.ts';
import { Random } from '../random/index.ts';
import { corrupt, type CorruptionOptions } from './index.ts';

const SIDE = 20;
const CHANNELS = 3;
const roi = filledMask(SIDE, SIDE, 0);
for (let y = 4; y < 16; y++) roi.data.fill(1, y * SIDE + 4, y * SIDE + 16);
const entries = SIDE * SIDE * CHANNELS;
const inside = (i: number): boolean => roi.data[Math.floor((i % entries) / CHANNELS)] === 1;
const batch = Float32Array.from({ length: 3 * entries }, (_, i) => (inside(i) ? 0.25 + (0.5 * ((i * 7919) % 97)) / 97 : 0));

const run = (options: CorruptionOptions, seed = 1) => corrupt(batch, roi, CHANNELS, options, new Random(seed));
const NOISE = { kind: 'noise', deviation: 0.1, touched: 2 } as const;
const BLOCKS = { kind: 'blocks', count: 2, side: 5, touched: 0.5 } as const;

describe.each([NOISE, BLOCKS])('corruption %j', (options) => {
  test('follows from the random stream and leaves the batch and the padding as they are', () => {
    const kept = batch.slice();
    const { values, weights } = run(options);
    expect(batch).toEqual(kept);
    expect(run(options)).toEqual({ values, weights });
    expect(run(options, 2).values).not.toEqual(values);
    expect(values.every((value, i) => inside(i) || value === batch[i])).toBe(true);
    expect(weights!.every((weight, i) => inside(i) || weight === 1)).toBe(true);
  });
  test('touched entries, and only those, have their weight', () => {
    const { values, weights } = run(options);
    values.forEach((value, i) => expect(weights![i]).toBe(value === batch[i] ? 1 : options.touched));
  });
  test('no weights are kept where touched pixels count as others do', () => {
    expect(run({ ...options, touched: 1 }).weights).toBeNull();
  });
});

test('noise has the stated deviation and no bias', () => {
  const { values } = run(NOISE);
  const differences = [...values].map((value, i) => value - batch[i]!).filter((_, i) => inside(i));
  const mean = differences.reduce((a, b) => a + b, 0) / differences.length;
  const deviation = Math.sqrt(differences.reduce((a, b) => a + (b - mean) ** 2, 0) / differences.length);
  expect(Math.abs(mean)).toBeLessThan(0.01);
  expect(deviation).toBeCloseTo(0.1, 2);
});

test('blocks are whole squares inside the region, black in every channel, others in every patch', () => {
  const { values } = run({ kind: 'blocks', count: 1, side: 5, touched: 1 });
  const corners = [0, 1, 2].map((patch) => {
    const black = Array.from({ length: SIDE * SIDE }, (_, pixel) => pixel).filter(
      (pixel) => roi.data[pixel] && [0, 1, 2].every((c) => values[patch * entries + pixel * CHANNELS + c] === 0),
    );
    expect(black).toHaveLength(25);
    expect(black.at(-1)! - black[0]!).toBe(4 * SIDE + 4);
    return black[0];
  });
  expect(new Set(corners).size).toBeGreaterThan(1);
});

test('a block larger than the region deletes all of it', () => {
  const { values } = run({ kind: 'blocks', count: 1, side: 50, touched: 1 });
  expect(values.every((value) => value === 0)).toBe(true);
});

test('without corruption the batch itself comes back', () => {
  expect(run({ kind: 'none' })).toEqual({ values: batch, weights: null });
});
