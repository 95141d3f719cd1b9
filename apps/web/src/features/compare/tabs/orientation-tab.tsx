'use client';

import { lineChart } from '@plumbline/ml/figures';
import { Section } from '#web/components/ui/page.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { ErrorState } from '#web/components/ui/state.tsx';
import { ChartFigure } from '../chart-figure.tsx';
import { columnSeries } from '../data/series.ts';
import { useExamined } from '../data/use-examined.ts';
import { ClassChoice } from './choosers.tsx';
import { chosenImage, ImageChoice, type ChosenImage } from './image-choice.tsx';
import { Picture } from './picture.tsx';
import { membersOfClass, shownClass, type TabProps } from './tab-props.ts';

/** How the variants turned the patches, and J(α) of an image (Fig. 7). */
export function OrientationTab(props: TabProps) {
  const { view, projectId } = props;
  const members = membersOfClass(props, shownClass(props));
  const chosen = projectId === null ? null : chosenImage(members, props);
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-wrap gap-2">
        <ClassChoice {...props} />
        {chosen ? <ImageChoice chosen={chosen} view={view} /> : null}
      </div>
      <Section title="Angles of the patches">
        <Angles {...props} />
      </Section>
      {chosen ? (
        <Section title="J(α) of an image">
          <Curve chosen={chosen} />
        </Section>
      ) : null}
    </div>
  );
}

function Angles(props: TabProps) {
  const name = shownClass(props);
  const series = columnSeries(props.titles, membersOfClass(props, name), ({ orientations }) => {
    const total = orientations.reduce((sum, count) => sum + count, 0);
    return total === 0 ? [] : orientations.map((count, bin) => ({ x: 5 * bin + 2.5, y: (100 * count) / total }));
  });
  if (series.length === 0) return <p className="text-ink-2">None of these variants turns patches.</p>;
  const svg = lineChart({
    title: `Angles by which patches of ${name} were turned`,
    width: 640,
    height: 300,
    x: { label: 'α (°), modulo 180', domain: [0, 180], step: 30 },
    y: { label: 'patches (%)' },
    series,
  });
  return (
    <div className="max-w-3xl">
      <ChartFigure svg={svg} name={['angles', name]} note="In bins of 5°; the band is from the lowest to the highest seed." />
    </div>
  );
}

function Curve({ chosen }: { readonly chosen: ChosenImage }) {
  const { geometry, channels, orientation } = chosen.member.recipe;
  const answer = useExamined({
    url: chosen.url,
    name: chosen.name,
    recipe: { geometry, channels, orientation },
    ask: { kind: 'orientation' },
  });
  if (!answer) return <Skeleton className="h-72 w-full max-w-3xl" />;
  if ('refused' in answer) return <ErrorState title="This image cannot be examined" reason={answer.refused} />;
  if (answer.examined.kind !== 'orientation') return null;
  const { chart, input, normalised, gradient, steps, degrees } = answer.examined;
  return (
    <div className="grid items-start gap-4 xl:grid-cols-2">
      <ChartFigure svg={chart} name={['J', chosen.name]} note={`${steps}. Computed here, by exhaustive search.`} />
      <div className="grid grid-cols-3 gap-2">
        <Picture drawn={input} label="What the network sees" />
        <Picture drawn={normalised} label={`Turned by ${degrees.toFixed(1)}°`} />
        <Picture drawn={gradient} label="Horizontal gradient there" />
      </div>
    </div>
  );
}
