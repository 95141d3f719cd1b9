'use client';

import { lineChart } from '@plumbline/ml/figures';
import { useMemo } from 'react';
import { Segmented } from '#web/components/ui/segmented.tsx';
import { EmptyState } from '#web/components/ui/state.tsx';
import { ChartFigure } from '../chart-figure.tsx';
import { columnSeries, lossCurve } from '../data/series.ts';
import { membersOfClass, type TabProps } from './tab-props.ts';

/** Fig. 3: the loss of every variant over epochs, a band over its seeds; a figure a class. */
export function CurvesTab({ comparison, titles, members, view }: TabProps) {
  const series = view.get('series') === 'train' ? 'train' : 'validation';
  const logarithmic = view.get('axis') === 'log';
  const figures = useMemo(
    () => lossFigures({ comparison, titles, members }, series, logarithmic),
    [comparison, titles, members, series, logarithmic],
  );
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-2">
        <Segmented
          label="Loss"
          value={series}
          onValueChange={(value) => view.set({ series: value })}
          options={[
            { value: 'validation', label: 'Validation' },
            { value: 'train', label: 'Training' },
          ]}
        />
        <Segmented
          label="Axis"
          value={logarithmic ? 'log' : 'linear'}
          onValueChange={(axis) => view.set({ axis })}
          options={[
            { value: 'linear', label: 'Linear' },
            { value: 'log', label: 'Logarithmic' },
          ]}
        />
      </div>
      {figures.length === 0 ? (
        <EmptyState title="No such losses">
          {series === 'validation' ? 'These runs had no validation images; look at the training loss.' : 'These runs recorded no loss.'}
        </EmptyState>
      ) : (
        <div className="grid gap-4 xl:grid-cols-2">
          {figures.map(({ name, svg }) => (
            <ChartFigure
              key={name}
              svg={svg}
              name={[name, series, 'loss']}
              note="Mean over seeds; the band is from the lowest to the highest."
            />
          ))}
        </div>
      )}
    </div>
  );
}

type Drawn = Pick<TabProps, 'comparison' | 'titles' | 'members'>;

/** A figure of every class that has losses. */
function lossFigures({ comparison, titles, members }: Drawn, series: 'train' | 'validation', logarithmic: boolean) {
  return comparison.classes.flatMap(({ name }) => {
    const drawn = columnSeries(titles, membersOfClass({ members }, name), (member) => lossCurve(member, series));
    if (drawn.length === 0) return [];
    const svg = lineChart({
      title: `${name}: ${series} loss`,
      width: 640,
      height: 360,
      x: { label: 'epoch', whole: true },
      y: { label: 'mean squared error (0–255 scale)', scale: logarithmic ? 'log' : 'linear' },
      series: drawn,
    });
    return [{ name, svg }];
  });
}
