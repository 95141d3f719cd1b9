import { outcomeOf, type Outcome } from '../pixels/confusion.ts';
import type { Measure, Split } from '../view/view-state.ts';

/** Statistics of one image's map at the original image's size, as the evaluation computed them. */
export interface MapStatistics {
  readonly score: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
  readonly p99: number;
  readonly tiffUrl: string;
}

/** What a dataset version says of an image. */
export interface Truth {
  readonly label: string;
  readonly defective: boolean;
  /** Ground truth; null for a good image and for a defect that nobody outlined. */
  readonly maskUrl: string | null;
}

/** What one evaluation stored of an image. The orientations of its patches are asked for when it is opened (`useOrientations`). */
export interface VariantImage {
  readonly reconstructionId: string;
  readonly networkWidth: number;
  readonly networkHeight: number;
  readonly inputUrl: string;
  readonly reconstructionUrl: string;
  readonly statistics: Readonly<Record<Measure, MapStatistics | null>>;
  /** What the evaluation's own dataset version says, where that is not what is said of the image. */
  readonly otherTruth?: Truth;
}

/** One Image under 1…8 evaluations; `variants[place]` is of the evaluation at that place of the view's list, null where it did not measure the image. */
export interface EvaluatedImage extends Truth {
  /** Of the Image. */
  readonly id: string;
  /** Name, label, split and mask as the first of the evaluations that measured it froze them; see `truthAt`. */
  readonly name: string;
  readonly split: Split;
  /** Original size in pixels. */
  readonly width: number;
  readonly height: number;
  readonly variants: readonly (VariantImage | null)[];
}

/** An image together with what one evaluation stored of it. */
export type MeasuredImage = EvaluatedImage & VariantImage;

const measured = new WeakMap<VariantImage, MeasuredImage>();

/** The image under one evaluation, the same object each time; null where that one did not measure it. */
export function measuredAt(image: EvaluatedImage, place: number): MeasuredImage | null {
  const variant = image.variants[place] ?? null;
  if (!variant) return null;
  const known = measured.get(variant) ?? { ...image, ...variant, ...variant.otherTruth };
  measured.set(variant, known);
  return known;
}

/** What one evaluation is judged against: label and mask as its own dataset version froze them. */
export const truthAt = (image: EvaluatedImage, place: number): Truth => image.variants[place]?.otherTruth ?? image;

/** How many images have another label or mask in the dataset version of one of the evaluations. */
export const countOtherTruths = (images: readonly EvaluatedImage[]): number =>
  images.reduce((sum, { variants }) => sum + Number(variants.some((variant) => variant?.otherTruth)), 0);

export const scoreOf = (image: EvaluatedImage, place: number, measure: Measure): number | null =>
  image.variants[place]?.statistics[measure]?.score ?? null;

/** What the image threshold of one evaluation says about an image; null while either is unknown. */
export function outcomeFor(image: EvaluatedImage, place: number, measure: Measure, threshold: number | null): Outcome | null {
  const score = scoreOf(image, place, measure);
  return score === null || threshold === null ? null : outcomeOf(score, threshold, truthAt(image, place).defective);
}

/** The image that an address names by its own id, or by the id of one of its reconstructions. */
export function findImage(images: readonly EvaluatedImage[], id: string): EvaluatedImage | undefined {
  if (id.startsWith('rec_')) return images.find(({ variants }) => variants.some((variant) => variant?.reconstructionId === id));
  return images.find((image) => image.id === id);
}

/** Orders names as people do: 2 before 10. */
export const byText = new Intl.Collator('en', { numeric: true });

/** How many images each outcome has under the evaluation at a place. */
export function countOutcomes(
  images: readonly EvaluatedImage[],
  place: number,
  measure: Measure,
  threshold: number | null,
): Record<Outcome, number> {
  const counts: Record<Outcome, number> = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (const image of images) {
    const outcome = outcomeFor(image, place, measure, threshold);
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

/** Splits that there are images of, with their counts. */
export function countSplits(images: readonly EvaluatedImage[]): Record<Split, number> {
  const counts: Record<Split, number> = { train: 0, validation: 0, test: 0 };
  for (const { split } of images) counts[split]++;
  return counts;
}

export const outcomeWords: Readonly<Record<Outcome, { letters: string; word: string; meaning: string }>> = {
  tp: { letters: 'TP', word: 'caught', meaning: 'defective, score at or above the threshold' },
  fn: { letters: 'FN', word: 'missed', meaning: 'defective, score below the threshold' },
  fp: { letters: 'FP', word: 'false alarm', meaning: 'good, score at or above the threshold' },
  tn: { letters: 'TN', word: 'passed', meaning: 'good, score below the threshold' },
};
