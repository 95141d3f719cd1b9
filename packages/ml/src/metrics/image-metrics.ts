import type { FloatMap } from '../geometry/index.ts';
import { BadScoresError } from './float-keys.ts';
import { pointsOfScores, type OperatingPoints } from './operating-points.ts';
import { meanOfHighest } from './quantile.ts';
import { averagePrecision, bestF1, rocAuc, type Maybe } from './ranking.ts';

/** How a map becomes its image's score: `top1pc` is the mean of the highest floor(n/100) pixels, at least one. */
export type ImageScore = 'max' | 'top1pc' | 'mean';

/**
 * An image's score from its residual map.
 * @throws BadScoresError for an empty map or a pixel that is not finite
 */
export function imageScore(map: FloatMap, kind: ImageScore): number {
  const { data } = map;
  if (data.length === 0) throw new BadScoresError('an empty map has no score');
  if (kind === 'top1pc') return meanOfHighest(data, Math.max(1, Math.floor(data.length / 100)));
  let sum = 0;
  let max = -Infinity;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (value > max) max = value;
    sum += value;
  }
  // A NaN or an infinity anywhere makes the sum one too.
  if (!Number.isFinite(sum))
    throw new BadScoresError('a residual is not a finite number; the map that holds it is damaged and must be computed again');
  return kind === 'max' ? max : sum / data.length;
}

export interface ImageMetrics {
  readonly rocAuc: Maybe;
  readonly averagePrecision: Maybe;
  readonly f1Max: Maybe;
  readonly f1MaxThreshold: Maybe;
  /** Share of defective images. */
  readonly prevalence: number;
  readonly images: number;
  /** Why a value is null, by its name. */
  readonly undefinedBecause: Readonly<Record<string, string>>;
}

/** Operating points of image scores. @throws BadScoresError for no scores, scores that are not finite, or labels of another number */
export function pointsOfImages(scores: readonly number[], defective: readonly boolean[]): OperatingPoints {
  if (scores.length === 0) throw new BadScoresError('there are no image scores to measure');
  if (scores.length !== defective.length)
    throw new BadScoresError(`${scores.length} image scores have ${defective.length} labels; there must be one a score`);
  if (!scores.every(Number.isFinite)) throw new BadScoresError('an image score is not a finite number; its map must be computed again');
  return pointsOfScores(scores, defective);
}

/** Image-level metrics: does the score tell defective images from good ones? Undefined values are null, with the reason. */
export function imageMetrics(scores: readonly number[], defective: readonly boolean[]): ImageMetrics {
  const points = pointsOfImages(scores, defective);
  const f1 = bestF1(points);
  const values = {
    rocAuc: rocAuc(points),
    averagePrecision: averagePrecision(points),
    f1Max: f1?.value ?? null,
    f1MaxThreshold: f1?.threshold ?? null,
  };
  const reason = points.positives === 0 ? 'no test image has a defect' : 'every test image has a defect';
  const missing = Object.entries(values).filter(([, value]) => value === null);
  return {
    ...values,
    prevalence: points.positives / scores.length,
    images: scores.length,
    undefinedBecause: Object.fromEntries(missing.map(([name]) => [name, reason])),
  };
}
