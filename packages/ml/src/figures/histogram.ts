import { framed, type Axis } from './frame.ts';
import { element } from './svg.ts';
import { className, type Tone } from './theme.ts';

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

export interface HistogramChart {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly bins: readonly Bin[];
  readonly tone?: Tone;
  readonly width?: number;
  readonly height?: number;
}

/**
 * Values counted in `count` bins of equal width from `from` to `to`; the last one includes its upper end, and values outside are counted in
 * the bin at their end.
 */
export function binned(values: ArrayLike<number>, from: number, to: number, count: number): Bin[] {
  if (!(to > from) || count < 1)
    throw new RangeError(`${count} bins from ${from} to ${to} are not possible; the upper end must be above the lower`);
  const counts = new Array<number>(count).fill(0);
  for (let i = 0; i < values.length; i++) {
    const at = Math.floor(((values[i]! - from) / (to - from)) * count);
    counts[Math.min(Math.max(at, 0), count - 1)]! += 1;
  }
  const edge = (i: number): number => from + ((to - from) * i) / count;
  return counts.map((entry, i) => ({ from: edge(i), to: edge(i + 1), count: entry }));
}

/** Bars of a histogram as an SVG document; on a logarithmic axis an empty bin has no bar and a bin of one a thin one. */
export function histogramChart(chart: HistogramChart): string {
  const { bins, tone = 'accent', y } = chart;
  const first = bins[0]?.from ?? 0;
  const last = bins.at(-1)?.to ?? 1;
  const yValues = [y.scale === 'log' ? 1 : 0, ...bins.map((bin) => bin.count)];
  const options = {
    ...chart,
    x: { ...chart.x, domain: chart.x.domain ?? ([first, last] as const) },
    legend: [],
    xValues: [first, last],
    yValues,
  };
  return framed(options, (plot) => ({
    inside: bins
      .filter((bin) => bin.count > 0)
      .map((bin) => {
        const base = plot.top + plot.height;
        const x = plot.x(bin.from);
        const top = Math.min(plot.y(bin.count), base - 1.5);
        const width = plot.x(bin.to) - x;
        return element('rect', {
          class: `pf-fill ${className(tone)}`,
          x,
          y: top,
          width: Math.max(width - (width > 3 ? 1 : 0), 0.5),
          height: base - top,
        });
      }),
  }));
}
