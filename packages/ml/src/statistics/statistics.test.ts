import { describe, expect, it } from 'vitest';
import { Random } from '../random/index.ts';
import {
  bootstrapInterval,
  bootstrapMean,
  countPlaces,
  friedman,
  friedmanOfRanks,
  midRanks,
  nemenyiQuantile,
  pairedDifferences,
  placesOf,
  smallestExactP,
  standardDeviation,
  wilcoxonSignedRank,
} from './index.ts';

/** By the definition: every assignment of signs, counted one by one. */
function enumeratedP(differences: readonly number[]): number {
  const ranks = midRanks(differences.map(Math.abs));
  const observed = ranks.reduce((sum, rank, i) => sum + (differences[i]! > 0 ? rank : 0), 0);
  let [below, above] = [0, 0];
  for (let signs = 0; signs < 2 ** ranks.length; signs++) {
    const sum = ranks.reduce((total, rank, i) => total + ((signs >> i) & 1 ? rank : 0), 0);
    if (sum <= observed) below++;
    if (sum >= observed) above++;
  }
  return Math.min(1, (2 * Math.min(below, above)) / 2 ** ranks.length);
}

describe('signed-rank test', () => {
  it('is the enumeration of all sign flips, with ties and without', () => {
    const random = Random.of('signed ranks');
    for (let n = 1; n <= 12; n++) {
      const plain = Array.from({ length: n }, () => random.next() - 0.4);
      const tied = Array.from({ length: n }, () => (1 + Math.floor(random.next() * 3)) * (random.next() < 0.4 ? -1 : 1));
      for (const differences of [plain, tied]) expect(wilcoxonSignedRank(differences).pExact).toBeCloseTo(enumeratedP(differences), 13);
    }
  });

  it('reaches its lowest p exactly when every difference has one sign: 0.0625 with five seeds, for fifty 2^-49', () => {
    for (const n of [1, 2, 5, 6, 20, 50]) {
      const { pExact, smallestP } = wilcoxonSignedRank(Array.from({ length: n }, (_, i) => i + 1));
      expect(pExact).toBe(2 ** (1 - n));
      expect(smallestP).toBe(pExact);
    }
    expect(smallestExactP(5)).toBe(0.0625);
  });

  it('agrees with the normal approximation where there are many, and leaves the exact value out beyond 200', () => {
    const random = Random.of('many');
    const many = Array.from({ length: 150 }, () => random.next() - 0.45);
    const { pExact, pNormal } = wilcoxonSignedRank(many);
    expect(Math.abs(pExact! - pNormal!)).toBeLessThan(0.003);
    expect(wilcoxonSignedRank([...many, ...many]).pExact).toBeNull();
  });

  it('says nothing against no difference at all, and refuses what cannot be ranked', () => {
    for (const method of ['wilcox', 'pratt', 'zsplit'] as const)
      expect(wilcoxonSignedRank([0, 0, 0], method)).toMatchObject({ zeros: 3, pExact: 1, pNormal: null, smallestP: 1 });
    expect(() => wilcoxonSignedRank([1, NaN])).toThrow(RangeError);
  });

  it('drops a zero, which lowers what the others can reach', () => {
    expect(wilcoxonSignedRank([0, 1, 2, 3, 4]).smallestP).toBe(0.125);
  });
});

describe('ranks and places', () => {
  it('ties share the mean rank, and the better place', () => {
    expect(midRanks([3, 1, 3, 3])).toEqual([3, 1, 3, 3]);
    expect(placesOf([0.1228, 0.1228, 0.1228, 0.1227], 'higher')).toEqual([1, 1, 1, 4]);
    expect(placesOf([82.5, 77.1, 83.1, 74.8], 'lower')).toEqual([3, 2, 4, 1]);
    expect(
      countPlaces(
        [
          [1, 2],
          [1, 1],
        ],
        2,
      ),
    ).toEqual([
      [2, 1],
      [0, 1],
    ]);
  });

  it('Friedman is not defined for one row, one method, or nothing but ties', () => {
    expect(friedman([[1, 2, 3]], 'higher')).toBeNull();
    expect(friedman([[1], [2]], 'higher')).toBeNull();
    expect(
      friedman(
        [
          [1, 1],
          [2, 2],
        ],
        'higher',
      ),
    ).toBeNull();
    expect(() => friedmanOfRanks([[1, 2], [1]])).toThrow(RangeError);
  });

  it('rows that all rank alike give the largest chi-square n·(k − 1), and no finite F', () => {
    const { chi2, imanDavenport } = friedman(Array(5).fill([3, 2, 1]), 'higher')!;
    expect(chi2).toBeCloseTo(10, 12);
    expect(imanDavenport).toBeNull();
  });

  it.each([
    // Demšar 2006, Table 5.
    [2, 0.05, 1.96],
    [6, 0.05, 2.85],
    [10, 0.05, 3.164],
    [2, 0.1, 1.645],
    [7, 0.1, 2.693],
    [10, 0.1, 2.92],
  ])('the printed quantile for %i methods at %f', (k, alpha, q) => expect(nemenyiQuantile(k, alpha)).toBeCloseTo(q, 2.9));
});

describe('repeats', () => {
  it('only seeds that both sides have are paired, whatever their order', () => {
    const a = [5, 1, 2].map((seed) => ({ seed, value: 10 * seed }));
    const b = [2, 3, 5].map((seed) => ({ seed, value: seed }));
    expect(pairedDifferences(a, b)).toEqual({ seeds: [2, 5], differences: [18, 45], unpaired: [1, 3] });
  });

  it('one repeat has no spread with n − 1, and none at all as a population', () => {
    expect(standardDeviation([4])).toBeNull();
    expect(standardDeviation([4], 'n')).toBe(0);
    expect(() => standardDeviation([])).toThrow(RangeError);
  });
});

describe('bootstrap', () => {
  const random = Random.of('sample');
  const sample = Array.from({ length: 200 }, () => 3 + random.next() + random.next());

  it('is the same for the same random state, and another one for another', () => {
    const interval = (state: number) => bootstrapMean(sample, { random: new Random(state) });
    expect(interval(1)).toEqual(interval(1));
    expect(interval(1).low).not.toBe(interval(2).low);
  });

  it('has the width that the standard error says', () => {
    const { low, high } = bootstrapMean(sample, { random: new Random(7), resamples: 4000 });
    const expected = (2 * 1.96 * standardDeviation(sample)!) / Math.sqrt(sample.length);
    expect((high - low) / expected).toBeGreaterThan(0.93);
    expect((high - low) / expected).toBeLessThan(1.07);
  });

  it('covers the true mean about as often as it says', () => {
    const draws = Random.of('coverage');
    let covered = 0;
    for (let trial = 0; trial < 200; trial++) {
      const { low, high } = bootstrapMean(
        Array.from({ length: 40 }, () => draws.next()),
        { random: draws, resamples: 300 },
      );
      if (low <= 0.5 && 0.5 <= high) covered++;
    }
    // 190 expected, standard deviation 3; small samples make it somewhat less.
    expect(covered).toBeGreaterThanOrEqual(178);
    expect(covered).toBeLessThanOrEqual(198);
  });

  it('groups are drawn each by itself, and a group without units is refused', () => {
    bootstrapInterval(
      [2, 5],
      ([few, many]) => {
        expect(Math.max(...few!)).toBeLessThan(2);
        expect(many).toHaveLength(5);
        return 0;
      },
      { random: new Random(1), resamples: 20 },
    );
    expect(() => bootstrapMean([], { random: new Random(1) })).toThrow(RangeError);
  });
});
