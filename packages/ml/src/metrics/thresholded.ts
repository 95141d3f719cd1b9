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

function requireThreshold(threshold: number): number {
  if (!Number.isFinite(threshold)) throw new BadScoresError(`a threshold of ${threshold} cannot be applied; it must be a finite number`);
  return threshold;
}

/** Pooled and per-image IoU at one threshold, of images shown one at a time. */
export class ThresholdCount {
  readonly #threshold: number;
  readonly #rule: ThresholdRule;
  readonly #counts: PixelCounts[] = [];

  constructor(threshold: number, rule: ThresholdRule) {
    this.#threshold = requireThreshold(threshold);
    this.#rule = rule;
  }

  count(image: ScoredMap): void {
    this.#counts.push(countAt(image, this.#threshold, this.#rule));
  }

  iou(): ThresholdIou {
    const counts = this.#counts;
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
}

/** The same of images at hand. */
export function iouAt(images: readonly ScoredMap[], threshold: number, rule: ThresholdRule = 'atLeast'): ThresholdIou {
  const count = new ThresholdCount(threshold, rule);
  for (const image of images) count.count(image);
  return count.iou();
}
