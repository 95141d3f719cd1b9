import { BadScoresError } from './float-keys.ts';
import type { ScoredMap } from './pixel-points.ts';

/** Which scores a threshold counts as defective: `atLeast` (score ≥ T, scikit-learn's and the product's) or `above` (score > T, the paper's Eq. 5). */
export type ThresholdRule = 'atLeast' | 'above';

export interface PixelCounts {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
}

/** Pixels of one image by prediction and label. */
export function countAt({ map, mask }: ScoredMap, threshold: number, rule: ThresholdRule = 'atLeast'): PixelCounts {
  const scores = map.data;
  const labels = mask.data;
  let [both, predicted, defective] = [0, 0, 0];
  for (let i = 0; i < scores.length; i++) {
    const hit = rule === 'atLeast' ? scores[i]! >= threshold : scores[i]! > threshold;
    if (labels[i]) defective++;
    if (!hit) continue;
    predicted++;
    if (labels[i]) both++;
  }
  return { truePositives: both, falsePositives: predicted - both, falseNegatives: defective - both };
}

/** TP/(TP + FP + FN); null where nothing is defective and nothing predicted. */
export function iouOf(counts: PixelCounts): number | null {
  const union = counts.truePositives + counts.falsePositives + counts.falseNegatives;
  return union === 0 ? null : counts.truePositives / union;
}

export interface ThresholdIou {
  /** Over the pooled pixels of all images; null without a defective pixel. */
  readonly pooled: number | null;
  /** Mean over the images that have a defect; null where there is none. */
  readonly perImageMean: number | null;
  /** Mean over all images; one without defect counts 1 where nothing is predicted, else 0. */
  readonly perImageMeanAll: number | null;
  /** One an image; null for images without defect. */
  readonly perImage: readonly (number | null)[];
}

const meanOrNull = (values: readonly number[]) =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Pooled and per-image IoU at one threshold. */
export function iouAt(images: readonly ScoredMap[], threshold: number, rule: ThresholdRule = 'atLeast'): ThresholdIou {
  if (!Number.isFinite(threshold)) throw new BadScoresError(`a threshold of ${threshold} cannot be applied; it must be a finite number`);
  const counts = images.map((image) => countAt(image, threshold, rule));
  const total = { truePositives: 0, falsePositives: 0, falseNegatives: 0 };
  for (const each of counts) {
    total.truePositives += each.truePositives;
    total.falsePositives += each.falsePositives;
    total.falseNegatives += each.falseNegatives;
  }
  const perImage = counts.map((each) => (each.truePositives + each.falseNegatives === 0 ? null : iouOf(each)));
  const all = counts.map((each, i) => perImage[i] ?? (each.falsePositives === 0 ? 1 : 0));
  return {
    pooled: total.truePositives + total.falseNegatives === 0 ? null : iouOf(total),
    perImageMean: meanOrNull(perImage.filter((value) => value !== null)),
    perImageMeanAll: meanOrNull(all),
    perImage,
  };
}

export interface Sweep {
  readonly min: number;
  readonly max: number;
  /** Mean of the pooled IoUs at 256 thresholds min + (max − min)·k/255; 0 where nothing is predicted. Null without a defective pixel. */
  readonly meanIou: number | null;
}

const steps = 256;

/**
 * Counts each pixel under the number of ascending thresholds that it passes: a near guess from the even spacing, then exact comparison.
 * No closure in here: it would be made anew for every pixel.
 */
function addPassed(
  { map, mask }: ScoredMap,
  thresholds: Float64Array,
  rule: ThresholdRule,
  good: Float64Array,
  defects: Float64Array,
): void {
  const scores = map.data;
  const labels = mask.data;
  const min = thresholds[0]!;
  const perUnit = (steps - 1) / (thresholds[steps - 1]! - min || 1);
  const strict = rule === 'above';
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    let count = Math.min(Math.floor((score - min) * perUnit) + 1, steps);
    while (count > 0 && (strict ? score <= thresholds[count - 1]! : score < thresholds[count - 1]!)) count--;
    while (count < steps && (strict ? score > thresholds[count]! : score >= thresholds[count]!)) count++;
    if (labels[i]) defects[count] = defects[count]! + 1;
    else good[count] = good[count]! + 1;
  }
}

/** The paper's sweep over 256 thresholds, exact: every pixel is counted at every threshold. */
export function sweepIou(images: readonly ScoredMap[], rule: ThresholdRule = 'atLeast'): Sweep {
  let [min, max] = [Infinity, -Infinity];
  for (const { map } of images) {
    for (let i = 0; i < map.data.length; i++) {
      const score = map.data[i]!;
      if (score < min) min = score;
      if (score > max) max = score;
    }
  }
  const thresholds = Float64Array.from({ length: steps }, (_, k) => (k === steps - 1 ? max : min + ((max - min) * k) / (steps - 1)));
  const [good, defects] = [new Float64Array(steps + 1), new Float64Array(steps + 1)];
  for (const image of images) addPassed(image, thresholds, rule, good, defects);
  const positives = defects.reduce((sum, count) => sum + count, 0);
  if (positives === 0) return { min, max, meanIou: null };
  let [found, wrong, total] = [0, 0, 0];
  for (let k = steps - 1; k >= 0; k--) {
    found += defects[k + 1]!;
    wrong += good[k + 1]!;
    total += found / (positives + wrong);
  }
  return { min, max, meanIou: total / steps };
}
