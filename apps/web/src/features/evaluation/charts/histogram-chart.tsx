'use client';

import type { ScoreHistogram } from '@plumbline/ml/metrics';
import { useRef, type PointerEvent } from 'react';
import { count } from '#web/lib/numbers.ts';
import { describeFormat, formatResidual, type MeasureFormat } from '#web/features/residuals/view/protocol.ts';
import { Chart } from './chart.tsx';
import { scoresFigure } from './figures.ts';
import { position, type Plot } from './ticks.ts';

interface HistogramChartProps {
  readonly format: MeasureFormat;
  readonly histogram: ScoreHistogram;
  readonly threshold: number | null;
  readonly onThreshold: (value: number) => void;
  /** What the scores are of, words of a taken figure's name and title. */
  readonly of: readonly string[];
}

/** Image scores, good upwards and defective downwards from one line, with the image threshold, which can be dragged. */
export function HistogramChart({ format, histogram, threshold, onThreshold, of }: HistogramChartProps) {
  const { edges, good, defective } = histogram;
  const dragging = useRef(false);
  const [first, last] = [edges[0] ?? 0, edges.at(-1) ?? 1];
  // The threshold stays in sight even where every score is on one side of it.
  const [low, high] = [Math.min(first, threshold ?? first), Math.max(last, threshold ?? last)];
  const pad = (high - low) * 0.02 || 1;
  const [from, to] = [low - pad, high + pad];
  const [up, down] = [Math.max(1, ...good), Math.max(1, ...defective)];
  const legend = (
    <span className="flex gap-3 text-2xs text-ink-2">
      <span className="inline-flex items-center gap-1">
        <span aria-hidden className="size-2.5 bg-ink-3" /> good, up
      </span>
      <span className="inline-flex items-center gap-1">
        <span aria-hidden className="size-2.5 bg-accent" /> defective, down
      </span>
    </span>
  );
  return (
    <Chart
      title="Image scores"
      description={`Histogram of image scores by ${describeFormat(format)}; image threshold ${threshold === null ? 'not set' : formatResidual(format, threshold)}`}
      x={{ label: `image score, ${describeFormat(format)}`, from, to }}
      y={{ label: 'images', from: -down, to: up, whole: true }}
      yText={(value) => count(Math.abs(value))}
      height={214}
      legend={legend}
      figure={{ svg: () => scoresFigure(of.join(', '), histogram, format, threshold), name: [...of, 'image scores'] }}
    >
      {(plot) => {
        const x = (value: number): number => position(value, from, to, plot.left, plot.width);
        const y = (value: number): number => position(value, -down, up, plot.top + plot.height, -plot.height);
        const set = (event: PointerEvent<SVGRectElement>): void => {
          const box = event.currentTarget.getBoundingClientRect();
          const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
          onThreshold(from + share * (to - from));
        };
        return (
          <>
            <Bars values={good} edges={edges} x={x} base={y(0)} top={(value) => y(value)} look="fill-ink-3" kind="good" />
            <Bars values={defective} edges={edges} x={x} base={y(0)} top={(value) => y(-value)} look="fill-accent" kind="defective" />
            <line x1={plot.left} x2={plot.left + plot.width} y1={y(0)} y2={y(0)} className="stroke-ink-3" />
            {threshold !== null && <ThresholdLine at={x(threshold)} plot={plot} text={`T ${formatResidual(format, threshold)}`} />}
            <rect
              x={plot.left}
              y={plot.top}
              width={plot.width}
              height={plot.height}
              fill="transparent"
              className="cursor-ew-resize touch-pan-y"
              onPointerDown={(event) => {
                dragging.current = true;
                event.currentTarget.setPointerCapture(event.pointerId);
                set(event);
              }}
              onPointerMove={(event) => (dragging.current ? set(event) : undefined)}
              onPointerUp={() => (dragging.current = false)}
              onPointerCancel={() => (dragging.current = false)}
            >
              <title>Drag to move the image threshold</title>
            </rect>
          </>
        );
      }}
    </Chart>
  );
}

interface BarsProps {
  readonly values: readonly number[];
  readonly edges: readonly number[];
  readonly x: (value: number) => number;
  readonly base: number;
  readonly top: (value: number) => number;
  readonly look: string;
  readonly kind: string;
}

function Bars({ values, edges, x, base, top, look, kind }: BarsProps) {
  return values.map((value, i) => {
    const [left, right] = [x(edges[i] ?? 0), x(edges[i + 1] ?? 0)];
    const end = top(value);
    return value === 0 ? null : (
      <rect
        key={`${kind} ${i}`}
        x={left + 0.5}
        width={Math.max(1, right - left - 1)}
        y={Math.min(base, end)}
        height={Math.abs(end - base)}
        className={look}
      />
    );
  });
}

function ThresholdLine({ at, plot, text }: { at: number; plot: Plot; text: string }) {
  const late = at > plot.left + plot.width * 0.75;
  return (
    <g>
      <line x1={at} x2={at} y1={plot.top - 4} y2={plot.top + plot.height} strokeWidth="1.5" className="stroke-ink" />
      <text
        x={late ? at - 5 : at + 5}
        y={plot.top + 8}
        textAnchor={late ? 'end' : 'start'}
        strokeWidth="3"
        className="fill-ink stroke-panel text-[11px] font-semibold [paint-order:stroke]"
      >
        {text}
      </text>
    </g>
  );
}
