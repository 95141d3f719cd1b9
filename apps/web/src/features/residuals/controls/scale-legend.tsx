'use client';

import { RotateCcw } from 'lucide-react';
import { IconButton } from '#web/components/ui/button.tsx';
import { Select } from '#web/components/ui/select.tsx';
import { classes } from '#web/lib/classes.ts';
import { colourMapNames, colourMaps, cssGradient, type ColourMapName } from '../colour/colour-map.ts';
import { describeFormat, type MeasureFormat } from '../view/protocol.ts';
import { NumberInput } from './range-input.tsx';

interface ScaleLegendProps {
  readonly format: MeasureFormat;
  readonly colours: ColourMapName;
  readonly scale: number;
  /** True while the scale is the common one and not a typed one. */
  readonly common: boolean;
  /** Marked on the bar when it lies on it. */
  readonly threshold: number | null;
  /** For a narrow place: the bar on a line of its own. */
  readonly stacked?: boolean;
  readonly onScale: (maximum: number | null) => void;
  readonly onColours: (name: ColourMapName) => void;
}

/** The absolute colour scale of all maps: its ends, its unit, where the end comes from, and the threshold on it. */
export function ScaleLegend({ format, colours, scale, common, threshold, stacked, onScale, onColours }: ScaleLegendProps) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className={classes('flex items-center gap-2', stacked && 'flex-wrap')}>
        <div className={classes('flex min-w-16 flex-1 items-center gap-2', stacked && 'basis-full')}>
          <span className="font-mono text-2xs text-ink-2">0</span>
          <div
            className="relative h-3.5 flex-1 rounded-sm border border-line-strong"
            style={{ background: cssGradient(colourMaps[colours]) }}
            aria-hidden
          >
            {threshold !== null && threshold >= 0 && threshold <= scale && (
              <span
                className="absolute -inset-y-1 w-0.5 -translate-x-1/2 bg-ink outline outline-surface"
                style={{ left: `${(threshold / scale) * 100}%` }}
              />
            )}
          </div>
          {stacked && <span className="font-mono text-2xs text-ink-2">{scale}</span>}
        </div>
        {stacked && <span className="text-xs text-ink-2">to</span>}
        <NumberInput
          label={`Upper end of the colour scale (${format.name})`}
          value={scale}
          decimals={format.scale.decimals}
          minimum={format.scale.minimum}
          step={format.scale.step}
          onChange={onScale}
        />
        {!common && (
          <IconButton label="Back to the common scale" className="!size-7" onClick={() => onScale(null)}>
            <RotateCcw />
          </IconButton>
        )}
        <Select
          label="Colour map"
          className={classes('!h-7 !w-24 !text-xs', stacked && 'ml-auto')}
          value={colours}
          onValueChange={(next) => onColours(colourMapNames.find((one) => one === next) ?? 'inferno')}
          options={colourMapNames.map((value) => ({ value, label: value }))}
        />
      </div>
      <p
        className="text-2xs text-ink-3"
        title="Its end is what 99 % of the pixels of the most conspicuous image stay below, rounded up; one value has one colour everywhere"
      >
        {describeFormat(format)} · {common ? 'scale common to all images' : 'scale set by hand, the same for all images'}
      </p>
    </div>
  );
}
