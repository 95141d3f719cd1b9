import { drawMarker, framed, type Axis, type LegendEntry, type Plot } from './frame.ts';
import { element, pathThrough, textAt } from './svg.ts';
import { CATEGORIES, className, dashOf, type Tone } from './theme.ts';

export interface ChartPoint {
  readonly x: number;
  readonly y: number;
}

/** A point with the range around it, such as the smallest and largest value over seeds. */
export interface BandPoint extends ChartPoint {
  readonly low: number;
  readonly high: number;
}

export interface Series {
  readonly name: string;
  readonly points: readonly ChartPoint[];
  /** Drawn behind the line. */
  readonly band?: readonly BandPoint[];
  readonly tone?: Tone;
}

/** Single points on top of the lines, with a name in the legend. */
export interface Markers {
  readonly name: string;
  readonly points: readonly ChartPoint[];
  readonly shape: 'dot' | 'ring';
  readonly tone?: Tone;
}

/** A line across the whole figure at one value, with its name beside it. */
export interface Rule {
  readonly name: string;
  readonly at: number;
  readonly along: 'x' | 'y';
}

export interface LineChart {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  readonly markers?: readonly Markers[];
  readonly rules?: readonly Rule[];
  readonly width?: number;
  readonly height?: number;
}

/**
 * Lines with bands, markers and rules as an SVG document. Points that have no place on a logarithmic axis, or are not finite, interrupt their line.
 * @returns the same text for the same input
 */
export function lineChart(chart: LineChart): string {
  const { markers = [], rules = [] } = chart;
  const series = chart.series.map((entry, i) => ({ ...entry, tone: entry.tone ?? CATEGORIES[i % CATEGORIES.length]! }));
  const points = [...series.flatMap((entry) => entry.points), ...markers.flatMap((entry) => entry.points)];
  const bands = series.flatMap((entry) => entry.band ?? []);
  const legend: LegendEntry[] = [
    ...series.map(({ name, tone }): LegendEntry => ({ name, tone, shape: 'line' })),
    ...markers.map(({ name, shape, tone = 'accent' }): LegendEntry => ({ name, tone, shape })),
  ].filter((entry) => entry.name !== '');
  const finite = (values: readonly number[]): number[] => values.filter(Number.isFinite);
  const options = {
    ...chart,
    legend: legend.length > 1 || markers.length > 0 ? legend : [],
    xValues: finite(points.map((point) => point.x)),
    yValues: finite([
      ...points.map((point) => point.y),
      ...bands.flatMap((point) => [point.low, point.high]),
      ...rules.filter((rule) => rule.along === 'x').map((rule) => rule.at),
    ]),
  };
  return framed(options, (plot) => ({
    inside: [
      ...rules.map((rule) => drawRule(rule, plot)),
      ...series.map((entry) => drawBand(entry.band ?? [], entry.tone, plot)),
      ...series.map((entry) => drawLine(entry.points, entry.tone, plot)),
    ],
    over: [
      ...rules.map((rule, i) => drawName(rule, i, plot)),
      ...markers.flatMap(({ points: places, shape, tone = 'accent' }) =>
        places.map((point) => drawMarker(shape, tone, plot.x(point.x), plot.y(point.y))),
      ),
    ],
  }));
}

function drawLine(points: readonly ChartPoint[], tone: Tone, plot: Plot): string {
  const pieces = pieced(points, (point) => [plot.x(point.x), plot.y(point.y)]);
  const attributes = { class: `pf-line ${className(tone)}`, 'stroke-dasharray': dashOf(tone) };
  return pieces
    .map((piece) => {
      const only = piece.length === 1 ? piece[0] : undefined;
      return only ? drawMarker('dot', tone, only[0], only[1], 2.5) : element('path', { ...attributes, d: pathThrough(piece) });
    })
    .join('');
}

function drawBand(band: readonly BandPoint[], tone: Tone, plot: Plot): string {
  const floor = plot.yScale.from;
  // On a logarithmic axis a band that reaches zero goes down to the axis.
  const low = (value: number): number => (plot.yScale.kind === 'log' && value <= 0 ? floor : value);
  return pieced(band, (point) => [plot.x(point.x), plot.y(point.high), plot.y(low(point.low))])
    .filter((piece) => piece.length > 1)
    .map((piece) => {
      const upper = piece.map(([x, high]) => [x, high] as const);
      const lower = piece.map(([x, , below]) => [x, below] as const).reverse();
      return element('path', { class: `pf-band pf-fill ${className(tone)}`, d: `${pathThrough([...upper, ...lower])}Z` });
    })
    .join('');
}

/** Runs of points whose coordinates are all finite. */
function pieced<P, T extends readonly number[]>(points: readonly P[], place: (point: P) => readonly [...T]): (readonly [...T])[][] {
  const pieces: (readonly [...T])[][] = [[]];
  for (const point of points) {
    const placed = place(point);
    if (placed.every(Number.isFinite)) pieces.at(-1)!.push(placed);
    else pieces.push([]);
  }
  return pieces.filter((piece) => piece.length > 0);
}

function drawRule({ at, along }: Rule, plot: Plot): string {
  const [x, y] = [plot.x(at), plot.y(at)];
  const ends: [number, number][] =
    along === 'x'
      ? [
          [plot.left, y],
          [plot.left + plot.width, y],
        ]
      : [
          [x, plot.top],
          [x, plot.top + plot.height],
        ];
  return element('path', { class: 'pf-axis', d: pathThrough(ends), 'stroke-dasharray': '4 4' });
}

/**
 * A rule's name beside it, over the lines. Names of upright rules stand one below the other, so that near ones stay readable, on the side where there is
 * more room; that of a level one above it, or below where the figure ends.
 */
function drawName({ name, at, along }: Rule, index: number, plot: Plot): string {
  if (along === 'x') {
    const y = plot.y(at);
    const place = y < plot.top + 16 ? y + 14 : y - 5;
    return textAt(plot.left + plot.width - 4, place, name, { class: 'pf-soft pf-note', 'text-anchor': 'end' });
  }
  const x = plot.x(at);
  const beyond = x > plot.left + plot.width / 2;
  const anchor = beyond ? 'end' : undefined;
  return textAt(x + (beyond ? -5 : 5), plot.top + 11 + 16 * index, name, { class: 'pf-soft pf-note', 'text-anchor': anchor });
}
