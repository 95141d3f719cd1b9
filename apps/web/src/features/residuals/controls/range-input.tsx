'use client';

import { useState } from 'react';
import { classes } from '#web/lib/classes.ts';

interface RangeInputProps {
  readonly label: string;
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
  readonly className?: string;
}

/** A slider that follows the finger; its name is for screen readers, the visible label stands beside it. */
export function RangeInput({ label, value, minimum, maximum, step, onChange, className }: RangeInputProps) {
  return (
    <input
      type="range"
      aria-label={label}
      min={minimum}
      max={maximum}
      step={step}
      value={Math.min(maximum, Math.max(minimum, value))}
      onChange={(event) => onChange(event.target.valueAsNumber)}
      className={classes('h-6 min-w-0 cursor-pointer accent-accent-fill', className)}
    />
  );
}

interface NumberInputProps {
  readonly label: string;
  /** null = nothing stands there. */
  readonly value: number | null;
  /** Left out = as many as the value has. */
  readonly decimals?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly step?: number;
  /** Told of what is typed in full. */
  readonly onChange: (value: number) => void;
  /** Told of steps by arrow keys; left out = as of what is typed. */
  readonly onStep?: (value: number) => void;
  /** Told when the field is emptied; left out = the value is put back then. */
  readonly onEmpty?: () => void;
  readonly className?: string;
}

/** A number typed in full: taken over on Enter or when left, put back when it is none. */
export function NumberInput({
  label,
  value,
  decimals,
  minimum = -Infinity,
  maximum = Infinity,
  step,
  onChange,
  onStep = onChange,
  onEmpty,
  className,
}: NumberInputProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const shown = value === null ? '' : decimals === undefined ? String(value) : value.toFixed(decimals);
  const commit = (): void => {
    const typed = draft === null ? NaN : Number(draft.replace(',', '.'));
    if (draft?.trim() === '') onEmpty?.();
    else if (Number.isFinite(typed)) onChange(Math.min(maximum, Math.max(minimum, typed)));
    setDraft(null);
  };
  return (
    <input
      type="text"
      inputMode="decimal"
      aria-label={label}
      value={draft ?? shown}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        if (event.key === 'Escape' && draft !== null) {
          event.stopPropagation();
          setDraft(null);
        }
        if (step !== undefined && value !== null && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
          event.preventDefault();
          setDraft(null);
          onStep(Math.min(maximum, Math.max(minimum, value + (event.key === 'ArrowUp' ? step : -step))));
        }
      }}
      className={classes(
        'h-7 w-16 rounded-sm border border-line-strong bg-raised px-1.5 text-right font-mono text-xs hover:border-ink-3',
        className,
      )}
    />
  );
}
