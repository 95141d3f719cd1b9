import { mean, placesOf, ranksOf, standardDeviation, type SeedValue } from '../statistics/index.ts';
import type { Column, Placed } from './columns.ts';
import { differencesOf, type DifferenceOptions, type VariantDifference } from './differences.ts';
import { atPrintedPrecision, spreadText } from './format.ts';
import { qualifierOf, type Metric, type MetricChoice, type Prevalence } from './metrics.ts';
import type { PaperClass, PaperMetric } from './paper.ts';

/** One variant's value in one row. */
export interface Cell {
  /** Seeds that have a value, ascending, with it. */
  readonly seeds: readonly SeedValue[];
  readonly mean: number | null;
  /** With n − 1; null for one seed. */
  readonly std: number | null;
  /** Mean ± standard deviation as the tables show it. */
  readonly printed: string;
  /** Best of two or more, at the printed precision; so may be several. */
  readonly best: boolean;
  /** Another variant prints the same mean. */
  readonly tied: boolean;
  /** 1 for the best, ties share the better place; null in a row where a variant has no value. */
  readonly place: number | null;
  /** Mid-rank, 1 for the best; null where the place is. */
  readonly rank: number | null;
}

/** One metric of one class, over the variants. */
export interface Row {
  readonly metric: Metric['id'];
  readonly label: string;
  /** What the label must not be read without, e.g. the prevalence or the kind of IoU. */
  readonly qualifier: string | null;
  readonly better: Metric['better'];
  /** One a column. */
  readonly cells: readonly Cell[];
  /** The paper's printed value of each column that has one; null for a class, metric or columns that are not the paper's. */
  readonly paper: readonly (number | null)[] | null;
  /** Of every other column against the reference column. */
  readonly differences: readonly VariantDifference[];
}

export interface RowOptions extends DifferenceOptions {
  readonly columns: readonly Column[];
  readonly choice: MetricChoice;
}

/** A row's name with what it must not be read without. */
export const rowName = ({ label, qualifier }: Row): string => (qualifier === null ? label : `${label} (${qualifier})`);

/** What the rows of one class share. */
export interface ClassPart {
  readonly evaluations: readonly Placed[];
  readonly paper: PaperClass | null;
  readonly prevalence: Prevalence;
}

export function rowOf(metric: Metric, { evaluations, paper, prevalence }: ClassPart, options: RowOptions): Row {
  const { columns, choice } = options;
  const seeds = columns.map(({ name }) =>
    evaluations
      .filter(({ column }) => column === name)
      .flatMap(({ metrics }): SeedValue[] => {
        const value = metric.of(metrics, choice);
        return value === null ? [] : [{ seed: metrics.seed, value }];
      })
      .sort((a, b) => a.seed - b.seed),
  );
  const printedValues = columns.some((column) => column.paper !== null) ? paper?.values[metric.id as PaperMetric] : undefined;
  const key = [evaluations[0]?.metrics.class ?? '', metric.id];
  return {
    metric: metric.id,
    label: metric.label,
    qualifier: qualifierOf(metric, choice, prevalence),
    better: metric.better,
    cells: cellsOf(seeds, metric.better),
    paper: printedValues ? columns.map((column) => (column.paper === null ? null : printedValues[column.paper]!)) : null,
    differences: differencesOf(seeds, metric.better, key, options),
  };
}

function cellsOf(seeds: readonly (readonly SeedValue[])[], better: Metric['better']): Cell[] {
  const values = seeds.map((list) => list.map(({ value }) => value));
  const means = values.map((list) => (list.length === 0 ? null : mean(list)));
  const printed = means.map((value) => (value === null ? null : atPrintedPrecision(value)));
  const present = printed.filter((value) => value !== null);
  const complete = present.length === printed.length;
  const [places, ranks] = complete ? [placesOf(present, better), ranksOf(present, better)] : [null, null];
  const best = present.length < 2 ? null : better === 'higher' ? Math.max(...present) : Math.min(...present);
  return seeds.map((list, i) => {
    const std = list.length === 0 ? null : standardDeviation(values[i]!);
    return {
      seeds: list,
      mean: means[i]!,
      std,
      printed: spreadText(means[i]!, std),
      best: printed[i] !== null && printed[i] === best,
      tied: printed[i] !== null && present.filter((value) => value === printed[i]).length > 1,
      place: places?.[i] ?? null,
      rank: ranks?.[i] ?? null,
    };
  });
}
