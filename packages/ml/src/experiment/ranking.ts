import { averageRanks, countPlaces, friedmanOfRanks, nemenyiCriticalDifference, type Friedman } from '../statistics/index.ts';
import type { Row } from './rows.ts';

/** Table 9 of one class, or of all: how often each variant takes each place over the metrics of Tables 6–8. */
export interface Places {
  /** [place − 1][column] */
  readonly counts: readonly (readonly number[])[];
  readonly rows: number;
  /** Rows where a variant has no value: they give no places. */
  readonly leftOut: number;
}

export function placesOfRows(rows: readonly Row[], columns: number): Places {
  const places = rows.flatMap(({ cells }) => {
    const row = cells.map(({ place }) => place).filter((place) => place !== null);
    return row.length === columns ? [row] : [];
  });
  return { counts: countPlaces(places, columns), rows: places.length, leftOut: rows.length - places.length };
}

/** Two variants whose average ranks lie `difference` apart. */
export interface RankPair {
  readonly columns: readonly [string, string];
  readonly difference: number;
  /** At least the critical difference. */
  readonly significant: boolean;
}

/** Do the variants rank alike over metrics × classes? */
export interface Ranking {
  readonly rows: number;
  readonly leftOut: number;
  readonly averageRanks: readonly number[];
  readonly friedman: Omit<Friedman, 'ranks' | 'averageRanks'>;
  readonly nemenyi: { readonly alpha: number; readonly criticalDifference: number; readonly pairs: readonly RankPair[] };
}

const alpha = 0.05;

/** @returns null where ranks say nothing: fewer than two variants or complete rows, or every row one tie */
export function rankingOfRows(rows: readonly Row[], columns: readonly string[]): Ranking | null {
  const ranks = rows.flatMap(({ cells }) => {
    const row = cells.map(({ rank }) => rank).filter((rank) => rank !== null);
    return row.length === columns.length ? [row] : [];
  });
  const friedman = friedmanOfRanks(ranks);
  if (!friedman) return null;
  const { chi2, p, imanDavenport } = friedman;
  const averages = averageRanks(ranks);
  const criticalDifference = nemenyiCriticalDifference(columns.length, ranks.length, alpha);
  const pairs = columns.flatMap((a, i) =>
    columns.slice(i + 1).map((b, j): RankPair => {
      const difference = Math.abs(averages[i]! - averages[i + 1 + j]!);
      return { columns: [a, b], difference, significant: difference >= criticalDifference };
    }),
  );
  return {
    rows: ranks.length,
    leftOut: rows.length - ranks.length,
    averageRanks: averages,
    friedman: { chi2, p, imanDavenport },
    nemenyi: { alpha, criticalDifference, pairs },
  };
}
