'use client';

import { useCallback, useMemo } from 'react';
import type uPlot from 'uplot';
import { useLossPlot, wholeTicks, type Colour, type LossPlot } from '#web/features/runs/loss-plot.ts';
import { count, fixed, plural } from '#web/lib/numbers.ts';
import type { BandColumns, SeedBand } from './seed-bands.ts';
import { seriesLook } from './series-looks.ts';

export interface BandCurveProps {
  readonly columns: BandColumns;
  readonly logarithmic: boolean;
  readonly height?: number;
}

/** The mean loss of each variant over epochs, in a band from its lowest to its highest seed; the legend reads all of them under the cursor. */
export function BandCurve({ columns, logarithmic, height = 300 }: BandCurveProps) {
  const series = columns.bands.length;
  const data = useMemo(() => aligned(columns), [columns]);
  const describe = useCallback((colour: Colour) => bandPlot(series, logarithmic, colour), [series, logarithmic]);
  const { host, hovered } = useLossPlot(data, height, describe);
  const index = Math.min(hovered ?? columns.epochs.length - 1, columns.epochs.length - 1);
  return (
    <div>
      <Legend columns={columns} index={index} hovered={hovered !== null} />
      <div
        ref={host}
        style={{ height }}
        role="img"
        aria-label={`Loss of ${plural(series, 'variant')} over ${plural(columns.epochs.length, 'epoch')}`}
      />
    </div>
  );
}

/** Per variant its highest, lowest and mean, in this order: a band lies between the first two, the line is drawn over it. */
function aligned({ epochs, bands }: BandColumns): uPlot.AlignedData {
  return [[...epochs], ...bands.flatMap(({ high, low, mean }) => [[...high], [...low], [...mean]])];
}

/** Index of the last value at or before one. */
function lastKnown(band: SeedBand, index: number): number {
  let at = index;
  while (at >= 0 && band.mean[at] === null) at -= 1;
  return at;
}

function Legend({ columns, index, hovered }: { columns: BandColumns; index: number; hovered: boolean }) {
  const read = useMemo(() => columns.bands.map((band, i) => ({ band, look: seriesLook(i), at: lastKnown(band, index) })), [columns, index]);
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-1 pb-2 text-xs">
      {read.map(({ band, look, at }) => {
        const [low, high] = [band.low[at], band.high[at]];
        return (
          <span key={band.name} className="flex items-center gap-1.5">
            <svg aria-hidden width="18" height="4">
              <line x1="0" x2="18" y1="2" y2="2" stroke={`var(${look.colour})`} strokeWidth="2" strokeDasharray={look.dash.join(' ')} />
            </svg>
            <span className="text-ink-2">{band.name}</span>
            <span className="font-mono">{fixed(band.mean[at], 1)}</span>
            {low !== high ? (
              <span className="font-mono text-ink-3">
                {fixed(low, 1)}–{fixed(high, 1)}
              </span>
            ) : null}
            <span className="text-ink-3">{plural(band.seeds[at] ?? 0, 'seed')}</span>
          </span>
        );
      })}
      {index >= 0 ? (
        <span className="ml-auto text-ink-3">
          {hovered ? '' : 'latest: '}epoch {count(columns.epochs[index] ?? 0)}
        </span>
      ) : null}
    </div>
  );
}

function bandPlot(bands: number, logarithmic: boolean, colour: Colour): LossPlot {
  const looks = Array.from({ length: bands }, (_, i) => seriesLook(i));
  const edge: uPlot.Series = { stroke: 'transparent', width: 0, points: { show: false }, spanGaps: false };
  return {
    along: { label: 'epoch', incrs: wholeTicks(6) },
    logarithmic,
    cursorPoints: { show: false },
    series: looks.flatMap(({ colour: name, dash }): uPlot.Series[] => [
      edge,
      edge,
      { stroke: colour(name), width: 1.75, dash: [...dash], spanGaps: true, points: { show: false } },
    ]),
    bands: looks.map(({ colour: name }, i) => ({
      series: [3 * i + 1, 3 * i + 2],
      fill: `color-mix(in srgb, ${colour(name)} 14%, transparent)`,
    })),
  };
}
