import { pointsOfScores, prCurve, rocCurve } from '@plumbline/ml/metrics';
import { binned, CATEGORIES, seedBand, type ChartPoint, type Series, type Tone } from '@plumbline/ml/figures';
import { parseCurves } from '#web/features/evaluation/data/parse.ts';
import type { Member } from './set.ts';

/** How the line of a column is drawn: the same in every figure. */
export const toneOf = (column: number): Tone => CATEGORIES[column % CATEGORIES.length]!;

/** One line of a figure for every column that has curves: the mean over its seeds, in a band from the lowest to the highest. */
export function columnSeries(
  titles: readonly string[],
  members: readonly Member[],
  curveOf: (member: Member) => readonly ChartPoint[],
): Series[] {
  return titles.flatMap((name, column) => {
    const runs = members.filter((member) => member.column === column).map(curveOf);
    const drawn = runs.filter((run) => run.length > 0);
    if (drawn.length === 0) return [];
    const points = drawn.length === 1 ? drawn[0]! : seedBand(drawn);
    return [{ name, points, tone: toneOf(column), ...(drawn.length > 1 ? { band: seedBand(drawn) } : {}) }];
  });
}

/** A loss over epochs. */
export function lossCurve({ losses }: Member, series: 'train' | 'validation'): ChartPoint[] {
  return losses.epochs.flatMap((x, i) => {
    const y = losses[series][i];
    return y === null || y === undefined ? [] : [{ x, y }];
  });
}

/** Points of one grid over 0–1, so that the curves of seeds can be averaged; of points at one place the last counts, as a step has it. */
export function onGrid(points: readonly ChartPoint[], steps = 200): ChartPoint[] {
  const sorted = points.map((point, i) => ({ ...point, i })).sort((a, b) => a.x - b.x || a.i - b.i);
  if (sorted.length === 0) return [];
  let at = 0;
  return Array.from({ length: steps + 1 }, (_, k) => {
    const x = k / steps;
    while (at + 1 < sorted.length && sorted[at + 1]!.x <= x) at += 1;
    const [before, after] = [sorted[at]!, sorted[at + 1]];
    if (!after || x <= before.x) return { x, y: before.y };
    return { x, y: before.y + ((after.y - before.y) * (x - before.x)) / (after.x - before.x) };
  });
}

/** ROC or precision–recall curve of an evaluation, over pixels as stored or over its image scores. */
export function detectionCurve(member: Member, kind: 'roc' | 'pr', level: 'pixel' | 'image', measure: 'ssim' | 'mse'): ChartPoint[] {
  if (level === 'pixel') return (parseCurves(member.curves)[measure]?.[kind] ?? []).map(({ x, y }) => ({ x, y }));
  const scored = member.scores[measure].flatMap((score, i) => (score === null ? [] : [{ score, defective: member.labels[i] !== 'good' }]));
  const points = pointsOfScores(
    scored.map(({ score }) => score),
    scored.map(({ defective }) => defective),
  );
  return (kind === 'roc' ? rocCurve(points) : prCurve(points)).map(({ x, y }) => ({ x, y }));
}

/** Counts in equal bins as the outline of their bars. */
export function outlineOf(values: readonly number[], [from, to]: readonly [number, number], bins: number): ChartPoint[] {
  return [
    { x: from, y: 0 },
    ...binned(values, from, to, bins).flatMap((bin) => [
      { x: bin.from, y: bin.count },
      { x: bin.to, y: bin.count },
    ]),
    { x: to, y: 0 },
  ];
}
