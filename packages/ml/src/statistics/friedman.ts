import { averageRanks, ranksOf, type Direction } from './ranks.ts';
import { chiSquareTail, fTail } from './special.ts';

export interface Friedman {
  /** Mid-ranks, [row][method], 1 for the best. */
  readonly ranks: readonly (readonly number[])[];
  readonly averageRanks: readonly number[];
  /** With tie correction. */
  readonly chi2: number;
  readonly p: number;
  /** Less conservative than chi2; null where chi2 is at its largest (every row ranks alike), for then F is infinite and p is 0. */
  readonly imanDavenport: { readonly F: number; readonly p: number } | null;
}

/**
 * Friedman's test that methods rank alike (Friedman 1937), with Iman and Davenport's F (1980) beside it.
 * @param ranks mid-ranks, [row][method]: rows are data sets or metrics, each may have had its own direction
 * @returns null where it is not defined: fewer than two methods or rows, or every row one single tie
 * @throws RangeError for rows of different lengths
 */
export function friedmanOfRanks(ranks: readonly (readonly number[])[]): Friedman | null {
  const n = ranks.length;
  const k = ranks[0]?.length ?? 0;
  if (ranks.some((row) => row.length !== k))
    throw new RangeError('rows have different numbers of methods; every row must rank all of them');
  if (n < 2 || k < 2) return null;
  const averages = averageRanks(ranks);
  const spread = averages.reduce((sum, average) => sum + (average - (k + 1) / 2) ** 2, 0);
  // Sum of squared deviations of the ranks themselves: n·k·(k² − 1)/12 without ties, less with them.
  const possible = ranks.reduce((sum, row) => sum + row.reduce((inner, rank) => inner + (rank - (k + 1) / 2) ** 2, 0), 0);
  if (possible === 0) return null;
  const chi2 = (n * n * (k - 1) * spread) / possible;
  const remaining = n * (k - 1) - chi2;
  const F = ((n - 1) * chi2) / remaining;
  // Rounding may leave a trace of what is exactly zero.
  const finite = remaining > 1e-9 * n * (k - 1);
  return {
    ranks,
    averageRanks: averages,
    chi2,
    p: chiSquareTail(chi2, k - 1),
    imanDavenport: finite ? { F, p: fTail(F, k - 1, (k - 1) * (n - 1)) } : null,
  };
}

/** The same from values, all of one direction: as the reference values for it are given. Comparisons rank at printed precision first and use `friedmanOfRanks`. */
export function friedman(table: readonly (readonly number[])[], better: Direction): Friedman | null {
  return friedmanOfRanks(table.map((row) => ranksOf(row, better)));
}
