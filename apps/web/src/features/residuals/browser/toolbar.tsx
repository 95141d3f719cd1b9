'use client';

import { LayoutGrid } from 'lucide-react';
import type { Ref } from 'react';
import { count } from '#web/lib/numbers.ts';
import { ScrollRow } from '#web/components/ui/scroll-row.tsx';
import { Segmented } from '#web/components/ui/segmented.tsx';
import { RangeInput } from '../controls/range-input.tsx';
import type { Outcome } from '../pixels/confusion.ts';
import { leadOf, type ShownEvaluation } from '../view/shown-evaluation.ts';
import type { UpdateView } from '../view/use-view-state.ts';
import { CELL, splits, type Commented, type Split, type ViewState } from '../view/view-state.ts';
import { CommentFilter } from './comment-filter.tsx';
import { MultiFilter } from './multi-filter.tsx';
import { Order } from './order.tsx';
import { OutcomeFilter } from './outcome-filter.tsx';
import { ScoreFilter } from './score-filter.tsx';

interface ToolbarProps {
  readonly view: ViewState;
  readonly update: UpdateView;
  readonly shown: readonly ShownEvaluation[];
  readonly labels: readonly { label: string; count: number }[];
  readonly splitCounts: Readonly<Record<Split, number>>;
  readonly commentCounts: Readonly<Record<Commented, number>>;
  readonly outcomeCounts: Readonly<Record<Outcome, number>>;
  /** Images that are left by the filters, and how many there are. */
  readonly kept: number;
  readonly total: number;
  readonly complete: boolean;
  /** Said behind the count. */
  readonly note: string | null;
  /** The first of the filters, for the key that goes to them. */
  readonly filters: Ref<HTMLButtonElement>;
}

/** Filters, order, measure and cell size of the grid. */
export function Toolbar({
  view,
  update,
  shown,
  labels,
  splitCounts,
  commentCounts,
  outcomeCounts,
  kept,
  total,
  complete,
  note,
  filters,
}: ToolbarProps) {
  const present = splits.filter((split) => splitCounts[split] > 0);
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
      <MultiFilter
        ref={filters}
        all="All labels"
        plural="labels"
        choices={labels.map((one) => ({ value: one.label, count: one.count }))}
        chosen={view.labels}
        onChange={(next) => update({ labels: next })}
      />
      {present.length > 1 || view.splits.length > 0 ? (
        <MultiFilter
          all="All splits"
          plural="splits"
          choices={present.map((split) => ({ value: split, count: splitCounts[split] }))}
          chosen={view.splits}
          onChange={(next) => update({ splits: splits.filter((split) => next.includes(split)) })}
        />
      ) : null}
      <OutcomeFilter
        chosen={view.outcomes}
        counts={outcomeCounts}
        onChange={(outcomes) => update({ outcomes })}
        lead={shown.length > 1 ? leadOf(shown, view) : null}
        any={view.anyOutcome}
        onAny={(anyOutcome) => update({ anyOutcome })}
      />
      <ScoreFilter shown={shown} view={view} update={update} />
      <CommentFilter chosen={view.commented} counts={commentCounts} onChange={(commented) => update({ commented })} />
      <Order view={view} update={update} shown={shown} />
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
        {kept === total ? `${count(total)} images` : `${count(kept)} of ${count(total)} images`}
        {note ? <span className="text-ink-3"> · {note}</span> : null}
      </p>
    </ScrollRow>
  );
}
