'use client';

import 'uplot/dist/uPlot.min.css';
import { useTheme } from 'next-themes';
import { useEffect, useMemo, useRef, useState } from 'react';
import type uPlot from 'uplot';
import { logTicks } from '#web/features/runs/log-ticks.ts';
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
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const { resolvedTheme } = useTheme();
  const latest = useRef(columns);
  useEffect(() => {
    latest.current = columns;
    plot.current?.setData(aligned(columns));
  }, [columns]);
  const series = columns.bands.length;
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    let gone = false;
    let observer: ResizeObserver | undefined;
    void import('uplot').then(({ default: UPlot }) => {
      if (gone) return;
      const made = new UPlot(options(element.clientWidth, height, series, logarithmic, setHovered), aligned(latest.current), element);
      plot.current = made;
      observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
      observer.observe(element);
    });
    return () => {
      gone = true;
      observer?.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, [series, logarithmic, height, resolvedTheme]);
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

const wholeEpochs = Array.from({ length: 6 }, (_, power) => [1, 2, 5].map((factor) => factor * 10 ** power)).flat();

function options(
  width: number,
  height: number,
  bands: number,
  logarithmic: boolean,
  onHover: (index: number | null) => void,
): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const axis = {
    stroke: colour('--ink-3'),
    font: '11px "Inter Variable"',
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  };
  const looks = Array.from({ length: bands }, (_, i) => seriesLook(i));
  const edge: uPlot.Series = { stroke: 'transparent', width: 0, points: { show: false }, spanGaps: false };
  return {
    width,
    height,
    legend: { show: false },
    padding: [8, 20, 4, 0],
    cursor: { y: false, points: { show: false }, drag: { x: true, y: false } },
    scales: {
      x: { time: false },
      y: {
        distr: logarithmic ? 3 : 1,
        range: (_plot, low, high) =>
          logarithmic ? [low * 0.9, high * 1.1] : [Math.max(0, low - (high - low) * 0.08), high + (high - low) * 0.06 || 1],
      },
    },
    axes: [
      { ...axis, size: 24, gap: 6, label: 'epoch', labelSize: 18, labelGap: 0, labelFont: '11px "Inter Variable"', incrs: wholeEpochs },
      {
        ...axis,
        size: 56,
        ...(logarithmic
          ? {
              splits: (_plot: uPlot, _axis: number, low: number, high: number) => logTicks(low, high),
              filter: (_plot: uPlot, splits: number[]) => splits,
            }
          : {}),
        values: (_plot, values) => values.map((value) => (value === null ? '' : count(value))),
      },
    ],
    series: [
      {},
      ...looks.flatMap(({ colour: name, dash }): uPlot.Series[] => [
        edge,
        edge,
        { stroke: colour(name), width: 1.75, dash: [...dash], spanGaps: true, points: { show: false } },
      ]),
    ],
    bands: looks.map(({ colour: name }, i) => ({
      series: [3 * i + 1, 3 * i + 2],
      fill: `color-mix(in srgb, ${colour(name)} 14%, transparent)`,
    })),
    hooks: { setCursor: [(plot) => onHover(plot.cursor.idx ?? null)] },
  };
}
