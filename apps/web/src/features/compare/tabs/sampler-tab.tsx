'use client';

import { Segmented } from '#web/components/ui/segmented.tsx';
import { Skeleton } from '#web/components/ui/skeleton.tsx';
import { EmptyState, ErrorState } from '#web/components/ui/state.tsx';
import { fixed } from '#web/lib/numbers.ts';
import { ChartFigure } from '../chart-figure.tsx';
import type { SampledTrip } from '../data/examine-tasks.ts';
import { useExamined } from '../data/use-examined.ts';
import { ClassChoice } from './choosers.tsx';
import { chosenImage, ImageChoice, type ChosenImage } from './image-choice.tsx';
import { Picture } from './picture.tsx';
import { membersOfClass, shownClass, type TabProps } from './tab-props.ts';

const words: Readonly<Record<SampledTrip['sampler'], string>> = {
  bilinear: 'Bilinear',
  nearest: 'Nearest pixel',
  legacy: 'Legacy (as published)',
};

/** Fig. 4: what turning a patch and turning it back costs by each sampler. */
export function SamplerTab(props: TabProps) {
  const { view } = props;
  const chosen = chosenImage(membersOfClass(props, shownClass(props)), props);
  if (!chosen) return <EmptyState title="No image to turn">These evaluations hold no images; choose others.</EmptyState>;
  const degrees = view.get('angle') === '0' ? 0 : 45;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-2">
        <ClassChoice {...props} />
        <ImageChoice chosen={chosen} view={view} />
        <Segmented
          label="Angle"
          value={String(degrees)}
          onValueChange={(angle) => view.set({ angle })}
          options={[
            { value: '0', label: '0° and back' },
            { value: '45', label: '45° and back' },
          ]}
        />
      </div>
      <Trips chosen={chosen} degrees={degrees} />
    </div>
  );
}

function Trips({ chosen, degrees }: { readonly chosen: ChosenImage; readonly degrees: number }) {
  const { geometry, channels, orientation } = chosen.member.recipe;
  const answer = useExamined({
    url: chosen.url,
    name: chosen.name,
    recipe: { geometry, channels, orientation },
    ask: { kind: 'sampler', degrees },
  });
  if (!answer) return <Skeleton className="h-96 w-full" />;
  if ('refused' in answer) return <ErrorState title="This image cannot be turned" reason={answer.refused} />;
  if (answer.examined.kind !== 'sampler') return null;
  const { trips, steps } = answer.examined;
  return (
    <>
      <p className="text-xs text-ink-3">{steps}. Differences are drawn from −64 to +64 grey levels, grey is none.</p>
      <div className="grid gap-4 xl:grid-cols-3">
        {trips.map(({ sampler, forward, back, difference, histogram, mse, mseInner }) => (
          <section key={sampler} aria-label={words[sampler]} className="flex min-w-0 flex-col gap-2">
            <h3 className="font-semibold">{words[sampler]}</h3>
            <p className="text-xs text-ink-2">
              Squared error {fixed(mse, 2)}; {fixed(mseInner, 2)} where there is content.
            </p>
            <div className="grid grid-cols-3 gap-2">
              <Picture drawn={forward} label={`Turned by ${degrees}°`} />
              <Picture drawn={back} label="Turned back" />
              <Picture drawn={difference} label="Difference" />
            </div>
            <ChartFigure svg={histogram} name={['round trip', sampler, `${degrees}`, chosen.name]} />
          </section>
        ))}
      </div>
    </>
  );
}
