'use client';

import 'uplot/dist/uPlot.min.css';
import { useTheme } from 'next-themes';
import { useEffect, useRef, useState, type RefObject } from 'react';
import type uPlot from 'uplot';
import { count } from '#web/lib/numbers.ts';
import { logTicks } from './log-ticks.ts';

/** A colour of the theme by the name of its variable. */
export type Colour = (name: string) => string;

/** What one plot of a loss has that another has not. */
export interface LossPlot {
  readonly along: uPlot.Axis;
  readonly logarithmic: boolean;
  readonly cursorPoints: uPlot.Cursor.Points;
  readonly series: uPlot.Series[];
  readonly bands?: uPlot.Band[];
  readonly draw?: (plot: uPlot) => void;
}

/** 1, 2, 5, 10, …: distances of ticks where there are no halves. */
export const wholeTicks = (powers: number): number[] =>
  Array.from({ length: powers }, (_, power) => [1, 2, 5].map((factor) => factor * 10 ** power)).flat();

/**
 * Draws losses into an element, in the theme's colours and at its width.
 * @param describe another one draws anew, so it is to be kept between renderings
 * @returns the element's reference and the index under the cursor
 */
export function useLossPlot(
  data: uPlot.AlignedData,
  height: number,
  describe: (colour: Colour) => LossPlot,
): { readonly host: RefObject<HTMLDivElement | null>; readonly hovered: number | null } {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const { resolvedTheme } = useTheme();
  const latest = useRef(data);
  useEffect(() => {
    latest.current = data;
    plot.current?.setData(data);
  }, [data]);
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    let gone = false;
    let observer: ResizeObserver | undefined;
    void import('uplot').then(({ default: UPlot }) => {
      if (gone) return;
      const made = new UPlot(options(element.clientWidth, height, describe, setHovered), latest.current, element);
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
  }, [describe, height, resolvedTheme]);
  return { host, hovered };
}

function options(
  width: number,
  height: number,
  describe: (colour: Colour) => LossPlot,
  onHover: (index: number | null) => void,
): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const colour: Colour = (name) => style.getPropertyValue(name).trim();
  const { along, logarithmic, cursorPoints, series, bands, draw } = describe(colour);
  const font = '11px "Inter Variable"';
  const axis = { stroke: colour('--ink-3'), font, grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false } };
  return {
    width,
    height,
    legend: { show: false },
    padding: [8, 20, 4, 0],
    cursor: { y: false, points: cursorPoints, drag: { x: true, y: false } },
    scales: {
      x: { time: false },
      y: {
        distr: logarithmic ? 3 : 1,
        range: (_plot, low, high) =>
          logarithmic ? [low * 0.9, high * 1.1] : [Math.max(0, low - (high - low) * 0.08), high + (high - low) * 0.06 || 1],
      },
    },
    axes: [
      { ...axis, size: 24, gap: 6, labelSize: 18, labelGap: 0, labelFont: font, ...along },
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
    series: [{}, ...series],
    ...(bands ? { bands } : {}),
    hooks: { setCursor: [(plot) => onHover(plot.cursor.idx ?? null)], ...(draw ? { draw: [draw] } : {}) },
  };
}
