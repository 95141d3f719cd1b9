'use client';

import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { FigureMenu } from './figure-menu.tsx';
import { position, ticks, tickTexts, type Plot } from './ticks.ts';

export interface Axis {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** Integer counts get no fractions. */
  readonly whole?: boolean;
}

interface ChartProps {
  readonly title: string;
  /** What a reader who does not see the picture is told. */
  readonly description: string;
  readonly x: Axis;
  readonly y: Axis;
  /** Texts of the y axis; default: the values. */
  readonly yText?: (value: number) => string;
  readonly height: number;
  readonly legend?: ReactNode;
  /** The same as a figure to be taken away. */
  readonly figure: { readonly svg: () => string; readonly name: readonly string[] };
  readonly children: (plot: Plot) => ReactNode;
}

/** Axes with grid lines at round numbers around a plot that children draw into, as wide as its place. */
export function Chart({ title, description, x, y, yText, height, legend, figure, children }: ChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = host.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const plot: Plot = { left: 38, top: 6, width: Math.max(10, width - 38 - 10), height: height - 6 - 36 };
  const xs = ticks(x.from, x.to, plot.width / 70);
  const ys = ticks(y.from, y.to, plot.height / (y.whole ? 28 : 45), y.whole);
  const [xTexts, yTexts] = [tickTexts(xs), yText ? ys.map(yText) : tickTexts(ys)];
  return (
    <figure className="flex min-w-0 flex-col rounded-md border bg-panel p-2.5">
      <figcaption className="mb-1 flex flex-wrap items-center justify-between gap-x-3 text-xs">
        <span className="font-semibold">{title}</span>
        <span className="flex flex-wrap items-center gap-x-2">
          {legend}
          <FigureMenu {...figure} />
        </span>
      </figcaption>
      <div ref={host} style={{ height }}>
        {width > 0 && (
          <svg role="img" aria-label={description} width={width} height={height} className="block overflow-visible">
            {xs.map((value, i) => {
              const at = position(value, x.from, x.to, plot.left, plot.width);
              return (
                <g key={value}>
                  <line x1={at} x2={at} y1={plot.top} y2={plot.top + plot.height} className="stroke-line" />
                  <text x={at} y={plot.top + plot.height + 14} textAnchor="middle" className="fill-ink-3 text-[10px]">
                    {xTexts[i]}
                  </text>
                </g>
              );
            })}
            {ys.map((value, i) => {
              const at = position(value, y.from, y.to, plot.top + plot.height, -plot.height);
              return (
                <g key={value}>
                  <line x1={plot.left} x2={plot.left + plot.width} y1={at} y2={at} className="stroke-line" />
                  <text x={plot.left - 5} y={at + 3.5} textAnchor="end" className="fill-ink-3 text-[10px]">
                    {yTexts[i]}
                  </text>
                </g>
              );
            })}
            <text x={plot.left + plot.width / 2} y={height - 4} textAnchor="middle" className="fill-ink-2 text-[11px]">
              {x.label}
            </text>
            <text
              transform={`translate(9 ${plot.top + plot.height / 2}) rotate(-90)`}
              textAnchor="middle"
              className="fill-ink-2 text-[11px]"
            >
              {y.label}
            </text>
            {children(plot)}
          </svg>
        )}
      </div>
    </figure>
  );
}
