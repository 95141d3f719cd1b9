import { linearScale, logScale, tickLabels, type Scale } from './scale.ts';
import { coordinate, element, textAt } from './svg.ts';
import { className, dashOf, STYLE, TYPE, type Tone } from './theme.ts';

export interface Axis {
  /** With the unit where there is one: `α (°)`. */
  readonly label: string;
  readonly scale?: 'linear' | 'log';
  /** Exact ends; otherwise nice numbers around the values. */
  readonly domain?: readonly [number, number];
  /** Distance of the ticks on a linear axis; otherwise a nice one. */
  readonly step?: number;
  /** Things that are counted have no ticks between them. */
  readonly whole?: boolean;
}

export interface LegendEntry {
  readonly name: string;
  readonly tone: Tone;
  readonly shape: 'line' | 'dot' | 'ring' | 'square';
}

export interface FrameOptions {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly xValues: readonly number[];
  readonly yValues: readonly number[];
  readonly legend: readonly LegendEntry[];
  readonly width?: number;
  readonly height?: number;
}

/** The plotting area inside a figure, and where values lie in it. */
export interface Plot {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly xScale: Scale;
  readonly yScale: Scale;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

export const FIGURE = { width: 440, height: 280 } as const;

/** What stands in the plotting area: `inside` is cut off at its edges, `over` is not. */
export interface Drawing {
  readonly inside: readonly string[];
  readonly over?: readonly string[];
}

/** Title, legend and axes around what `draw` puts into the plotting area; a whole SVG document. */
export function framed(options: FrameOptions, draw: (plot: Plot) => Drawing): string {
  const { width = FIGURE.width, height = FIGURE.height } = options;
  const rows = legendRows(options.legend, width);
  const top = TYPE.line * (2 + rows.length) + 14;
  const yScale = scaleOf(options.y, options.yValues, Math.max(2, Math.floor((height - top - 44) / 36)));
  const yLabels = tickLabels(yScale);
  const left = Math.ceil(Math.max(...yLabels.map((label) => label.length)) * TYPE.CHARACTER) + 12;
  const plotWidth = width - left - 14;
  const plotHeight = height - top - 40;
  const xScale = scaleOf(options.x, options.xValues, Math.max(2, Math.floor(plotWidth / 60)));
  const plot: Plot = {
    left,
    top,
    width: plotWidth,
    height: plotHeight,
    xScale,
    yScale,
    x: (value) => left + xScale.position(value) * plotWidth,
    y: (value) => top + (1 - yScale.position(value)) * plotHeight,
  };
  // A nested svg clips what leaves the plotting area, without an id that would have to be unique in a page.
  const { inside, over = [] } = draw(plot);
  const inner = element(
    'svg',
    { x: left, y: top, width: plotWidth, height: plotHeight, viewBox: [left, top, plotWidth, plotHeight].map(String).join(' ') },
    ...inside,
  );
  return documentOf(options.title, width, height, [
    ...rows.flatMap((row, i) => row.map((entry) => drawLegend(entry, TYPE.line * (i + 2)))),
    textAt(0, TYPE.line * (2 + rows.length), options.y.label, { class: 'pf-soft' }),
    ...xTicks(plot),
    ...yTicks(plot, yLabels),
    textAt(left + plotWidth, height - 3, options.x.label, { class: 'pf-soft', 'text-anchor': 'end' }),
    inner,
    ...over,
  ]);
}

/** A figure as a document of its own that can also stand in a page. */
export function documentOf(title: string, width: number, height: number, content: readonly string[]): string {
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'pf',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-label': title,
    },
    `<style>${STYLE}</style>`,
    textAt(0, TYPE.size, title, { class: 'pf-title' }),
    ...content,
  );
}

const scaleOf = (axis: Axis, values: readonly number[], count: number): Scale =>
  axis.scale === 'log' ? logScale(values, count) : linearScale(values, count, axis);

function xTicks(plot: Plot): string[] {
  const base = plot.top + plot.height;
  const labels = tickLabels(plot.xScale);
  return [
    element('path', { class: 'pf-axis', d: `M${plot.left} ${base}H${plot.left + plot.width}` }),
    ...plot.xScale.ticks.map((tick, i) => {
      const x = plot.x(tick);
      // A label at the right edge must not leave the figure.
      const atEdge = x > plot.left + plot.width - 1 ? { 'text-anchor': 'end', dx: 8 } : { 'text-anchor': 'middle' };
      const mark = element('path', { class: 'pf-axis', d: `M${coordinate(x)} ${base}v4` });
      return mark + textAt(x, base + 17, labels[i] ?? '', atEdge);
    }),
  ];
}

function yTicks(plot: Plot, labels: readonly string[]): string[] {
  return plot.yScale.ticks.map((tick, i) =>
    [
      element('path', { class: 'pf-grid', d: `M${plot.left} ${coordinate(plot.y(tick))}h${plot.width}` }),
      textAt(plot.left - 6, plot.y(tick) + 4, labels[i] ?? '', { 'text-anchor': 'end' }),
    ].join(''),
  );
}

interface PlacedEntry extends LegendEntry {
  readonly x: number;
}

/** Entries in as many rows as the width asks for. */
function legendRows(entries: readonly LegendEntry[], width: number): PlacedEntry[][] {
  const rows: PlacedEntry[][] = [];
  let x = Infinity;
  for (const entry of entries) {
    const needs = 24 + entry.name.length * TYPE.CHARACTER + 14;
    if (x + needs > width + 14) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)!.push({ ...entry, x });
    x += needs;
  }
  return rows;
}

function drawLegend({ name, tone, shape, x }: PlacedEntry, y: number): string {
  return drawKey(shape, tone, x + 9, y - 4) + textAt(x + 24, y, name);
}

function drawKey(shape: LegendEntry['shape'], tone: Tone, x: number, y: number): string {
  if (shape === 'line')
    return element('path', { class: `pf-line ${className(tone)}`, d: `M${x - 9} ${y}h18`, 'stroke-dasharray': dashOf(tone) });
  if (shape === 'square') return element('rect', { class: `pf-fill ${className(tone)}`, x: x - 5, y: y - 5, width: 10, height: 10 });
  return drawMarker(shape, tone, x, y);
}

/** A filled dot or a ring. */
export function drawMarker(shape: 'dot' | 'ring', tone: Tone, x: number, y: number, radius = 4): string {
  return shape === 'dot'
    ? element('circle', { class: `pf-fill ${className(tone)}`, cx: x, cy: y, r: radius })
    : element('circle', { class: `pf-hole pf-line ${className(tone)}`, cx: x, cy: y, r: radius });
}
