import { lineChart, type ChartPoint } from '@plumbline/ml/figures';
import { measures, type Measure } from '@plumbline/ml/residuals';
import type { ScoreHistogram } from '@plumbline/ml/metrics';
import { describeFormat, formatResidual, type MeasureFormat } from '#web/features/residuals/view/protocol.ts';
import { fixed } from '#web/lib/numbers.ts';
import type { CurvePoint } from '../data/parse.ts';

const unit = [0, 1] as const;

/** Height of the line that a random score follows; 'diagonal' for ROC. */
export type Chance = 'diagonal' | number | null;

export interface CurveFigure {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly curves: Readonly<Record<Measure, readonly CurvePoint[] | null>>;
  readonly areas: Readonly<Record<Measure, number | null>>;
  readonly chance: Chance;
}

const diagonal: readonly ChartPoint[] = [
  { x: 0, y: 0 },
  { x: 1, y: 1 },
];

/** ROC or precision–recall curve of both measures as an SVG document, with the area under each in the legend. */
export function curveFigure({ title, xLabel, yLabel, curves, areas, chance }: CurveFigure): string {
  return lineChart({
    ...{ title, width: 520, height: 400 },
    x: { label: xLabel, domain: unit, step: 0.2 },
    y: { label: yLabel, domain: unit, step: 0.2 },
    series: [
      ...measures.flatMap((measure) => {
        const points = curves[measure];
        return points ? [{ name: `${measure.toUpperCase()} ${fixed(areas[measure], 3)}`, points }] : [];
      }),
      ...(chance === 'diagonal' ? [{ name: 'guessing', tone: 'neutral' as const, points: diagonal }] : []),
    ],
    rules: typeof chance === 'number' ? [{ name: `prevalence ${chance.toPrecision(2)}`, at: chance, along: 'x' }] : [],
  });
}

/** How many good and defective images have which score, as outlines, with the image threshold; an SVG document. */
export function scoresFigure(
  title: string,
  { edges, good, defective }: ScoreHistogram,
  format: MeasureFormat,
  threshold: number | null,
): string {
  const outline = (counts: readonly number[]): ChartPoint[] =>
    counts.flatMap((y, bin) => [
      { x: edges[bin]!, y },
      { x: edges[bin + 1]!, y },
    ]);
  const [first, last] = [edges[0] ?? 0, edges.at(-1) ?? 1];
  return lineChart({
    ...{ title, width: 640, height: 320 },
    // The threshold stays in sight even where every score is on one side of it.
    x: {
      label: `image score, ${describeFormat(format)}`,
      domain: [Math.min(first, threshold ?? first), Math.max(last, threshold ?? last)],
    },
    y: { label: 'images', whole: true },
    series: [
      { name: 'good', tone: 'neutral', points: outline(good) },
      { name: 'defective', points: outline(defective) },
    ],
    rules: threshold === null ? [] : [{ name: `T ${formatResidual(format, threshold)}`, at: threshold, along: 'y' }],
  });
}
