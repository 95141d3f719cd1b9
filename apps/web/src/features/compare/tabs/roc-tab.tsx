'use client';

import { lineChart } from '@plumbline/ml/figures';
import { useMemo } from 'react';
import { Segmented } from '#web/components/ui/segmented.tsx';
import { EmptyState } from '#web/components/ui/state.tsx';
import { MeasureSegments } from '#web/features/evaluation/measure-choice.tsx';
import { ChartFigure } from '../chart-figure.tsx';
import { columnSeries, detectionCurve, onGrid } from '../data/series.ts';
import { membersOfClass, type TabProps } from './tab-props.ts';

const unit = [0, 1] as const;
const kinds = [
  { kind: 'roc', title: 'ROC', x: 'false positive rate', y: 'true positive rate' },
  { kind: 'pr', title: 'precision–recall', x: 'recall', y: 'precision' },
] as const;

/** ROC and precision–recall curves of every variant over each other, over pixels or images. */
export function RocTab({ comparison, titles, members, view }: TabProps) {
  const level = view.get('level') === 'image' ? 'image' : 'pixel';
  const { measure } = view;
  const figures = useMemo(() => rocFigures({ comparison, titles, members }, level, measure), [comparison, titles, members, level, measure]);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-2">
        <Segmented
          label="Over"
          value={level}
          onValueChange={(value) => view.set({ level: value })}
          options={[
            { value: 'pixel', label: 'Pixels' },
            { value: 'image', label: 'Images' },
          ]}
        />
        <MeasureSegments measure={measure} onChoose={(value) => view.set({ measure: value })} />
      </div>
      {figures.length === 0 ? (
        <EmptyState title="No such curves">There are no curves without good and defective {level}s; choose other evaluations.</EmptyState>
      ) : (
        <div className="grid gap-4 xl:grid-cols-2">
          {figures.map(({ key, words, svg }) => (
            <ChartFigure
              key={key}
              svg={svg}
              name={words}
              note="Mean over seeds at each place of the axis; the band is from the lowest to the highest."
            />
          ))}
        </div>
      )}
    </div>
  );
}

type Drawn = Pick<TabProps, 'comparison' | 'titles' | 'members'>;

/** Both curves of every class. */
function rocFigures({ comparison, titles, members }: Drawn, level: 'pixel' | 'image', measure: 'ssim' | 'mse') {
  return comparison.classes.flatMap(({ name, prevalence }) =>
    kinds.flatMap(({ kind, title, x, y }) => {
      const drawn = columnSeries(titles, membersOfClass({ members }, name), (member) =>
        onGrid(detectionCurve(member, kind, level, measure)),
      );
      if (drawn.length === 0) return [];
      const random = level === 'image' ? prevalence.image : prevalence.pixel[measure];
      const svg = lineChart({
        title: `${name}: ${title} over ${level}s, ${measure.toUpperCase()}`,
        width: 520,
        height: 400,
        x: { label: x, domain: unit, step: 0.2 },
        y: { label: y, domain: unit, step: 0.2 },
        series:
          kind === 'roc'
            ? [
                ...drawn,
                {
                  name: 'chance',
                  tone: 'neutral',
                  points: [
                    { x: 0, y: 0 },
                    { x: 1, y: 1 },
                  ],
                },
              ]
            : drawn,
        rules: kind === 'pr' && random !== null ? [{ name: `prevalence ${random.toFixed(4)}`, at: random, along: 'x' }] : [],
      });
      return [{ key: `${name} ${kind}`, words: [name, title, level, measure], svg }];
    }),
  );
}
