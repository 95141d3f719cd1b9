import type { FloatMap, Mask } from '../geometry/index.ts';
import { BadScoresError } from './float-keys.ts';
import type { OperatingPoints } from './operating-points.ts';
import { pointsOfPixels, type ScoredMap } from './pixel-points.ts';
import { aupro, averagePrecision, bestF1, bestIou, prcTrapezoid, rocAuc, type Maybe } from './ranking.ts';
import { iouAt, sweepIou, type ThresholdRule } from './thresholded.ts';

export interface PixelMetricsInput {
  readonly maps: readonly FloatMap[];
  /** One a map, of its size; null = a defect nobody outlined: such an image counts at image level only. */
  readonly masks: readonly (Mask | null)[];
  /** Fitted on good validation images; null where there are none. */
  readonly validationThreshold: number | null;
  /** Applies to the values at given thresholds; the oracles have no use for it. Default `atLeast`. */
  readonly rule?: ThresholdRule;
}

export interface PixelValues {
  readonly rocAuc: Maybe;
  readonly averagePrecision: Maybe;
  readonly prcTrapezoid: Maybe;
  readonly f1Max: Maybe;
  readonly f1MaxThreshold: Maybe;
  readonly iouBestOracle: Maybe;
  readonly iouAtValidationThreshold: Maybe;
  readonly iouMeanOverThresholds: Maybe;
  /** Mean IoU, at the validation threshold, of the images that have a defect. */
  readonly iouPerImageMean: Maybe;
  readonly aupro30: Maybe;
}

export interface PixelMetrics extends PixelValues {
  /** Share of defective pixels. */
  readonly prevalence: Maybe;
  readonly pixels: number;
  /** Why a value is null, by its name. */
  readonly undefinedBecause: Readonly<Record<string, string>>;
}

/** The maps that have a mask, paired. @throws BadScoresError where nothing is given or the numbers differ */
export function scoredMaps(maps: readonly FloatMap[], masks: readonly (Mask | null)[]): ScoredMap[] {
  if (maps.length !== masks.length)
    throw new BadScoresError(`${maps.length} maps have ${masks.length} masks; there must be one a map, null where nobody drew it`);
  if (!maps.some((map) => map.data.length > 0))
    throw new BadScoresError('there are no scores to measure; at least one map with pixels is needed');
  return maps.flatMap((map, i) => {
    const mask = masks[i];
    return mask ? [{ map, mask }] : [];
  });
}

function reasons(points: OperatingPoints, values: PixelValues, threshold: number | null): Record<string, string> {
  const kind =
    points.positives + points.negatives === 0
      ? 'no test image is good or has an outlined defect'
      : points.positives === 0
        ? 'no pixel is marked as defective'
        : 'every pixel is marked as defective';
  const atThreshold = ['iouAtValidationThreshold', 'iouPerImageMean'];
  const entries = Object.entries(values).filter(([, value]) => value === null);
  return Object.fromEntries(
    entries.map(([name]) => [
      name,
      threshold === null && atThreshold.includes(name) ? 'there are no good validation images to fit a threshold on' : kind,
    ]),
  );
}

/**
 * All pixel metrics over the pooled pixels of all images, exact (nothing is binned). Values that are not defined are null, with the reason.
 * @throws BadScoresError for scores that are not finite, masks of another size, and no scores at all
 */
export function pixelMetrics(input: PixelMetricsInput): PixelMetrics {
  const images = scoredMaps(input.maps, input.masks);
  return pixelMetricsOf(images, pointsOfPixels(images), input.validationThreshold, input.rule);
}

/** The same from operating points at hand (which the curves need too). */
export function pixelMetricsOf(
  images: readonly ScoredMap[],
  points: OperatingPoints,
  validationThreshold: number | null,
  rule: ThresholdRule = 'atLeast',
): PixelMetrics {
  const atThreshold = validationThreshold === null ? null : iouAt(images, validationThreshold, rule);
  const f1 = bestF1(points);
  const values: PixelValues = {
    rocAuc: rocAuc(points),
    averagePrecision: averagePrecision(points),
    prcTrapezoid: prcTrapezoid(points),
    f1Max: f1?.value ?? null,
    f1MaxThreshold: f1?.threshold ?? null,
    iouBestOracle: bestIou(points)?.value ?? null,
    iouAtValidationThreshold: atThreshold?.pooled ?? null,
    iouMeanOverThresholds: images.length === 0 ? null : sweepIou(images, rule).meanIou,
    iouPerImageMean: atThreshold?.perImageMean ?? null,
    aupro30: aupro(points, 0.3),
  };
  const pixels = points.positives + points.negatives;
  return {
    ...values,
    prevalence: pixels === 0 ? null : points.positives / pixels,
    pixels,
    undefinedBecause: reasons(points, values, validationThreshold),
  };
}
