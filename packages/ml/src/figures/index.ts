export { cividis, inferno } from './colour-tables.ts';
export { binned, histogramChart, type Bin, type HistogramChart } from './histogram.ts';
export { lineChart, type BandPoint, type ChartPoint, type LineChart, type Markers, type Rule, type Series } from './line-chart.ts';
export { pngUri } from './png-uri.ts';
export { seedBand } from './seed-band.ts';
export { escapeText } from './svg.ts';
export type { Tone } from './theme.ts';
export type { Axis } from './frame.ts';
