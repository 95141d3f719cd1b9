'use client';

import { LayoutGrid } from 'lucide-react';
import { classes } from '#web/lib/classes.ts';
import { count } from '#web/lib/numbers.ts';
import { ScrollRow } from '#web/components/ui/scroll-row.tsx';
import { Segmented } from '#web/components/ui/segmented.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { RangeInput } from '../controls/range-input.tsx';
import { outcomeWords } from '../data/images.ts';
import { OutcomeMark } from '../grid/outcome-mark.tsx';
import { outcomes, type Outcome } from '../pixels/confusion.ts';
import type { UpdateView } from '../view/use-view-state.ts';
import { CELL, sorts, sortsOfMany, type Sort, type ViewState } from '../view/view-state.ts';
import { LabelFilter } from './label-filter.tsx';

interface ToolbarProps {
  readonly view: ViewState;
  readonly update: UpdateView;
  readonly labels: readonly { label: string; count: number }[];
  readonly outcomeCounts: Readonly<Record<Outcome, number>>;
  readonly shown: number;
  readonly total: number;
  readonly complete: boolean;
}

const sortNames: Readonly<Record<Sort, string>> = {
  highest: 'Score, highest first',
  lowest: 'Score, lowest first',
  threshold: 'Nearest to the threshold',
  name: 'Defect and name',
  disagreement: 'Disagreement',
  catches: 'A catches, B misses',
};

/** Filters, order, measure and cell size of the grid. */
export function Toolbar({ view, update, labels, outcomeCounts, shown, total, complete }: ToolbarProps) {
  const toggle = (outcome: Outcome): void =>
    update((now) => ({ outcomes: outcomes.filter((one) => (one === outcome) !== now.outcomes.includes(one)) }));
  return (
    <ScrollRow label="filters and order" className="flex items-center gap-x-2 gap-y-1.5 md:flex-wrap">
      <Segmented
        label="Measure"
        value={view.measure}
        onValueChange={(measure) => update({ measure })}
        options={[
          { value: 'ssim', label: 'SSIM' },
          { value: 'mse', label: 'MSE' },
        ]}
      />
      <LabelFilter labels={labels} chosen={view.labels} onChange={(next) => update({ labels: next })} />
      <div
        role="group"
        aria-label="Outcome at the image threshold"
        className="inline-flex h-8 shrink-0 items-center rounded-md border border-line-strong bg-raised p-0.5"
      >
        {outcomes.map((outcome) => (
          <button
            key={outcome}
            type="button"
            aria-pressed={view.outcomes.includes(outcome)}
            title={`${outcomeWords[outcome].word}: ${outcomeWords[outcome].meaning}`}
            onClick={() => toggle(outcome)}
            className={classes(
              'inline-flex h-full items-center gap-1 rounded-sm px-1.5 hover:bg-hover',
              view.outcomes.includes(outcome) && 'bg-selected',
            )}
          >
            <OutcomeMark outcome={outcome} />
            <span className="text-2xs text-ink-2">{count(outcomeCounts[outcome])}</span>
          </button>
        ))}
      </div>
      <Select
        label="Order"
        className="!w-44 shrink-0 !text-xs"
        value={view.sort}
        onValueChange={(sort) => update({ sort: sort as Sort })}
        options={sorts.filter((sort) => !sortsOfMany.includes(sort)).map((value) => ({ value, label: sortNames[value] }))}
      />
      <label className="flex shrink-0 items-center gap-1.5 text-ink-3">
        <LayoutGrid aria-hidden className="size-4" />
        <RangeInput
          label="Size of the images in the grid"
          className="w-24"
          value={view.cell}
          minimum={CELL.minimum}
          maximum={CELL.maximum}
          step={4}
          onChange={(cell) => update({ cell })}
        />
      </label>
      <p role="status" className="ml-auto text-xs whitespace-nowrap text-ink-2 max-md:order-first max-md:ml-0">
        {complete ? '' : 'loading … '}
        {shown === total ? `${count(total)} images` : `${count(shown)} of ${count(total)} images`}
      </p>
    </ScrollRow>
  );
}
