import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { differenceHash } from '../images/index.ts';
import {
  assignByFractions,
  assignByName,
  bitCount,
  type HashedImage,
  namePattern,
  nearPairs,
  patternProblem,
  shares,
  sidesWithoutLeak,
  sourceOf,
  sourcePairs,
  type Split,
  type SplitItem,
} from './index.ts';

const items = (counts: Partial<Record<Split, number>>, label = 'good'): SplitItem[] =>
  (Object.entries(counts) as [Split, number][]).flatMap(([split, count]) =>
    Array.from({ length: count }, (_, i) => ({ id: `${split}${label}${i}`, lot: `${split}${label}${i}`, name: `${i}.png`, label, split })),
  );
const count = (assigned: Map<string, Split>, ids: readonly SplitItem[]) => {
  const sums = { train: 0, validation: 0, test: 0 };
  for (const { id } of ids) sums[assigned.get(id)!] += 1;
  return sums;
};

describe('splits by fractions', () => {
  it('are whole numbers that add up, and no wanted side stays empty while there are enough images', () => {
    expect(shares(10, { train: 0.7, validation: 0.15, test: 0.15 })).toEqual({ train: 7, validation: 2, test: 1 });
    expect(shares(7, { train: 1, validation: 1, test: 1 })).toEqual({ train: 3, validation: 2, test: 2 });
    expect(shares(5, { train: 0.98, validation: 0.02, test: 0 })).toEqual({ train: 4, validation: 1, test: 0 });
    expect(shares(1, { train: 0.5, validation: 0.5, test: 0 })).toEqual({ train: 1, validation: 0, test: 0 });
  });

  it('draw good images by the seed, put defective ones into test, and follow from seed and content alone', () => {
    const good = items({ train: 60, test: 40 });
    const bad = items({ test: 9 }, 'scratch');
    const fractions = { train: 0.7, validation: 0.1, test: 0.2 };
    const drawn = assignByFractions([...good, ...bad], fractions, 1, 'draw');
    expect(count(drawn, good)).toEqual({ train: 70, validation: 10, test: 20 });
    expect(count(drawn, bad)).toEqual({ train: 0, validation: 0, test: 9 });
    expect(assignByFractions([...bad, ...good.toReversed()], fractions, 1, 'draw')).toEqual(drawn);
    expect([...assignByFractions(good, fractions, 2, 'draw')]).not.toEqual([...assignByFractions(good, fractions, 1, 'draw')]);
  });

  it('move as few images as possible where that is asked for, and the same ones there and back', () => {
    const good = items({ train: 80, validation: 10, test: 10 });
    const moved = assignByFractions(good, { train: 0.7, validation: 0.2, test: 0.1 }, 1, 'least');
    expect(count(moved, good)).toEqual({ train: 70, validation: 20, test: 10 });
    expect(good.filter(({ id, split }) => moved.get(id) !== split)).toHaveLength(10);
    const further = good.map((item) => ({ ...item, split: moved.get(item.id)! }));
    const same = assignByFractions(further, { train: 0.7, validation: 0.2, test: 0.1 }, 1, 'least');
    expect(further.every(({ id, split }) => same.get(id) === split)).toBe(true);
  });
});

describe('splits by name', () => {
  it('go by the first rule that fits, and leave the others where they are', () => {
    const named = ['cam1_01.png', 'cam2_01.png', 'other.png'].map((name) => ({ ...items({ train: 1 })[0]!, id: name, name }));
    const rules = [
      { pattern: 'cam1_*', split: 'validation' },
      { pattern: 'cam?_*', split: 'test' },
    ] as const;
    expect([...assignByName(named, rules).values()]).toEqual(['validation', 'test', 'train']);
  });

  it('take a pattern literally but for * and ?', () => {
    expect(namePattern('a.(1)+*')('a.(1)+ b.png')).toBe(true);
    expect(namePattern('a.png')('axpng')).toBe(false);
    expect(patternProblem('*****')).toMatch(/asterisks/);
    expect(patternProblem('part_*', true)).toMatch(/\{source\}/);
    expect(patternProblem('{source}_*', true)).toBeNull();
    expect(['part1_2.png', 'part1_3_4.png', 'none.png'].map(sourceOf('{source}_*'))).toEqual(['part1', 'part1', null]);
  });
});

describe('near-identical images', () => {
  const image = (id: string, split: Split, hash: bigint | null): HashedImage => ({ id, name: `${id}.png`, split, hash });

  it('are found across splits exactly where a comparison of all pairs finds them', async () => {
    let state = 7n;
    const random = () =>
      BigInt.asIntN(64, (state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n)) ^ (state >> 29n));
    const base = Array.from({ length: 40 }, random);
    const splits = ['train', 'validation', 'test'] as const;
    const images = Array.from({ length: 300 }, (_, i) => {
      const flips = Array.from({ length: i % 6 }, () => 1n << (BigInt.asUintN(64, random()) % 64n));
      return image(
        String(i),
        splits[i % 3]!,
        BigInt.asIntN(
          64,
          flips.reduce((hash, flip) => hash ^ flip, base[i % 40]!),
        ),
      );
    });
    for (const distance of [0, 3, 8]) {
      const expected = images.flatMap((a, i) =>
        images.slice(i + 1).filter((b) => {
          const bits = BigInt.asUintN(64, a.hash! ^ b.hash!);
          return a.split !== b.split && bitCount(Number(bits & 0xffffffffn)) + bitCount(Number(bits >> 32n)) <= distance;
        }),
      ).length;
      const found = await nearPairs(images, distance, 1_000_000);
      expect(found.count).toBe(expected);
      expect(found.pairs).toHaveLength(expected);
      const few = await nearPairs(images, distance, 5);
      expect(few.count).toBe(expected);
      expect(few.pairs.map((pair) => pair.distance)).toEqual(found.pairs.slice(0, 5).map((pair) => pair.distance));
    }
  });

  it('of one source are found by their names, whatever they look like', () => {
    const images = [image('p1_a', 'train', null), image('p1_b', 'test', null), image('p2_a', 'train', null), image('p1_c', 'test', null)];
    expect(sourcePairs(images, '{source}_*', 1)).toEqual({
      count: 2,
      pairs: [{ image: 'p1_a', other: 'p1_b', distance: null, source: 'p1' }],
    });
  });

  it('all go to the side that is held out most among those that hang together', () => {
    const splits: Record<string, Split> = { a: 'train', b: 'validation', c: 'test', d: 'train', e: 'validation' };
    const pairs = [
      { image: 'a', other: 'b' },
      { image: 'b', other: 'c' },
      { image: 'd', other: 'e' },
    ];
    expect(Object.fromEntries(sidesWithoutLeak(pairs, (id) => splits[id]!))).toEqual({ a: 'test', b: 'test', d: 'validation' });
  });

  it('have hashes that differ in few bits when saved again, and in many when they show something else', async () => {
    const picture = (phase: number) =>
      sharp(
        Buffer.from(
          Array.from({ length: 96 * 96 }, (_, i) => 128 + 90 * Math.sin((i % 96) / 11 + phase) * Math.cos(i / 96 / 7 + 2 * phase)),
        ),
        { raw: { width: 96, height: 96, channels: 1 } },
      );
    const hash = async (image: Sharp) => differenceHash(await image.png().toBuffer());
    const original = await hash(picture(0));
    const bitsTo = (other: bigint) => {
      const bits = BigInt.asUintN(64, original ^ other);
      return bitCount(Number(bits & 0xffffffffn)) + bitCount(Number(bits >> 32n));
    };
    expect(bitsTo(await differenceHash(await picture(0).jpeg({ quality: 60 }).toBuffer()))).toBeLessThanOrEqual(2);
    expect(bitsTo(await hash(picture(0).resize(64, 64).linear(1, 6)))).toBeLessThanOrEqual(2);
    expect(bitsTo(await hash(picture(2.2)))).toBeGreaterThan(12);
  });
});
