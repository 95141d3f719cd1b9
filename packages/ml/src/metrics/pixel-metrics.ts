import type { FloatMap, Mask } from '../geometry/index.ts';
import { BadScoresError } from './float-keys.ts';
import { boundsOf, type HistogramBounds } from './histogram-bounds.ts';
import type { OperatingPoints } from './operating-points.ts';
import { paperMetrics, type PaperMetrics } from './paper-metrics.ts';
import { PixelHistogram } from './pixel-histogram.ts';
import { ExactRanking, requireFit, type ScoredMap } from './pixel-points.ts';
import { aupro, averagePrecision, bestF1, bestIou, prcTrapezoid, rocAuc, type Maybe } from './ranking.ts';
import { meanIouOf, ThresholdSweep } from './sweep.ts';
import { ThresholdCount, type ThresholdRule } from './thresholded.ts';

/** How pixels are ranked: `exact` sorts the scores of defects; `histogram` counts in fixed bins and states how far each value can be off. */
export type MetricsMode = 'exact' | 'histogram';

export interface PixelMetricsInput extends PixelScorerOptions {
  readonly maps: readonly FloatMap[];
  /** One a map, of its size; null = a defect nobody outlined: such an image counts at image level only. */
  readonly masks: readonly (Mask | null)[];
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
  /** In `histogram` mode: between which values the exact ones lie, up to rounding. */
  readonly bounds?: HistogramBounds;
  /** Why a value is null, by its name. */
  readonly undefinedBecause: Readonly<Record<string, string>>;
}

/** The maps that have a mask, paired. @throws BadScoresError where nothing is given or the numbers differ */
function scoredMaps(maps: readonly FloatMap[], masks: readonly (Mask | null)[]): ScoredMap[] {
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

export interface PixelScorerOptions {
  /** Fitted on good validation images; null where there are none. */
  readonly validationThreshold: number | null;
  /** Applies to the values at given thresholds; the oracles have no use for it. Default `atLeast`. */
  readonly rule?: ThresholdRule;
  /** Default `exact`. */
  readonly mode?: MetricsMode;
  /** Whether to measure by the paper's letter as well. Default false. */
  readonly paper?: boolean;
}

export interface PixelScore {
  readonly metrics: PixelMetrics;
  /** What the curves are drawn from. */
  readonly points: OperatingPoints;
  /** Null where it was not asked for. */
  readonly paper: PaperMetrics | null;
}

/**
 * Pixel metrics of images shown one at a time, so that their maps need not be in memory together: all of them to `collect`, then all of them again, in any
 * order, to `count`. `exact` keeps the scores of defective pixels alone (see bytesPerPositive); `histogram` a fixed amount, and says how far
 * each value can be from the exact one. IoU at a threshold and over the sweep is exact in both.
 */
export class PixelScorer {
  readonly #threshold: number | null;
  readonly #ranking: ExactRanking | PixelHistogram;
  readonly #sweep: ThresholdSweep;
  readonly #atThreshold: ThresholdCount | null;
  readonly #paper: { readonly sweep: ThresholdSweep; readonly atThreshold: ThresholdCount | null } | null;
  readonly #pixels = { collected: 0, counted: 0 };

  constructor({ validationThreshold, rule = 'atLeast', mode = 'exact', paper = false }: PixelScorerOptions) {
    this.#threshold = validationThreshold;
    this.#ranking = mode === 'exact' ? new ExactRanking() : new PixelHistogram();
    this.#sweep = new ThresholdSweep(rule);
    const at = (which: ThresholdRule) => (validationThreshold === null ? null : new ThresholdCount(validationThreshold, which));
    this.#atThreshold = at(rule);
    this.#paper = paper ? { sweep: new ThresholdSweep('above'), atThreshold: at('above') } : null;
  }

  /** @throws BadScoresError where the mask does not fit */
  collect(image: ScoredMap): void {
    requireFit(image);
    this.#pixels.collected += image.map.data.length;
    for (const part of [this.#ranking, this.#sweep, this.#paper?.sweep]) part?.collect(image);
  }

  /** @throws BadScoresError where a score is not finite or the mask does not fit */
  count(image: ScoredMap): void {
    requireFit(image);
    this.#pixels.counted += image.map.data.length;
    for (const part of [this.#ranking, this.#sweep, this.#atThreshold, this.#paper?.sweep, this.#paper?.atThreshold]) part?.count(image);
  }

  /** @throws Error where not the same images were shown twice */
  finish(): PixelScore {
    const { collected, counted } = this.#pixels;
    if (collected !== counted) throw new Error(`pixels were shown ${collected} times to collect and ${counted} times to count`);
    const points = this.#ranking.points();
    const atThreshold = this.#atThreshold?.iou();
    const f1 = bestF1(points);
    const values: PixelValues = {
      rocAuc: rocAuc(points),
      averagePrecision: averagePrecision(points),
      prcTrapezoid: prcTrapezoid(points),
      f1Max: f1?.value ?? null,
      f1MaxThreshold: f1?.threshold ?? null,
      iouBestOracle: bestIou(points)?.value ?? null,
      iouAtValidationThreshold: atThreshold?.pooled ?? null,
      iouMeanOverThresholds: meanIouOf(this.#sweep.counts()).meanIou,
      iouPerImageMean: atThreshold?.perImageMean ?? null,
      aupro30: aupro(points, 0.3),
    };
    const pixels = points.positives + points.negatives;
    const paper = this.#paper;
    return {
      metrics: {
        ...values,
        prevalence: pixels === 0 ? null : points.positives / pixels,
        pixels,
        ...(this.#ranking instanceof PixelHistogram ? { bounds: boundsOf(this.#ranking.bins()) } : {}),
        undefinedBecause: reasons(points, values, this.#threshold),
      },
      points,
      paper: paper && paperMetrics(paper.sweep.counts(), paper.atThreshold?.iou().perImageMean ?? null),
    };
  }
}

/**
 * All pixel metrics over the pooled pixels of all images, exact (nothing is binned) unless asked otherwise. Values that are not defined are null, with the
 * reason.
 * @throws BadScoresError for scores that are not finite, masks of another size, and no scores at all
 */
export function pixelMetrics(input: PixelMetricsInput): PixelMetrics {
  const images = scoredMaps(input.maps, input.masks);
  const scorer = new PixelScorer(input);
  for (const image of images) scorer.collect(image);
  for (const image of images) scorer.count(image);
  return scorer.finish().metrics;
}
