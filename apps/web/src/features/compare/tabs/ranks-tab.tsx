'use client';

import { rankDiagram } from '@plumbline/ml/figures';
import { sheetsOf } from '@plumbline/ml/experiment';
import { useMemo } from 'react';
import { EmptyState } from '#web/components/ui/state.tsx';
import { Cell, HeadCell, Row, Table } from '#web/components/ui/table.tsx';
import { fixed } from '#web/lib/numbers.ts';
import { ChartFigure } from '../chart-figure.tsx';
import type { TabProps } from './tab-props.ts';

/** Average ranks with Friedman's test, and what Nemenyi's test tells apart. */
export function RanksTab({ comparison, titles }: TabProps) {
  const { ranking, columns, classes } = comparison;
  const onOneSeed = (column: string): boolean =>
    classes.some(({ seeds }) => seeds[columns.findIndex(({ name: own }) => own === column)]?.length === 1);
  const notes = useMemo(() => sheetsOf(comparison).find(({ kind }) => kind === 'ranks')?.notes ?? [], [comparison]);
  if (!ranking)
    return (
      <EmptyState title="Ranks say nothing here">
        They need at least two variants with values in the same rows, and a row in which they differ.
      </EmptyState>
    );
  const svg = rankDiagram({
    title: 'Average ranks over metrics × classes',
    ranks: columns.map((_, i) => ({ name: titles[i]!, rank: ranking.averageRanks[i]! })),
    criticalDifference: ranking.nemenyi.criticalDifference,
    width: 720,
  });
  const name = (column: string): string => titles[columns.findIndex((one) => one.name === column)] ?? column;
  return (
    <div className="flex max-w-4xl flex-col gap-4">
      <ChartFigure svg={svg} name={['average ranks']} note="1 is best. A bar ties together what the test does not tell apart." />
      <Table label="Pairs of variants by their ranks">
        <thead>
          <tr>
            <HeadCell>Variants</HeadCell>
            <HeadCell numeric>Difference of ranks</HeadCell>
            <HeadCell numeric>Critical</HeadCell>
            <HeadCell>Told apart</HeadCell>
          </tr>
        </thead>
        <tbody>
          {ranking.nemenyi.pairs.map(({ columns: [a, b], difference, significant }) => (
            <Row key={`${a} ${b}`}>
              <Cell>
                {name(a)} and {name(b)}
              </Cell>
              <Cell numeric>{fixed(difference, 4)}</Cell>
              <Cell numeric>{fixed(ranking.nemenyi.criticalDifference, 4)}</Cell>
              <Cell>{significant ? `yes${onOneSeed(a) || onOneSeed(b) ? ', on one seed' : ''}` : 'no'}</Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      {notes.map((note) => (
        <p key={note} className="max-w-prose text-xs text-ink-3">
          {note}
        </p>
      ))}
    </div>
  );
}
