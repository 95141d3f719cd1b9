import { HeadCell, Cell, Row, Table } from '#web/components/ui/table.tsx';
import { parseMetrics } from '#web/features/evaluation/data/parse.ts';
import type { ExperimentRunFragment } from '#web/graphql/generated/graphql.ts';
import { classes } from '#web/lib/classes.ts';
import { fixed } from '#web/lib/numbers.ts';
import { duration } from '#web/lib/time.ts';
import type { MatrixBlock } from './cells.ts';
import { ownEvaluation } from './own-evaluation.ts';
import { bestRows, summaryRow, type RunScores, type Spread } from './summary-rows.ts';

const columns = [
  { key: 'loss', title: 'Validation loss', decimals: 1 },
  { key: 'imageAuc', title: 'Image ROC AUC', decimals: 3 },
  { key: 'pixelAuc', title: 'Pixel ROC AUC', decimals: 3 },
  { key: 'aupro', title: 'AUPRO, 30 %', decimals: 3 },
] as const;

export interface SummaryTableProps {
  readonly block: MatrixBlock<ExperimentRunFragment>;
  readonly measure: 'ssim' | 'mse';
}

/** Per variant, what its seeds reached: mean ± sample deviation; the best as printed is bold. */
export function SummaryTable({ block, measure }: SummaryTableProps) {
  const scoresOf = ({ evaluations }: ExperimentRunFragment): RunScores | null => {
    const done = ownEvaluation(evaluations);
    const measured = done?.state === 'succeeded' ? parseMetrics(done.metrics)?.measures[measure] : null;
    return measured ? { imageAuc: measured.image.rocAuc, pixelAuc: measured.pixel.rocAuc, aupro: measured.pixel.aupro30 } : null;
  };
  const rows = block.rows.map((row) => summaryRow(row, scoresOf));
  const best = Object.fromEntries(columns.map(({ key, decimals }) => [key, bestRows(rows, key, decimals)]));
  return (
    <Table label={`What the variants reached on ${block.version.dataset.name}`}>
      <thead>
        <tr>
          <HeadCell>Variant</HeadCell>
          <HeadCell numeric>Seeds done</HeadCell>
          {columns.map(({ key, title }) => (
            <HeadCell key={key} numeric>
              {title}
            </HeadCell>
          ))}
          <HeadCell numeric>Patches/s</HeadCell>
          <HeadCell numeric>Duration</HeadCell>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.key}>
            <Cell className="font-medium">{row.name}</Cell>
            <Cell numeric>
              {row.done}
              <span className="text-ink-3"> / {row.of}</span>
            </Cell>
            {columns.map(({ key, decimals }) => (
              <Cell key={key} numeric>
                <Value spread={row[key]} decimals={decimals} best={best[key]?.has(row.key) ?? false} tied={(best[key]?.size ?? 0) > 1} />
              </Cell>
            ))}
            <Cell numeric>{fixed(row.speed?.mean, 0)}</Cell>
            <Cell numeric>{duration(row.seconds?.mean)}</Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function Value({ spread, decimals, best, tied }: { spread: Spread; decimals: number; best: boolean; tied: boolean }) {
  if (!spread) return <span className="text-ink-3">–</span>;
  return (
    <span>
      <span className={classes(best && 'font-semibold')} title={best ? (tied ? 'Best, tied' : 'Best') : undefined}>
        {fixed(spread.mean, decimals)}
        {best && tied ? <sup>=</sup> : null}
      </span>
      {spread.deviation === null ? null : <span className="text-ink-3"> ± {fixed(spread.deviation, decimals)}</span>}
    </span>
  );
}
