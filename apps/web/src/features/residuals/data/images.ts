import type { EvaluationImagesQuery } from '#web/graphql/generated/graphql.ts';
import { outcomeOf, type Outcome } from '../pixels/confusion.ts';
import type { Measure, ViewState } from '../view/view-state.ts';

type Node = NonNullable<EvaluationImagesQuery['evaluation']>['reconstructions']['edges'][number]['node'];

/** Statistics of one image's map at the original image's size, as the evaluation computed them. */
export interface MapStatistics {
  readonly score: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
  readonly p99: number;
  readonly tiffUrl: string;
}

/** One evaluated image as it was measured: a Reconstruction, the size of its Image and the statistics of its ResidualMaps. */
export interface EvaluatedImage {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly defective: boolean;
  /** Original size in pixels. */
  readonly width: number;
  readonly height: number;
  readonly networkWidth: number;
  readonly networkHeight: number;
  readonly inputUrl: string;
  readonly reconstructionUrl: string;
  /** Ground truth; null for a good image and for a defect that nobody outlined. */
  readonly maskUrl: string | null;
  readonly statistics: Readonly<Record<Measure, MapStatistics | null>>;
}

export function toEvaluatedImage(node: Node): EvaluatedImage {
  const statistics: Record<Measure, MapStatistics | null> = { ssim: null, mse: null };
  for (const { measure, score, minimum, maximum, mean, p99, tiffUrl } of node.residualMaps)
    statistics[measure] = { score, minimum, maximum, mean, p99, tiffUrl };
  const { id, name, label, networkWidth, networkHeight, inputUrl, reconstructionUrl, image } = node;
  return {
    id,
    name,
    label,
    defective: label !== 'good',
    width: image.width,
    height: image.height,
    networkWidth,
    networkHeight,
    inputUrl,
    reconstructionUrl,
    maskUrl: node.maskUrl ?? null,
    statistics,
  };
}

/** What the image threshold says about an image; null while either is unknown. */
export function outcomeFor(image: EvaluatedImage, measure: Measure, threshold: number | null): Outcome | null {
  const score = image.statistics[measure]?.score;
  return score === undefined || threshold === null ? null : outcomeOf(score, threshold, image.defective);
}

const byText = new Intl.Collator('en', { numeric: true });

/** The images that the view's filters keep, in the view's order. Images without a score come last. */
export function arrange(
  images: readonly EvaluatedImage[],
  view: Pick<ViewState, 'measure' | 'labels' | 'outcomes' | 'sort'>,
  imageThreshold: number | null,
): EvaluatedImage[] {
  const labels = new Set(view.labels);
  const wanted = new Set(view.outcomes);
  const score = (image: EvaluatedImage): number | null => image.statistics[view.measure]?.score ?? null;
  const kept = images.filter((image) => {
    if (labels.size > 0 && !labels.has(image.label)) return false;
    if (wanted.size === 0) return true;
    const outcome = outcomeFor(image, view.measure, imageThreshold);
    return outcome !== null && wanted.has(outcome);
  });
  const named = (a: EvaluatedImage, b: EvaluatedImage): number => byText.compare(a.label, b.label) || byText.compare(a.name, b.name);
  return kept.sort((a, b) => {
    const [sa, sb] = [score(a), score(b)];
    if (view.sort === 'name') return named(a, b);
    if (sa === null || sb === null) return (sa === null ? 1 : 0) - (sb === null ? 1 : 0) || named(a, b);
    return (view.sort === 'highest' ? sb - sa : sa - sb) || named(a, b);
  });
}

/** How many images each outcome has. */
export function countOutcomes(images: readonly EvaluatedImage[], measure: Measure, threshold: number | null): Record<Outcome, number> {
  const counts: Record<Outcome, number> = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (const image of images) {
    const outcome = outcomeFor(image, measure, threshold);
    if (outcome) counts[outcome]++;
  }
  return counts;
}

/** Labels with their counts, good first, then by name. */
export function countLabels(images: readonly EvaluatedImage[]): { label: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { label } of images) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts]
    .map(([label, count]) => ({ label, count }))
    .sort((a, b) => Number(b.label === 'good') - Number(a.label === 'good') || byText.compare(a.label, b.label));
}

export const outcomeWords: Readonly<Record<Outcome, { letters: string; word: string; meaning: string }>> = {
  tp: { letters: 'TP', word: 'caught', meaning: 'defective, score at or above the threshold' },
  fn: { letters: 'FN', word: 'missed', meaning: 'defective, score below the threshold' },
  fp: { letters: 'FP', word: 'false alarm', meaning: 'good, score at or above the threshold' },
  tn: { letters: 'TN', word: 'passed', meaning: 'good, score below the threshold' },
};
