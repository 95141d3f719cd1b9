'use client';

import { Select } from '#web/components/ui/select.tsx';
import { classes } from '#web/lib/classes.ts';
import { count } from '#web/lib/numbers.ts';
import { outcomeWords } from '../data/images.ts';
import { OutcomeMark } from '../grid/outcome-mark.tsx';
import { outcomes, type Outcome } from '../pixels/confusion.ts';
import { letterOf } from '../view/shown-evaluation.ts';

interface OutcomeFilterProps {
  /** Empty = all. */
  readonly chosen: readonly Outcome[];
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly onChange: (outcomes: readonly Outcome[]) => void;
  /** Place of the evaluation whose outcomes are counted; null where there is only one. */
  readonly lead: number | null;
  readonly any: boolean;
  readonly onAny: (any: boolean) => void;
}

/** Which outcomes the grid shows, of the leading evaluation or of any. */
export function OutcomeFilter({ chosen, counts, onChange, lead, any, onAny }: OutcomeFilterProps) {
  return (
    <>
      <div
        role="group"
        aria-label="Outcome at the image threshold"
        className="inline-flex h-8 shrink-0 items-center rounded-md border border-line-strong bg-raised p-0.5"
      >
        {outcomes.map((outcome) => (
          <button
            key={outcome}
            type="button"
            aria-pressed={chosen.includes(outcome)}
            title={`${outcomeWords[outcome].word}: ${outcomeWords[outcome].meaning}`}
            onClick={() => onChange(outcomes.filter((one) => (one === outcome) !== chosen.includes(one)))}
            className={classes(
              'inline-flex h-full items-center gap-1 rounded-sm px-1.5 hover:bg-hover',
              chosen.includes(outcome) && 'bg-selected',
            )}
          >
            <OutcomeMark outcome={outcome} />
            <span className="text-2xs text-ink-2">{count(counts[outcome])}</span>
          </button>
        ))}
      </div>
      {lead === null ? null : (
        <Select
          label="Whose outcome"
          className="!w-24 shrink-0 !text-xs"
          value={any ? 'any' : 'leading'}
          onValueChange={(value) => onAny(value === 'any')}
          options={[
            { value: 'leading', label: `of ${letterOf(lead)}`, detail: 'The leading evaluation' },
            { value: 'any', label: 'of any', detail: 'Any that is not hidden' },
          ]}
        />
      )}
    </>
  );
}
