import type { MatrixRow, CellRun } from './cells.ts';
import { spreadOf } from './seed-bands.ts';

export interface MeasuredRun extends CellRun {
  readonly state: string;
  readonly validationLoss: number | null | undefined;
  readonly imagesPerSecond: number | null | undefined;
  readonly startedAt: string | null | undefined;
  readonly finishedAt: string | null | undefined;
}

/** What an evaluation says of a run; null while there is none. */
export interface RunScores {
  readonly imageAuc: number | null;
  readonly pixelAuc: number | null;
  readonly aupro: number | null;
}

export type Spread = ReturnType<typeof spreadOf>;

export interface SummaryRow {
  readonly key: string;
  readonly name: string;
  readonly done: number;
  readonly of: number;
  readonly loss: Spread;
  readonly imageAuc: Spread;
  readonly pixelAuc: Spread;
  readonly aupro: Spread;
  readonly speed: Spread;
  readonly seconds: Spread;
}

type Column = 'loss' | 'imageAuc' | 'pixelAuc' | 'aupro';
/** Whether less is better. */
const less: Readonly<Record<Column, boolean>> = { loss: true, imageAuc: false, pixelAuc: false, aupro: false };

/** Over the runs that succeeded, mean and spread of what they reached. */
export function summaryRow<Run extends MeasuredRun>(row: MatrixRow<Run>, scoresOf: (run: Run) => RunScores | null): SummaryRow {
  const runs = [...row.bySeed.values()].map(({ run }) => run);
  const done = runs.filter(({ state }) => state === 'succeeded');
  const spread = (of: (run: Run) => number | null | undefined) =>
    spreadOf(done.map(of).filter((value): value is number => typeof value === 'number' && Number.isFinite(value)));
  return {
    key: row.key,
    name: row.variant.name,
    done: done.length,
    of: runs.length,
    loss: spread((run) => run.validationLoss),
    imageAuc: spread((run) => scoresOf(run)?.imageAuc),
    pixelAuc: spread((run) => scoresOf(run)?.pixelAuc),
    aupro: spread((run) => scoresOf(run)?.aupro),
    speed: spread((run) => run.imagesPerSecond),
    seconds: spread((run) => (run.startedAt && run.finishedAt ? (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000 : null)),
  };
}

/** Rows that are best in a column as it is printed, ties included; none where fewer than two have a value. */
export function bestRows(rows: readonly SummaryRow[], column: Column, decimals: number): ReadonlySet<string> {
  const values = rows.flatMap((row) => (row[column] ? [{ key: row.key, value: Number(row[column].mean.toFixed(decimals)) }] : []));
  if (values.length < 2) return new Set();
  const best = (less[column] ? Math.min : Math.max)(...values.map(({ value }) => value));
  return new Set(values.filter(({ value }) => value === best).map(({ key }) => key));
}
