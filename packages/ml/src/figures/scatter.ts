import { drawMarker, framed, type Axis } from './frame.ts';
import type { ChartPoint } from './line-chart.ts';
import { CATEGORIES, type Tone } from './theme.ts';

export interface PointGroup {
  readonly name: string;
  readonly points: readonly ChartPoint[];
  readonly tone?: Tone;
}

export interface ScatterChart {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly groups: readonly PointGroup[];
  readonly width?: number;
  readonly height?: number;
}

/** Groups of points as an SVG document; the first group is drawn as dots, every second one as rings, so that colour is never alone. */
export function scatterChart(chart: ScatterChart): string {
  const groups = chart.groups.map((group, i) => ({
    ...group,
    tone: group.tone ?? CATEGORIES[i % CATEGORIES.length]!,
    shape: i % 2 === 0 ? ('dot' as const) : ('ring' as const),
  }));
  const points = groups.flatMap((group) => group.points);
  const options = {
    ...chart,
    legend: groups.length > 1 ? groups.map(({ name, tone, shape }) => ({ name, tone, shape })) : [],
    xValues: points.map((point) => point.x),
    yValues: points.map((point) => point.y),
  };
  return framed(options, (plot) => ({
    inside: [],
    over: groups.flatMap(({ points: places, tone, shape }) =>
      places.map((point) => drawMarker(shape, tone, plot.x(point.x), plot.y(point.y), 3)),
    ),
  }));
}
