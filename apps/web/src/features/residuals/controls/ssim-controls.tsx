'use client';

import { RotateCcw } from 'lucide-react';
import { IconButton } from '#web/components/ui/button.tsx';
import { Segmented } from '#web/components/ui/segmented.tsx';
import { describeSsim } from '../view/protocol.ts';
import type { SsimView } from '../view/view-state.ts';
import { NumberInput, RangeInput } from './range-input.tsx';

interface SsimControlsProps {
  readonly value: SsimView;
  readonly protocol: SsimView;
  readonly own: boolean;
  /** Shorter side of the image at network scale: a window must fit into it. */
  readonly shortSide: number;
  readonly onChange: (value: SsimView | null) => void;
}

/** Window, σ and size of the SSIM residual; maps follow at once. Scores and thresholds stay those of the evaluation, and that is said. */
export function SsimControls({ value, protocol, own, shortSide, onChange }: SsimControlsProps) {
  const largest = Math.min(31, shortSide - 1 + (shortSide % 2));
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-center gap-2">
        <Segmented
          label="SSIM window"
          value={value.window}
          onValueChange={(window) => onChange({ ...value, window })}
          options={[
            { value: 'gaussian', label: 'Gaussian' },
            { value: 'uniform', label: 'Uniform' },
          ]}
        />
        {!own && (
          <IconButton
            label={`Back to the evaluation's window (${describeSsim(protocol)})`}
            className="ml-auto !size-7"
            onClick={() => onChange(null)}
          >
            <RotateCcw />
          </IconButton>
        )}
      </div>
      {value.window === 'gaussian' && (
        <div className="flex items-center gap-2">
          <span className="w-12 shrink-0 text-xs whitespace-nowrap text-ink-2">σ, px</span>
          <RangeInput
            label="Standard deviation of the Gaussian window in pixels"
            className="flex-1"
            value={value.sigma}
            minimum={0.3}
            maximum={5}
            step={0.1}
            onChange={(sigma) => onChange({ ...value, sigma })}
          />
          <NumberInput
            label="σ, typed"
            value={value.sigma}
            decimals={1}
            minimum={0.1}
            maximum={20}
            step={0.1}
            onChange={(sigma) => onChange({ ...value, sigma })}
          />
        </div>
      )}
      <div className="flex items-center gap-2">
        <span className="w-12 shrink-0 text-xs whitespace-nowrap text-ink-2">size, px</span>
        <RangeInput
          label="Side of the window in pixels"
          className="flex-1"
          value={value.size}
          minimum={3}
          maximum={largest}
          step={2}
          onChange={(size) => onChange({ ...value, size })}
        />
        <NumberInput
          label="Window size, typed"
          value={value.size}
          decimals={0}
          minimum={3}
          maximum={Math.min(63, largest)}
          step={2}
          onChange={(size) => onChange({ ...value, size: 2 * Math.floor(size / 2) + 1 })}
        />
      </div>
      <p className="text-2xs text-ink-3">
        {own
          ? `${describeSsim(value)}: the evaluation's own`
          : `Not the evaluation's window (${describeSsim(protocol)}): scores and fitted thresholds belong to that one`}
      </p>
    </div>
  );
}
