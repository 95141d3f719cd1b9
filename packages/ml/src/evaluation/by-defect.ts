import {
  aupro,
  averagePrecision,
  ExactRanking,
  PixelHistogram,
  pointsOfImages,
  rocAuc,
  type Maybe,
  type MetricsMode,
  type PixelRanking,
  type ScoredMap,
} from '../metrics/index.ts';
import type { Threshold } from './result.ts';

/** How well one defect type is told from the good images; the other types play no part. */
export interface DefectMetrics {
  /** Over the pixels of the good images and of those with an outline; null where either kind of pixel is missing. */
  readonly pixel: { readonly rocAuc: Maybe; readonly averagePrecision: Maybe; readonly aupro30: Maybe; readonly prevalence: Maybe };
  readonly image: {
    /** Against the good images; null without any. */
    readonly rocAuc: Maybe;
    /** Without good images 1, as the prevalence. */
    readonly averagePrecision: Maybe;
    /** Share of its images among them and the good ones, 0–1. */
    readonly prevalence: number;
    /** Share of its images whose score is at or above the image threshold, 0–1; null without a threshold. */
    readonly detectionRate: Maybe;
  };
}

/** An image's map with its mask and what is wrong with it. */
export interface LabelledMap extends ScoredMap {
  readonly label: string;
}

const isGood = (label: string): boolean => label === 'good';

/** Per type a histogram is coarser than the one over all, so that eight types take no more than 50 MB. */
const histogramBits = 18;

/**
 * Pixel metrics of each defect type, from images shown one at a time: all to `collect`, then all to `count`. A good image counts against every type.
 */
export class DefectRanking {
  readonly #rankings: ReadonlyMap<string, PixelRanking>;

  constructor(labels: Iterable<string>, mode: MetricsMode) {
    const types = [...new Set(labels)].filter((label) => !isGood(label));
    this.#rankings = new Map(types.map((label) => [label, mode === 'exact' ? new ExactRanking() : new PixelHistogram(histogramBits)]));
  }

  collect(image: LabelledMap): void {
    this.#rankings.get(image.label)?.collect(image);
  }

  count(image: LabelledMap): void {
    for (const [label, ranking] of this.#rankings) if (label === image.label || isGood(image.label)) ranking.count(image);
  }

  finish(): ReadonlyMap<string, DefectMetrics['pixel']> {
    return new Map([...this.#rankings].map(([label, ranking]) => [label, pixelMetricsOf(ranking)]));
  }
}

function pixelMetricsOf(ranking: PixelRanking): DefectMetrics['pixel'] {
  const points = ranking.points();
  const pixels = points.positives + points.negatives;
  return {
    rocAuc: rocAuc(points),
    averagePrecision: averagePrecision(points),
    aupro30: aupro(points, 0.3),
    prevalence: pixels === 0 ? null : points.positives / pixels,
  };
}

/** Image metrics of one defect type. */
export function defectImageMetrics(
  label: string,
  images: readonly { readonly label: string; readonly score: number }[],
  threshold: Threshold['image'] | null,
): DefectMetrics['image'] {
  const among = images.filter((image) => image.label === label || isGood(image.label));
  const defective = among.map((image) => image.label === label);
  const points = pointsOfImages(
    among.map((image) => image.score),
    defective,
  );
  const detected = threshold === null ? null : among.filter((image, i) => defective[i] && image.score >= threshold).length;
  return {
    rocAuc: rocAuc(points),
    averagePrecision: averagePrecision(points),
    prevalence: points.positives / among.length,
    detectionRate: detected === null ? null : detected / points.positives,
  };
}
