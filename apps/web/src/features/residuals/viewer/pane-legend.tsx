'use client';

import { useMemo } from 'react';
import type { FloatMap } from '@plumbline/ml/geometry';
import { cssGradient, type ColourMap } from '../colour/colour-map.ts';
import { mapHistogram } from '../pixels/map-histogram.ts';

interface PaneLegendProps {
  readonly map: FloatMap;
  readonly colours: ColourMap;
  readonly minimum: number;
  readonly maximum: number;
  /** Marked where it lies on the scale. */
  readonly threshold: number | null;
  readonly format: (value: number) => string;
  /** What the range is taken from, e.g. "common". */
  readonly origin: string;
  /** Says, in two words, why this scale is not that of the panes beside it. */
  readonly apart?: string | null;
}

const BINS = 48;

/** The colour scale of one pane with how often its map has each value, and the threshold on it. */
export function PaneLegend({ map, colours, minimum, maximum, threshold, format, origin, apart }: PaneLegendProps) {
  const path = useMemo(() => {
    const shares = mapHistogram(map, { minimum, maximum }, BINS);
    // By the square root: the few conspicuous pixels are what is looked for, beside thousands of ordinary ones.
    const highest = Math.sqrt(Math.max(...shares)) || 1;
    const top = (share: number): string => (1 - Math.sqrt(share) / highest).toFixed(3);
    return `M0 1${[...shares].map((share, i) => `L${i} ${top(share)}L${i + 1} ${top(share)}`).join('')}L${BINS} 1Z`;
  }, [map, minimum, maximum]);
  const at = threshold === null ? null : (threshold - minimum) / (maximum - minimum);
  return (
    <div
      role="img"
      aria-label={`Colour scale from ${format(minimum)} to ${format(maximum)}, ${origin}${threshold === null ? '' : `; threshold ${format(threshold)}`}`}
      data-colours={colours.name}
      data-minimum={format(minimum)}
      data-maximum={format(maximum)}
      data-threshold={threshold === null ? undefined : format(threshold)}
      title={`${origin}; the height is the square root of how many pixels have a value, those beyond the scale at its end`}
      className="pointer-events-none absolute bottom-1 left-1 flex w-24 max-w-[calc(100%-8px)] flex-col rounded-sm bg-black/65 px-1 pt-0.5 pb-0.5 text-white"
    >
      <div className="relative">
        <svg viewBox={`0 0 ${BINS} 1`} preserveAspectRatio="none" aria-hidden className="block h-4 w-full">
          <path d={path} fill="currentColor" fillOpacity="0.75" />
        </svg>
        <div aria-hidden className="h-2 w-full" style={{ background: cssGradient(colours) }} />
        {at !== null && at >= 0 && at <= 1 && (
          <span
            aria-hidden
            className="absolute inset-y-0 w-0.5 -translate-x-1/2 bg-[#2dd4bf] outline outline-black/70"
            style={{ left: `${100 * at}%` }}
          />
        )}
      </div>
      <div aria-hidden className="flex justify-between font-mono text-[9px] leading-3">
        <span>{format(minimum)}</span>
        <span>{format(maximum)}</span>
      </div>
      {apart && (
        <div aria-hidden className="text-center text-[9px] leading-3 font-semibold whitespace-nowrap">
          {apart}
        </div>
      )}
    </div>
  );
}
