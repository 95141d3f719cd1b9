'use client';

import { useState, type PointerEvent } from 'react';
import { classes } from '#web/lib/classes.ts';
import { fixed } from '#web/lib/numbers.ts';
import { formatResidual, type MeasureFormats } from '#web/features/residuals/view/protocol.ts';
import { measures, type Measure } from '#web/features/residuals/view/view-state.ts';
import type { CurvePoint } from '../data/parse.ts';
import { Chart } from './chart.tsx';
import { curveFigure, type CurveFigure } from './figures.ts';
import { position, type Plot } from './ticks.ts';

interface CurveChartProps extends CurveFigure {
  readonly formats: MeasureFormats;
  /** What the curves are of, words of a taken figure's name and title. */
  readonly of: readonly string[];
}

const looks: Readonly<Record<Measure, { name: string; line: string; dash?: string }>> = {
  ssim: { name: 'SSIM', line: 'stroke-accent-ink' },
  mse: { name: 'MSE', line: 'stroke-ink-2', dash: '5 3' },
};

const path = (points: readonly CurvePoint[], plot: Plot): string =>
  points
    .map(
      ({ x, y }, i) =>
        `${i === 0 ? 'M' : 'L'}${position(x, 0, 1, plot.left, plot.width).toFixed(1)} ${position(y, 0, 1, plot.top + plot.height, -plot.height).toFixed(1)}`,
    )
    .join('');

const nearest = (points: readonly CurvePoint[], x: number): CurvePoint | null =>
  points.reduce<CurvePoint | null>((best, point) => (best === null || Math.abs(point.x - x) < Math.abs(best.x - x) ? point : best), null);

/** ROC or PR curve of both measures; under the cursor the values of both, with the threshold that gives them. */
export function CurveChart({ title, xLabel, yLabel, curves, chance, areas, formats, of }: CurveChartProps) {
  const [hover, setHover] = useState<number | null>(null);
  const read =
    hover === null
      ? []
      : measures.flatMap((measure) => {
          const point = nearest(curves[measure] ?? [], hover);
          return point ? [{ measure, point }] : [];
        });
  const legend = (
    <span className="flex flex-wrap gap-x-2.5 text-2xs text-ink-2">
      {measures.map((measure) => (
        <span key={measure} className="inline-flex items-center gap-1">
          <svg aria-hidden width="18" height="6">
            <line x1="0" x2="18" y1="3" y2="3" strokeWidth="2" strokeDasharray={looks[measure].dash} className={looks[measure].line} />
          </svg>
          {looks[measure].name} <span className="font-mono">{fixed(areas[measure], 3)}</span>
        </span>
      ))}
      {chance === null ? null : (
        <span
          className="inline-flex items-center gap-1"
          title={`What a score that knows nothing reaches${typeof chance === 'number' ? `: the prevalence, ${chance.toPrecision(2)}` : ''}`}
        >
          <svg aria-hidden width="18" height="6">
            <line x1="0" x2="18" y1="3" y2="3" strokeWidth="1.5" strokeDasharray="2 3" className="stroke-ink-3" />
          </svg>
          guessing
        </span>
      )}
    </span>
  );
  const description = `${title}: area ${measures.map((measure) => `${fixed(areas[measure], 3)} by ${looks[measure].name}`).join(', ')}`;
  return (
    <Chart
      title={title}
      description={description}
      x={{ label: xLabel, from: 0, to: 1 }}
      y={{ label: yLabel, from: 0, to: 1 }}
      height={214}
      legend={legend}
      figure={{
        svg: () => curveFigure({ title: `${title}: ${of.join(', ')}`, xLabel, yLabel, curves, chance, areas }),
        name: [...of, title],
      }}
    >
      {(plot) => {
        const track = (event: PointerEvent<SVGRectElement>): void => {
          const box = event.currentTarget.getBoundingClientRect();
          setHover((event.clientX - box.left) / box.width);
        };
        const chanceLine = chance === 'diagonal' ? ([0, 1] as const) : chance === null ? null : ([chance, chance] as const);
        return (
          <>
            {chanceLine && (
              <line
                x1={plot.left}
                x2={plot.left + plot.width}
                y1={plot.top + plot.height * (1 - chanceLine[0])}
                y2={plot.top + plot.height * (1 - chanceLine[1])}
                strokeDasharray="2 3"
                className="stroke-ink-3"
              />
            )}
            {measures.map((measure) => (
              <path
                key={measure}
                d={path(curves[measure] ?? [], plot)}
                fill="none"
                strokeWidth="1.75"
                strokeDasharray={looks[measure].dash}
                className={looks[measure].line}
              />
            ))}
            {read.map(({ measure, point }, i) => {
              const x = position(point.x, 0, 1, plot.left, plot.width);
              const y = position(point.y, 0, 1, plot.top + plot.height, -plot.height);
              return (
                <g key={measure}>
                  <circle cx={x} cy={y} r="3.5" className={classes('fill-panel', looks[measure].line)} strokeWidth="1.75" />
                  <text
                    x={plot.left + plot.width - 6}
                    y={plot.top + plot.height - 34 + 13 * i}
                    textAnchor="end"
                    className="fill-ink stroke-panel text-[10.5px] [paint-order:stroke]"
                    strokeWidth="3"
                  >
                    {looks[measure].name}: {point.x.toFixed(3)}, {point.y.toFixed(3)}
                    {point.threshold === null ? '' : ` at T ${formatResidual(formats[measure], point.threshold)}`}
                  </text>
                </g>
              );
            })}
            <rect
              x={plot.left}
              y={plot.top}
              width={plot.width}
              height={plot.height}
              fill="transparent"
              onPointerMove={track}
              onPointerLeave={() => setHover(null)}
            />
          </>
        );
      }}
    </Chart>
  );
}
