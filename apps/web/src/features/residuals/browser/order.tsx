'use client';

import { ArrowLeftRight } from 'lucide-react';
import { IconButton } from '#web/components/ui/button.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { leadOf, letterOf, pairOf, type ShownEvaluation } from '../view/shown-evaluation.ts';
import type { UpdateView } from '../view/use-view-state.ts';
import { pairWith, sorts, sortsOfMany, type Sort, type ViewState } from '../view/view-state.ts';

const details: Readonly<Partial<Record<Sort, string>>> = {
  threshold: 'Score ÷ image threshold nearest to 1',
  disagreement: 'Largest difference of score ÷ threshold between evaluations',
  catches: 'Defects at or above A’s threshold and below B’s, then the clearest differences',
};

interface OrderProps {
  readonly view: ViewState;
  readonly update: UpdateView;
  readonly shown: readonly ShownEvaluation[];
}

/** The order of the grid; where two evaluations are compared, also which two. */
export function Order({ view, update, shown }: OrderProps) {
  const pair = pairOf(
    shown.map((_, place) => place),
    { pair: view.pair, lead: leadOf(shown, view) },
  );
  const [a, b] = pair.map(letterOf) as [string, string];
  const names: Readonly<Record<Sort, string>> = {
    highest: 'Score, highest first',
    lowest: 'Score, lowest first',
    threshold: 'Nearest to the threshold',
    name: 'Defect and name',
    disagreement: 'Disagreement',
    catches: `${a} catches, ${b} misses`,
  };
  const places = shown.map((one, place) => ({ value: String(place), label: letterOf(place), detail: `${one.name}, ${one.detail}` }));
  const choose = (at: 0 | 1) => (value: string) => update({ pair: pairWith(pair, at, Number(value)) });
  return (
    <>
      <Select
        label="Order"
        className="!w-44 shrink-0 !text-xs"
        value={view.sort}
        onValueChange={(sort) => update({ sort: sort as Sort })}
        options={sorts
          .filter((sort) => shown.length > 1 || !sortsOfMany.includes(sort))
          .map((value) => ({ value, label: names[value], detail: details[value] }))}
      />
      {view.sort === 'catches' && shown.length > 1 ? (
        <div role="group" aria-label="Which catches what which misses" className="inline-flex shrink-0 items-center gap-0.5">
          <Select label="Catches" className="!w-14 !text-xs" value={String(pair[0])} onValueChange={choose(0)} options={places} />
          <IconButton label="Exchange the two" className="!size-7" onClick={() => update({ pair: [pair[1], pair[0]] })}>
            <ArrowLeftRight />
          </IconButton>
          <Select label="Misses" className="!w-14 !text-xs" value={String(pair[1])} onValueChange={choose(1)} options={places} />
        </div>
      ) : null}
    </>
  );
}
