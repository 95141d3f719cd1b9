import type { BandPoint, ChartPoint } from './line-chart.ts';

/**
 * Several runs of one thing as one line: at each x that all of them have, the mean with the smallest and largest value.
 * @param runs points in ascending x
 */
export function seedBand(runs: readonly (readonly ChartPoint[])[]): BandPoint[] {
  const [first, ...others] = runs.map((run) => new Map(run.map((point) => [point.x, point.y])));
  if (!first) return [];
  return [...first.keys()]
    .filter((x) => others.every((run) => run.has(x)))
    .map((x) => {
      const values = [first, ...others].map((run) => run.get(x)!);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return { x, y: mean, low: Math.min(...values), high: Math.max(...values) };
    });
}
