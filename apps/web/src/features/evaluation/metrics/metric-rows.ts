import type { EvaluationMetrics, MeasuredMetrics } from '../data/parse.ts';
import type { Measure } from '#web/features/residuals/view/view-state.ts';

export interface MetricRow {
  readonly key: string;
  readonly name: string;
  readonly help: string;
  readonly value: (metrics: MeasuredMetrics) => number | null;
  /** Why it is null, as the evaluation says. */
  readonly reason: (metrics: MeasuredMetrics) => string | null;
  /** Printed beside the value: what a random score would reach. */
  readonly prevalence?: (metrics: MeasuredMetrics) => number | null;
  /** How far the exact value can be at most; null where the value is exact or nothing bounds it. */
  readonly bound?: (metrics: MeasuredMetrics) => number | null;
}

type PixelKey = Exclude<keyof MeasuredMetrics['pixel'], 'undefinedBecause' | 'prevalence' | 'pixels' | 'bounds'>;
type PaperKey = Exclude<keyof NonNullable<MeasuredMetrics['paper']>, 'undefinedBecause' | 'pixels'>;
type ImageKey = 'rocAuc' | 'averagePrecision' | 'f1Max';

function pixelRow(key: PixelKey, name: string, help: string, withPrevalence = false): MetricRow {
  return {
    key: `pixel.${key}`,
    name,
    help,
    value: ({ pixel }) => pixel[key],
    reason: ({ pixel }) => pixel.undefinedBecause[key] ?? null,
    bound: ({ pixel }) => {
      const [value, bounds] = [pixel[key], pixel.bounds[key]];
      return value === null || !bounds ? null : Math.max(value - bounds[0], bounds[1] - value, 0);
    },
    ...(withPrevalence ? { prevalence: ({ pixel }) => pixel.prevalence } : {}),
  };
}

function imageRow(key: ImageKey, name: string, help: string, withPrevalence = false): MetricRow {
  return {
    key: `image.${key}`,
    name,
    help,
    value: ({ image }) => image[key],
    reason: ({ image }) => image.undefinedBecause[key] ?? null,
    ...(withPrevalence ? { prevalence: ({ image }) => image.prevalence } : {}),
  };
}

function paperRow(key: PaperKey, name: string, help: string): MetricRow {
  return {
    key: `paper.${key}`,
    name,
    help,
    value: ({ paper }) => paper?.[key] ?? null,
    reason: ({ paper }) => paper?.undefinedBecause[key] ?? null,
  };
}

const oracle = 'Oracle: the threshold is chosen on the test images themselves, so nobody reaches it in use.';

export const imageRows: readonly MetricRow[] = [
  imageRow('rocAuc', 'ROC-AUC', 'Chance that a defective image scores higher than a good one. 0.5 is guessing.'),
  imageRow(
    'averagePrecision',
    'Average precision',
    'Area under precision over recall of the images (no interpolation). Guessing reaches the prevalence printed beside it.',
    true,
  ),
  imageRow('f1Max', 'F1 max, oracle', `Best harmonic mean of precision and recall over all image thresholds. ${oracle}`),
];

export const pixelRows: readonly MetricRow[] = [
  pixelRow(
    'rocAuc',
    'ROC-AUC',
    'Chance that a defective pixel scores higher than a good one, over the pixels of all test images together.',
  ),
  pixelRow(
    'averagePrecision',
    'Average precision',
    'Area under precision over recall of all pixels (no interpolation). Guessing reaches the prevalence printed beside it.',
    true,
  ),
  pixelRow(
    'prcTrapezoid',
    'PR area, trapezoid',
    'Area under the precision–recall curve with straight lines between its points: a little optimistic, as older tables have it.',
    true,
  ),
  pixelRow(
    'aupro30',
    'AUPRO to 0.3',
    'Mean overlap with each defect region, equal weight per region, over false-positive rates up to 0.3, divided by 0.3. A random map has 0.15.',
  ),
  pixelRow('f1Max', 'F1 max, oracle', `Best harmonic mean of precision and recall over all pixel thresholds. ${oracle}`),
  pixelRow(
    'iouAtValidationThreshold',
    'IoU at the fitted threshold',
    'Overlap of found and true defect pixels of all images, at the pixel threshold fitted on good validation images: what one gets in use.',
  ),
  pixelRow(
    'iouPerImageMean',
    'IoU, mean per image',
    'IoU of each defective image at the fitted threshold, averaged: a small defect weighs as much as a large one.',
  ),
  pixelRow('iouBestOracle', 'IoU best, oracle', `Best overlap over all thresholds. ${oracle}`),
  pixelRow(
    'iouMeanOverThresholds',
    'IoU, mean over thresholds',
    'IoU averaged over a sweep of thresholds: how little the choice of the threshold matters.',
  ),
];

const sweep = '256 thresholds spread evenly from the lowest to the highest score';

export const paperRows: readonly MetricRow[] = [
  paperRow('rocAuc', 'ROC-AUC, sweep', `Area by trapezoids between the points of ${sweep}, without an added first or last point.`),
  paperRow('prcAuc', 'PR area, sweep', `Area by trapezoids between those of ${sweep} that something passes.`),
  paperRow('iou', 'IoU, mean of sweep', `Mean over ${sweep} of the mean IoU of the defective images.`),
  paperRow('iouPooled', 'IoU, mean of sweep, pooled', `Mean over ${sweep} of the IoU of all pixels together.`),
  paperRow(
    'iouAtValidationThreshold',
    'IoU at the fitted threshold',
    'Mean IoU of the defective images, of pixels above the fitted threshold.',
  ),
];

/** The better measure of a row (higher is better everywhere here); null when one is unknown; both when they tie at the printed decimals. */
export function betterMeasure(row: MetricRow, metrics: EvaluationMetrics, decimals: number): readonly Measure[] {
  const { ssim, mse } = metrics.measures;
  const [a, b] = [ssim && row.value(ssim), mse && row.value(mse)];
  if (a === null || b === null) return [];
  const [x, y] = [a.toFixed(decimals), b.toFixed(decimals)];
  return x === y ? ['ssim', 'mse'] : Number(x) > Number(y) ? ['ssim'] : ['mse'];
}
