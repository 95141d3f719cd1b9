import type { Variant } from '@plumbline/ml/experiment';
import { lineChart, seedBand, type ChartPoint, type Series } from '@plumbline/ml/figures';
import type { Results, RunResult } from '../results.ts';
import { TONES } from './tones.ts';

export type NamedFigures = Readonly<Record<string, string>>;

const LOSS = 'mean squared difference (0–255 scale)';

/** Fig. 3: validation loss of all regimes over the epochs, mean and range over seeds, with a linear and a logarithmic axis. */
export function learningCurves({ classes, regimes, runs }: Results): NamedFigures {
  return Object.fromEntries(
    classes.flatMap(({ name }) => {
      const own = runs.filter((run) => run.class === name);
      const series = regimes.flatMap((regime) => seriesOf(regime as Variant, own));
      if (series.length === 0) return [];
      const variances = own.filter((run) => run.regime !== 'orientation').map((run) => run.dataVariance);
      const rules = [
        { name: 'one constant image', at: variances.reduce((sum, value) => sum + value, 0) / variances.length, along: 'x' as const },
      ];
      const chart = { title: `${name}: loss on held-out images`, x: { label: 'epoch', whole: true }, series };
      return [
        [`learning-${name}`, lineChart({ ...chart, y: { label: LOSS }, rules })],
        [`learning-${name}-log`, lineChart({ ...chart, y: { label: `${LOSS}, logarithmic`, scale: 'log' }, rules })],
      ];
    }),
  );
}

function seriesOf(regime: Variant, runs: readonly RunResult[]): Series[] {
  const points = runs
    .filter((run) => run.regime === regime)
    .map((run) => run.history.map(({ epoch, validationLoss, trainLoss }): ChartPoint => ({ x: epoch, y: validationLoss ?? trainLoss })));
  if (points.length === 0) return [];
  const band = seedBand(points);
  return [{ name: regime, points: band, tone: TONES[regime], ...(points.length > 1 ? { band } : {}) }];
}
