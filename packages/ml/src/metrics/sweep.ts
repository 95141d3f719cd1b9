import type { ScoredMap } from './pixel-points.ts';
import type { ThresholdRule } from './thresholded.ts';

export const sweepSteps = 256;

/** What is seen at each of the 256 thresholds, the lowest first. */
export interface SweepCounts {
  readonly min: number;
  readonly max: number;
  readonly positives: number;
  readonly negatives: number;
  /** Defective pixels that pass, of all images. */
  readonly truePositives: Float64Array;
  /** Other pixels that pass. */
  readonly falsePositives: Float64Array;
  /** Mean IoU of the images that have a defect; null where none has. */
  readonly perImageIou: Float64Array | null;
}

/**
 * The paper's sweep over 256 thresholds min + (max − min)·k/255, exact: every pixel is counted at every threshold. Images are shown one at a time,
 * all of them to `collect`, then all of them again to `count`.
 */
export class ThresholdSweep {
  readonly #strict: boolean;
  #min = Infinity;
  #max = -Infinity;
  #thresholds: Float64Array | null = null;
  readonly #passed = { good: new Float64Array(sweepSteps), defects: new Float64Array(sweepSteps) };
  readonly #iouSum = new Float64Array(sweepSteps);
  #imagesWithDefect = 0;
  #positives = 0;
  #negatives = 0;

  constructor(rule: ThresholdRule) {
    this.#strict = rule === 'above';
  }

  collect({ map: { data } }: ScoredMap): void {
    for (let i = 0; i < data.length; i++) {
      const score = data[i]!;
      if (score < this.#min) this.#min = score;
      if (score > this.#max) this.#max = score;
    }
  }

  count(image: ScoredMap): void {
    const { good, defects } = countByPassed(image, (this.#thresholds ??= thresholdsOf(this.#min, this.#max)), this.#strict);
    const inImage = defects.reduce((sum, count) => sum + count, 0);
    if (inImage > 0) this.#imagesWithDefect++;
    let [found, wrong] = [0, 0];
    for (let k = sweepSteps - 1; k >= 0; k--) {
      found += defects[k + 1]!;
      wrong += good[k + 1]!;
      this.#passed.defects[k] = this.#passed.defects[k]! + found;
      this.#passed.good[k] = this.#passed.good[k]! + wrong;
      if (inImage > 0) this.#iouSum[k] = this.#iouSum[k]! + found / (inImage + wrong);
    }
    this.#positives += inImage;
    this.#negatives += wrong + good[0]!;
  }

  counts(): SweepCounts {
    const images = this.#imagesWithDefect;
    return {
      min: this.#min,
      max: this.#max,
      positives: this.#positives,
      negatives: this.#negatives,
      truePositives: this.#passed.defects,
      falsePositives: this.#passed.good,
      perImageIou: images === 0 ? null : this.#iouSum.map((sum) => sum / images),
    };
  }
}

const thresholdsOf = (min: number, max: number): Float64Array =>
  Float64Array.from({ length: sweepSteps }, (_, k) => (k === sweepSteps - 1 ? max : min + ((max - min) * k) / (sweepSteps - 1)));

/**
 * Pixels by the number of ascending thresholds that they pass: a near guess from the even spacing, then exact comparison.
 * No closure in here: it would be made anew for every pixel.
 */
function countByPassed(
  { map, mask }: ScoredMap,
  thresholds: Float64Array,
  strict: boolean,
): { readonly good: Float64Array; readonly defects: Float64Array } {
  const [good, defects] = [new Float64Array(sweepSteps + 1), new Float64Array(sweepSteps + 1)];
  const scores = map.data;
  const labels = mask.data;
  const min = thresholds[0]!;
  const perUnit = (sweepSteps - 1) / (thresholds[sweepSteps - 1]! - min || 1);
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    let count = Math.min(Math.floor((score - min) * perUnit) + 1, sweepSteps);
    while (count > 0 && (strict ? score <= thresholds[count - 1]! : score < thresholds[count - 1]!)) count--;
    while (count < sweepSteps && (strict ? score > thresholds[count]! : score >= thresholds[count]!)) count++;
    if (labels[i]) defects[count] = defects[count]! + 1;
    else good[count] = good[count]! + 1;
  }
  return { good, defects };
}

export interface Sweep {
  readonly min: number;
  readonly max: number;
  /** Mean of the pooled IoUs at the 256 thresholds; 0 where nothing is predicted. Null without a defective pixel. */
  readonly meanIou: number | null;
}

/** The mean of the pooled IoUs of a sweep. */
export function meanIouOf({ min, max, positives, truePositives, falsePositives }: SweepCounts): Sweep {
  if (positives === 0) return { min, max, meanIou: null };
  let total = 0;
  for (let k = 0; k < sweepSteps; k++) total += truePositives[k]! / (positives + falsePositives[k]!);
  return { min, max, meanIou: total / sweepSteps };
}

/** The same of images at hand. */
export function sweepIou(images: readonly ScoredMap[], rule: ThresholdRule = 'atLeast'): Sweep {
  const sweep = new ThresholdSweep(rule);
  for (const image of images) sweep.collect(image);
  for (const image of images) sweep.count(image);
  return meanIouOf(sweep.counts());
}
