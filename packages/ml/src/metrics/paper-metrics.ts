import type { Maybe } from './ranking.ts';
import { meanIouOf, sweepSteps, type SweepCounts } from './sweep.ts';

/**
 * The measures of the paper's Tables 6–8 as its text lets them be read: score > T (Eq. 5) at 256 thresholds spread evenly from the lowest to the
 * highest score; areas by trapezoids between the points of this sweep, without an added first or last point.
 */
export interface PaperMetrics {
  readonly rocAuc: Maybe;
  /** Over the thresholds that something passes: precision is not defined elsewhere. */
  readonly prcAuc: Maybe;
  /** Mean over the thresholds of the mean IoU of the images that have a defect. */
  readonly iou: Maybe;
  /** Mean over the thresholds of the IoU of all pixels pooled. */
  readonly iouPooled: Maybe;
  /** Mean IoU, at the validation threshold, of the images that have a defect. */
  readonly iouAtValidationThreshold: Maybe;
  readonly thresholds: number;
  readonly pixels: number;
  /** Why a value is null, by its name. */
  readonly undefinedBecause: Readonly<Record<string, string>>;
}

/** Area under a curve through the points of a sweep, from the highest threshold down; null without two points. */
function area(x: readonly number[], y: readonly number[]): Maybe {
  if (x.length < 2) return null;
  let sum = 0;
  for (let i = 1; i < x.length; i++) sum += ((x[i]! - x[i - 1]!) * (y[i]! + y[i - 1]!)) / 2;
  return sum;
}

/** @param atThreshold mean per-image IoU at the validation threshold by the strict rule; null where there is no threshold */
export function paperMetrics(counts: SweepCounts, atThreshold: Maybe): PaperMetrics {
  const { min, max, positives, negatives, truePositives, falsePositives, perImageIou } = counts;
  const flat = !(max > min);
  const steps = Array.from({ length: sweepSteps }, (_, i) => sweepSteps - 1 - i);
  const predicting = steps.filter((k) => truePositives[k]! + falsePositives[k]! > 0);
  const values = {
    rocAuc:
      flat || positives === 0 || negatives === 0
        ? null
        : area(
            steps.map((k) => falsePositives[k]! / negatives),
            steps.map((k) => truePositives[k]! / positives),
          ),
    prcAuc:
      flat || positives === 0
        ? null
        : area(
            predicting.map((k) => truePositives[k]! / positives),
            predicting.map((k) => truePositives[k]! / (truePositives[k]! + falsePositives[k]!)),
          ),
    iou: flat || !perImageIou ? null : perImageIou.reduce((sum, value) => sum + value, 0) / sweepSteps,
    iouPooled: flat ? null : meanIouOf(counts).meanIou,
    iouAtValidationThreshold: atThreshold,
  };
  const reasonOf = (name: string): string => {
    if (positives + negatives === 0) return 'no test image is good or has an outlined defect';
    if (positives === 0) return 'no pixel is marked as defective';
    if (name === 'iouAtValidationThreshold') return 'there are no good validation images to fit a threshold on';
    if (flat) return 'all scores are equal, so that no threshold between them exists';
    return 'every pixel is marked as defective';
  };
  const missing = Object.entries(values).filter(([, value]) => value === null);
  return {
    ...values,
    thresholds: sweepSteps,
    pixels: positives + negatives,
    undefinedBecause: Object.fromEntries(missing.map(([name]) => [name, reasonOf(name)])),
  };
}
