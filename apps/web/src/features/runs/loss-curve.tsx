'use client';

import { useCallback, useMemo } from 'react';
import type uPlot from 'uplot';
import { count, fixed } from '#web/lib/numbers.ts';
import { curveColumns, type CurveColumns, type CurvePoint } from './curve-data.ts';
import { useLossPlot, wholeTicks, type Colour, type LossPlot } from './loss-plot.ts';

export interface LossCurveProps {
  readonly points: readonly CurvePoint[];
  readonly logarithmic: boolean;
  /** Drawn as a line: a loss that rests on it is a dead start. */
  readonly dataVariance: number | null;
  readonly height?: number;
}

/** Step, training and validation loss over the steps; the legend reads the values under the cursor (the latest without one). */
export function LossCurve({ points, logarithmic, dataVariance, height = 320 }: LossCurveProps) {
  const columns = useMemo(() => curveColumns(points), [points]);
  const data = useMemo(() => aligned(columns), [columns]);
  const describe = useCallback((colour: Colour) => stepPlot(logarithmic, dataVariance, colour), [logarithmic, dataVariance]);
  const { host, hovered } = useLossPlot(data, height, describe);
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

function stepPlot(logarithmic: boolean, dataVariance: number | null, colour: Colour): LossPlot {
  return {
    along: { label: 'training step', incrs: wholeTicks(8), values: (_plot, values) => values.map((value) => count(value)) },
    logarithmic,
    cursorPoints: { size: 6 },
    series: [
      { stroke: `${colour('--ink-3')}99`, width: 1, spanGaps: true, points: { show: false } },
      { stroke: colour('--ink'), width: 1.5, spanGaps: true, points: { show: false } },
      { stroke: colour('--accent'), width: 2, spanGaps: true, points: { show: true, size: 5, fill: colour('--accent') } },
    ],
    ...(dataVariance === null ? {} : { draw: (plot: uPlot) => drawLevel(plot, dataVariance, colour('--warn')) }),
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
