'use client';

import { ChevronDown, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useRef } from 'react';
import { Button, IconButton } from '#web/components/ui/button.tsx';
import { NumberInput } from '../controls/range-input.tsx';
import { describeFormat, formatsOf } from '../view/protocol.ts';
import { rangeWords, scoreRange, type ScoreRange } from '../view/score-range.ts';
import { letterOf, type ShownEvaluation } from '../view/shown-evaluation.ts';
import type { UpdateView } from '../view/use-view-state.ts';
import { rangePatch, type ViewState } from '../view/view-state.ts';

interface ScoreFilterProps {
  readonly shown: readonly ShownEvaluation[];
  readonly view: ViewState;
  readonly update: UpdateView;
}

/** Which image scores the grid shows, from and to for each evaluation; every range that is set stands beside it and can be taken away. */
export function ScoreFilter({ shown, view, update }: ScoreFilterProps) {
  const trigger = useRef<HTMLButtonElement>(null);
  const { measure } = view;
  const many = shown.length > 1;
  const ranges = shown.map((_, place) => view.scoreRanges[measure][place] ?? null);
  const set = (place: number, range: ScoreRange | null): void => update(rangePatch(place, range));
  return (
    <>
      <Popover.Root>
        <Popover.Trigger asChild>
          <Button ref={trigger} className="!px-2.5 !text-xs">
            {ranges.some((range) => range !== null) ? 'Scores' : 'All scores'}
            <ChevronDown className="text-ink-3" />
          </Button>
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            align="start"
            sideOffset={4}
            collisionPadding={8}
            aria-label="Range of image scores"
            // What is typed is taken over when the field is left, which it would not be once it is gone.
            onPointerDownOutside={() => (document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined)}
            className="appear z-50 flex max-h-[60vh] w-80 max-w-[calc(100vw-1rem)] flex-col gap-2 overflow-y-auto rounded-md border border-line-strong bg-raised p-3 shadow-float outline-none"
          >
            <p className="text-xs text-ink-2">Images whose score lies between, both included; an empty field is an open end.</p>
            {shown.map((one, place) => (
              <RangeFields
                key={one.id}
                name={many ? `${letterOf(place)}, ${one.name}` : 'Image score'}
                spoken={`${measure.toUpperCase()} score${many ? ` of ${letterOf(place)}` : ''}`}
                unit={describeFormat(formatsOf(one.protocol)[measure])}
                range={ranges[place]!}
                onChange={(range) => set(place, range)}
              />
            ))}
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      {shown.map((one, place) => {
        const range = ranges[place];
        if (!range) return null;
        const format = formatsOf(one.protocol)[measure];
        const words = `${many ? `${letterOf(place)} ` : ''}${measure.toUpperCase()} score ${rangeWords(range, format.decimals)}`;
        return (
          <span
            key={one.id}
            title={`${one.name}: ${describeFormat(format)} ${range.from ?? '…'} to ${range.to ?? '…'}`}
            className="inline-flex h-8 shrink-0 items-center rounded-md border border-line-strong bg-selected pl-2.5 text-xs whitespace-nowrap"
          >
            {words}
            <IconButton
              label={`Take away: ${words}`}
              className="!size-7"
              onClick={() => {
                set(place, null);
                // The button that was pressed goes with its range.
                trigger.current?.focus();
              }}
            >
              <X />
            </IconButton>
          </span>
        );
      })}
    </>
  );
}

interface RangeFieldsProps {
  readonly name: string;
  /** Begins what the two fields are called. */
  readonly spoken: string;
  readonly unit: string;
  readonly range: ScoreRange | null;
  readonly onChange: (range: ScoreRange | null) => void;
}

function RangeFields({ name, spoken, unit, range, onChange }: RangeFieldsProps) {
  const [from, to] = [range?.from ?? null, range?.to ?? null];
  return (
    <div className="flex items-center gap-2 text-xs">
      <span className="flex min-w-0 flex-1 flex-col leading-tight">
        <span className="truncate">{name}</span>
        <span className="truncate text-2xs text-ink-3">{unit}</span>
      </span>
      <NumberInput
        label={`${spoken} from`}
        className="!w-20"
        value={from}
        onChange={(value) => onChange(scoreRange(value, to))}
        onEmpty={() => onChange(scoreRange(null, to))}
      />
      <span className="text-ink-3">to</span>
      <NumberInput
        label={`${spoken} to`}
        className="!w-20"
        value={to}
        onChange={(value) => onChange(scoreRange(from, value))}
        onEmpty={() => onChange(scoreRange(from, null))}
      />
    </div>
  );
}
