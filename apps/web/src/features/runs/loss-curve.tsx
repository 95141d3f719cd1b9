'use client';

import 'uplot/dist/uPlot.min.css';
import { useTheme } from 'next-themes';
import { useEffect, useMemo, useRef, useState } from 'react';
import type uPlot from 'uplot';
import { count, fixed } from '#web/lib/numbers.ts';
import { curveColumns, type CurveColumns, type CurvePoint } from './curve-data.ts';
import { logTicks } from './log-ticks.ts';

export interface LossCurveProps {
  readonly points: readonly CurvePoint[];
  readonly logarithmic: boolean;
  /** Drawn as a line: a loss that rests on it is a dead start. */
  readonly dataVariance: number | null;
  readonly height?: number;
}

/** Step, training and validation loss over the steps; the legend reads the values under the cursor (the latest without one). */
export function LossCurve({ points, logarithmic, dataVariance, height = 320 }: LossCurveProps) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const { resolvedTheme } = useTheme();
  const columns = useMemo(() => curveColumns(points), [points]);
  const latest = useRef(columns);
  useEffect(() => {
    latest.current = columns;
    plot.current?.setData(aligned(columns));
  }, [columns]);

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    let gone = false;
    let observer: ResizeObserver | undefined;
    void import('uplot').then(({ default: UPlot }) => {
      if (gone) return;
      const made = new UPlot(options(element.clientWidth, height, logarithmic, dataVariance, setHovered), aligned(latest.current), element);
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
  }, [logarithmic, dataVariance, height, resolvedTheme]);

  const index = hovered ?? columns.steps.length - 1;
  return (
    <div>
      <Legend columns={columns} index={index} hovered={hovered !== null} dataVariance={dataVariance} />
      <div ref={host} style={{ height }} role="img" aria-label={`Loss over ${count(columns.steps.at(-1) ?? 0)} steps`} />
    </div>
  );
}

function aligned(columns: CurveColumns): uPlot.AlignedData {
  return [columns.steps, columns.step, columns.train, columns.validation];
}

/** The value at an index, or the last before it, since series have gaps. */
function upTo(values: readonly (number | null)[], index: number): number | null {
  for (let i = index; i >= 0; i -= 1) if (values[i] !== null && values[i] !== undefined) return values[i] ?? null;
  return null;
}

interface LegendProps {
  readonly columns: CurveColumns;
  readonly index: number;
  readonly hovered: boolean;
  readonly dataVariance: number | null;
}

function Legend({ columns, index, hovered, dataVariance }: LegendProps) {
  const series = [
    { name: 'step', look: 'bg-ink-3/60', value: upTo(columns.step, index) },
    { name: 'train', look: 'bg-ink', value: upTo(columns.train, index) },
    { name: 'validation', look: 'bg-accent', value: upTo(columns.validation, index) },
  ];
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 pb-2 text-xs">
      {series.map(({ name, look, value }) => (
        <span key={name} className="flex items-center gap-1.5">
          <span aria-hidden className={`h-0.5 w-4 ${look}`} />
          <span className="text-ink-2">{name}</span>
          <span className="min-w-14 font-mono">{fixed(value, 1)}</span>
        </span>
      ))}
      {dataVariance === null ? null : (
        <span className="flex items-center gap-1.5" title="A loss that rests on it paints nothing but the mean">
          <span aria-hidden className="w-4 border-t border-dashed border-warn" />
          <span className="text-ink-2">data variance</span>
          <span className="font-mono">{fixed(dataVariance, 1)}</span>
        </span>
      )}
      {index >= 0 ? (
        <span className="ml-auto text-ink-3">
          {hovered ? '' : 'latest: '}step {count(columns.steps[index] ?? 0)}, epoch {columns.epochs[index] ?? 0}
        </span>
      ) : null}
    </div>
  );
}

/** Distances of the ticks of the steps: a training takes no half steps. */
const wholeSteps = Array.from({ length: 8 }, (_, power) => [1, 2, 5].map((factor) => factor * 10 ** power)).flat();

function options(
  width: number,
  height: number,
  logarithmic: boolean,
  dataVariance: number | null,
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
  return {
    width,
    height,
    legend: { show: false },
    padding: [8, 20, 4, 0],
    cursor: { y: false, points: { size: 6 }, drag: { x: true, y: false } },
    scales: {
      x: { time: false },
      y: {
        distr: logarithmic ? 3 : 1,
        // The data variance stays in view while the run is still near it, and otherwise does not flatten the curve.
        range: (_plot, low, high) =>
          logarithmic ? [low * 0.9, high * 1.1] : [Math.max(0, low - (high - low) * 0.08), high + (high - low) * 0.06 || 1],
      },
    },
    axes: [
      {
        ...axis,
        size: 24,
        gap: 6,
        label: 'training step',
        labelSize: 18,
        labelGap: 0,
        labelFont: '11px "Inter Variable"',
        incrs: wholeSteps,
        values: (_plot, values) => values.map((value) => count(value)),
      },
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
      { stroke: `${colour('--ink-3')}99`, width: 1, spanGaps: true, points: { show: false } },
      { stroke: colour('--ink'), width: 1.5, spanGaps: true, points: { show: false } },
      { stroke: colour('--accent'), width: 2, spanGaps: true, points: { show: true, size: 5, fill: colour('--accent') } },
    ],
    hooks: {
      setCursor: [(plot) => onHover(plot.cursor.idx ?? null)],
      draw: [(plot) => (dataVariance === null ? undefined : drawLevel(plot, dataVariance, colour('--warn')))],
    },
  };
}

function drawLevel(plot: uPlot, value: number, colour: string): void {
  const { min, max } = plot.scales['y'] ?? {};
  if (min === undefined || max === undefined || min === null || max === null || value < min || value > max) return;
  const { ctx, bbox } = plot;
  const y = Math.round(plot.valToPos(value, 'y', true));
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}
