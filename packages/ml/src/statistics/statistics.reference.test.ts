import { describe, expect, it } from 'vitest';
import { excess, referenceAbsent, ReferenceCase } from '../reference/index.ts';
import {
  averageRanks,
  countPlaces,
  friedman,
  mean,
  nemenyiCriticalDifference,
  nemenyiQuantile,
  placesOf,
  ranksOf,
  standardDeviation,
  wilcoxonSignedRank,
  type Direction,
  type ZeroMethod,
} from './index.ts';

interface Inputs {
  wilcoxon: { id: string; x: number[]; y: number[] }[];
  friedman: { id: string; direction: Direction; table: number[][] }[];
  nemenyi: { k: number; n: number; alpha: number }[];
  summary: { values: number[] };
  paperTables: Record<string, number[][]>;
}
type Sums = Record<'wPlus' | 'wMinus' | 'statistic' | 'pExact' | 'pNormal', number>;
interface Expected {
  wilcoxon: { id: string; differences: number; zeros: number; byZeroMethod: Partial<Record<ZeroMethod, Sums>> }[];
  friedman: {
    id: string;
    ranks: number[][];
    averageRanks: number[];
    chi2: number;
    p: number;
    imanDavenport: { F: number; p: number };
  }[];
  nemenyi: { q: number; criticalDifference: number }[];
  summary: { mean: number; std: number; stdPopulation: number };
  paperTables: Record<string, { places: number[][]; printed: number[][]; averageRanks: number[] }>;
}

describe.skipIf(referenceAbsent)(`statistics agree with scipy${referenceAbsent}`, () => {
  const reference = referenceAbsent ? null : new ReferenceCase<Inputs, Expected>('statistics');
  const inputs = reference?.inputs;
  const expected = reference?.expected as Expected;
  const agree = (field: string, got: readonly (number | null | undefined)[], wanted: readonly number[]) =>
    expect(
      excess(
        got.map((value) => value ?? NaN),
        wanted,
        reference!.tolerance(field),
      ),
      `${field}: got ${got.join()}, expected ${wanted.join()}`,
    ).toBeLessThanOrEqual(0);

  it('has every case: 10 signed-rank tests, 4 Friedman tests, 7 critical differences, 3 tables of the paper', () => {
    expect(expected.wilcoxon.flatMap((entry) => Object.keys(entry.byZeroMethod))).toHaveLength(10);
    expect([expected.friedman.length, expected.nemenyi.length, Object.keys(expected.paperTables).length]).toEqual([4, 7, 3]);
  });

  describe.each(inputs?.wilcoxon ?? [])('signed-rank test, $id', ({ id, x, y }) => {
    const wanted = expected.wilcoxon.find((entry) => entry.id === id)!;
    it.each(Object.entries(wanted.byZeroMethod) as [ZeroMethod, Sums][])('zeros by %s', (method, sums) => {
      const got = wilcoxonSignedRank(
        x.map((value, i) => value - y[i]!),
        method,
      );
      agree('differences', [got.differences, got.zeros], [wanted.differences, wanted.zeros]);
      agree('wilcoxon', [got.wPlus, got.wMinus, got.statistic], [sums.wPlus, sums.wMinus, sums.statistic]);
      agree('pExact', [got.pExact], [sums.pExact]);
      agree('pNormal', [got.pNormal], [sums.pNormal]);
    });
  });

  it.each(inputs?.friedman ?? [])('Friedman, ranks and Iman–Davenport, $id', ({ id, direction, table }) => {
    const wanted = expected.friedman.find((entry) => entry.id === id)!;
    const got = friedman(table, direction)!;
    expect(got.ranks).toEqual(wanted.ranks);
    agree('friedman.averageRanks', got.averageRanks, wanted.averageRanks);
    agree('friedman.chi2', [got.chi2], [wanted.chi2]);
    agree('friedman.p', [got.p], [wanted.p]);
    agree('friedman.F', [got.imanDavenport?.F], [wanted.imanDavenport.F]);
    agree('friedman.p', [got.imanDavenport?.p], [wanted.imanDavenport.p]);
  });

  it('the critical difference, to eight digits where a table has four', () => {
    inputs!.nemenyi.forEach(({ k, n, alpha }, i) => {
      const { q, criticalDifference } = expected.nemenyi[i]!;
      agree('nemenyi', [nemenyiQuantile(k, alpha), nemenyiCriticalDifference(k, n, alpha)], [q, criticalDifference]);
      expect(excess([nemenyiQuantile(k, alpha)], [q], { rel: 1e-8 })).toBeLessThanOrEqual(0);
    });
  });

  it('mean and standard deviation', () => {
    const { values } = inputs!.summary;
    const { mean: centre, std, stdPopulation } = expected.summary;
    agree('summary', [mean(values), standardDeviation(values), standardDeviation(values, 'n')], [centre, std, stdPopulation]);
  });

  it.each(Object.keys(inputs?.paperTables ?? {}))('recount of the paper’s Table 9, %s', (name) => {
    const rows = inputs!.paperTables[name]!;
    const wanted = expected.paperTables[name]!;
    const places = countPlaces(
      rows.map((row) => placesOf(row, 'higher')),
      4,
    );
    expect(places).toEqual(wanted.places);
    agree('averageRanks', averageRanks(rows.map((row) => ranksOf(row, 'higher'))), wanted.averageRanks);
  });
});
