import type { FloatMap, Mask } from '@plumbline/ml/geometry';

/** Pixels of one image against its ground truth at a threshold; all counts in pixels of the map. */
export interface Confusion {
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  readonly trueNegative: number;
}

/** A pixel counts as defective where its value is at least the threshold (scikit-learn's convention, as in the metrics). */
export function maskAt(map: FloatMap, threshold: number): Mask {
  const data = new Uint8Array(map.data.length);
  for (let i = 0; i < data.length; i++) data[i] = map.data[i]! >= threshold ? 1 : 0;
  return { width: map.width, height: map.height, data };
}

/**
 * Counts pixels without building a mask.
 * @param truth null = a good image, every pixel is good
 * @throws when map and truth are of different sizes
 */
export function confusionAt(map: FloatMap, truth: Mask | null, threshold: number): Confusion {
  if (truth && (truth.width !== map.width || truth.height !== map.height))
    throw new Error(
      `The mask is ${truth.width}×${truth.height} but the residual map ${map.width}×${map.height}: bring them to one size first.`,
    );
  const counts = [0, 0, 0, 0];
  const { data } = map;
  for (let i = 0; i < data.length; i++) counts[(data[i]! >= threshold ? 1 : 0) + (truth && truth.data[i]! > 0 ? 2 : 0)]!++;
  return { trueNegative: counts[0]!, falsePositive: counts[1]!, falseNegative: counts[2]!, truePositive: counts[3]! };
}

/** Intersection over union of found and true pixels; null where neither exists (undefined, not 0 or 1). */
export function iou({ truePositive, falsePositive, falseNegative }: Confusion): number | null {
  const union = truePositive + falsePositive + falseNegative;
  return union === 0 ? null : truePositive / union;
}

/** What an image's score at the image threshold amounts to, against its label. */
export type Outcome = 'tp' | 'fp' | 'fn' | 'tn';
export const outcomes: readonly Outcome[] = ['tp', 'fn', 'fp', 'tn'];

export function outcomeOf(score: number, threshold: number, defective: boolean): Outcome {
  if (score >= threshold) return defective ? 'tp' : 'fp';
  return defective ? 'fn' : 'tn';
}
