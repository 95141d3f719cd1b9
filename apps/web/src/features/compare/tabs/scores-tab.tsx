'use client';

import { lineChart } from '@plumbline/ml/figures';
import type { Measure } from '@plumbline/ml/residuals';
import { useMemo } from 'react';
import { Section } from '#web/components/ui/page.tsx';
import { MeasureSegments } from '#web/features/evaluation/measure-choice.tsx';
import { ChartFigure } from '../chart-figure.tsx';
import { roomFor } from '../data/scatter.ts';
import { outlineOf } from '../data/series.ts';
import type { Member } from '../data/set.ts';
import { ClassChoice } from './choosers.tsx';
import { Scatter } from './scatter.tsx';
import { membersOfClass, shownClass, type TabProps } from './tab-props.ts';

const BINS = 30;

/** How image scores of good and of defective images lie, variant by variant, and two evaluations against each other. */
export function ScoresTab(props: TabProps) {
  const { comparison, titles, members: all, view, projectId } = props;
  const { measure } = view;
  const name = shownClass(props);
  const members = useMemo(() => membersOfClass({ members: all }, name), [all, name]);
  const figures = useMemo(() => scoreFigures(titles, members, measure), [titles, members, measure]);
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-wrap gap-2">
        <ClassChoice {...props} />
        <MeasureSegments measure={measure} onChoose={(value) => view.set({ measure: value })} />
      </div>
      <Section title="Distribution">
        <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
          {figures.map(({ title, svg, seeds }) => (
            <ChartFigure
              key={title}
              svg={svg}
              name={['image scores', name, title, measure]}
              note={seeds > 1 ? `${seeds} seeds together; one axis for all variants.` : 'One axis for all variants.'}
            />
          ))}
        </div>
      </Section>
      <Section title={comparison.columns.length > 1 ? 'Two variants, image by image' : 'Two evaluations, image by image'}>
        <Scatter members={members} view={view} projectId={projectId} />
      </Section>
    </div>
  );
}

/** A figure of every column that has evaluations, over one axis. */
function scoreFigures(titles: readonly string[], members: readonly Member[], measure: Measure) {
  const present = (scores: readonly (number | null)[]): number[] => scores.filter((score) => score !== null);
  const domain = roomFor(members.flatMap((member) => present(member.scores[measure])));
  return titles.flatMap((title, column) => {
    const own = members.filter((member) => member.column === column);
    if (own.length === 0) return [];
    const scores = (defective: boolean) =>
      own.flatMap((member) => present(member.scores[measure].filter((_, i) => (member.labels[i] !== 'good') === defective)));
    const svg = lineChart({
      title,
      width: 400,
      height: 240,
      x: { label: `image score, ${measure.toUpperCase()}`, domain },
      y: { label: 'images', whole: true },
      series: [
        { name: 'good', tone: 'neutral', points: outlineOf(scores(false), domain, BINS) },
        { name: 'defective', tone: 1, points: outlineOf(scores(true), domain, BINS) },
      ],
    });
    return [{ title, svg, seeds: own.length }];
  });
}
