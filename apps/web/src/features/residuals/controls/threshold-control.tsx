'use client';

import { RotateCcw } from 'lucide-react';
import { IconButton } from '#web/components/ui/button.tsx';
import { classes } from '#web/lib/classes.ts';
import { formatResidual, type MeasureFormat } from '../view/protocol.ts';
import { NumberInput, RangeInput } from './range-input.tsx';

interface ThresholdControlProps {
  readonly label: string;
  readonly format: MeasureFormat;
  /** null = none was chosen and none set. */
  readonly value: number | null;
  readonly fitted: number | null;
  /** Where the fitted value comes from. */
  readonly origin: string;
  readonly maximum: number;
  readonly onChange: (value: number | null) => void;
  readonly compact?: boolean;
  /** Where slider and arrow keys stop when they move from one value to another; left out = anywhere. What is typed is taken as it is. */
  readonly stop?: (from: number, to: number) => number;
}

/** A threshold as slider and number, always with its origin; a moved one says what it was. */
export function ThresholdControl({ label, format, value, fitted, origin, maximum, onChange, compact, stop }: ThresholdControlProps) {
  const moved = value !== fitted;
  const step = (to: number): void => onChange(stop ? stop(value ?? maximum, to) : to);
  const note =
    moved && value !== null ? (fitted === null ? 'set by hand' : `set by hand; fitted: ${formatResidual(format, fitted)}`) : origin;
  return (
    <div className={classes('flex min-w-0 gap-x-2', compact ? 'items-center' : 'flex-col')}>
      <div className="flex min-w-0 flex-1 items-center gap-2">
        <span className="text-xs whitespace-nowrap text-ink-2">{label}</span>
        <RangeInput
          label={label}
          className="flex-1"
          value={value ?? maximum}
          minimum={0}
          maximum={maximum}
          step={maximum / 1000}
          onChange={step}
        />
        <NumberInput
          label={`${label}, typed`}
          value={value ?? maximum}
          decimals={format.decimals}
          minimum={0}
          step={maximum / 100}
          onChange={onChange}
          onStep={step}
        />
        {moved && (
          <IconButton label={`${label}: back to the fitted value`} className="!size-7" onClick={() => onChange(null)}>
            <RotateCcw />
          </IconButton>
        )}
      </div>
      <p className={classes('text-2xs text-ink-3', compact && 'max-w-56 truncate max-lg:hidden')} title={note}>
        {note}
      </p>
    </div>
  );
}
