import { Random } from '../random/index.ts';
import {
  bootstrapMean,
  mean,
  pairedDifferences,
  wilcoxonSignedRank,
  type Direction,
  type Interval,
  type PairedDifferences,
  type SeedValue,
  type Wilcoxon,
} from '../statistics/index.ts';
import type { Column } from './columns.ts';

/** A variant against the reference: value − value of the reference, seed by seed. */
export interface VariantDifference extends PairedDifferences {
  readonly column: string;
  readonly reference: string;
  /** Null where no seed pairs. */
  readonly mean: number | null;
  /** Which of the two the mean difference speaks for; null where it is zero or does not exist. */
  readonly favours: 'column' | 'reference' | null;
  /** Percentile bootstrap over the paired seeds; null for fewer than two. */
  readonly interval: Interval | null;
  /** Zero differences are dropped; null where no seed pairs. */
  readonly wilcoxon: Wilcoxon | null;
}

export interface DifferenceOptions {
  readonly columns: readonly Column[];
  /** Index of the reference column. */
  readonly reference: number;
  readonly resamples: number;
}

/**
 * @param seeds one list a column
 * @param key what the random draws are derived from beside the column: the same evaluations give the same interval in any company
 */
export function differencesOf(
  seeds: readonly (readonly SeedValue[])[],
  better: Direction,
  key: readonly string[],
  { columns, reference, resamples }: DifferenceOptions,
): VariantDifference[] {
  const base = columns[reference]!.name;
  return columns.flatMap(({ name }, i): VariantDifference[] => {
    if (i === reference) return [];
    const paired = pairedDifferences(seeds[i]!, seeds[reference]!);
    const { differences } = paired;
    const centre = differences.length === 0 ? null : mean(differences);
    const random = Random.of('bootstrap over seeds', ...key, name, base);
    return [
      {
        column: name,
        reference: base,
        ...paired,
        mean: centre,
        favours: !centre ? null : centre > 0 === (better === 'higher') ? 'column' : 'reference',
        interval: differences.length < 2 ? null : bootstrapMean(differences, { random, resamples }),
        wilcoxon: differences.length === 0 ? null : wilcoxonSignedRank(differences),
      },
    ];
  });
}
