import type { Measure } from '../residuals/index.ts';
import { Random } from '../random/index.ts';
import { bootstrapInterval, type Interval } from '../statistics/index.ts';
import type { Column, Placed } from './columns.ts';
import type { DifferenceOptions } from './differences.ts';
import { ComparisonError } from './errors.ts';

/** How a variant's image ROC-AUC departs from the reference's: mean over the paired seeds, with an interval over images. */
export interface ImageRocDifference {
  readonly class: string;
  readonly measure: Measure;
  readonly column: string;
  readonly reference: string;
  /** Seeds whose image scores both have. */
  readonly seeds: readonly number[];
  readonly images: { readonly good: number; readonly defective: number };
  readonly mean: number;
  /** Good and defective images are drawn anew, each kind by itself, the same ones for both variants and all seeds. */
  readonly interval: Interval;
}

/**
 * Image ROC-AUC of a sample of images that is drawn again and again: the scores are sorted once, a draw is how often each image was drawn.
 * Ties count a half, as in `metrics`.
 */
export class DrawnRocAuc {
  readonly #order: Int32Array;
  readonly #scores: readonly number[];
  readonly #defective: readonly boolean[];

  constructor(scores: readonly number[], defective: readonly boolean[]) {
    this.#order = Int32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
    this.#scores = scores;
    this.#defective = defective;
  }

  /** @param times how often each image was drawn. NaN without both kinds. */
  of(times: ArrayLike<number>): number {
    let [below, positives, won] = [0, 0, 0];
    for (let from = 0; from < this.#order.length;) {
      const score = this.#scores[this.#order[from]!]!;
      let [good, defective] = [0, 0];
      for (; from < this.#order.length && this.#scores[this.#order[from]!] === score; from++) {
        const image = this.#order[from]!;
        if (this.#defective[image]) defective += times[image]!;
        else good += times[image]!;
      }
      won += defective * (below + good / 2);
      below += good;
      positives += defective;
    }
    return won / positives / below;
  }
}

/**
 * Differences of the image ROC-AUC against the reference, for every class, measure and column where scores of paired seeds are at hand
 * and both kinds of images are among them.
 * @throws ComparisonError where two evaluations of a class scored different images
 */
export function imageRocDifferences(evaluations: readonly Placed[], options: DifferenceOptions): ImageRocDifference[] {
  const classes = [...new Set(evaluations.map(({ metrics }) => metrics.class))];
  return classes.flatMap((className) => {
    const scored = evaluations.filter(({ metrics, scores }) => metrics.class === className && scores);
    return (['ssim', 'mse'] as const).flatMap((measure) =>
      options.columns.flatMap((column, i) => (i === options.reference ? [] : (differenceOf(scored, measure, column, options) ?? []))),
    );
  });
}

function differenceOf(
  scored: readonly Placed[],
  measure: Measure,
  { name }: Column,
  options: DifferenceOptions,
): ImageRocDifference | null {
  const reference = options.columns[options.reference]!.name;
  const pairs = scored
    .filter(({ column }) => column === name)
    .flatMap((evaluation) => {
      const other = scored.find(({ column, metrics }) => column === reference && metrics.seed === evaluation.metrics.seed);
      return other ? [{ evaluation, other }] : [];
    })
    .sort((a, b) => a.evaluation.metrics.seed - b.evaluation.metrics.seed);
  const [first] = pairs;
  if (!first) return null;
  const { images, defective } = first.evaluation.scores!;
  const kinds = [false, true].map((kind) => Int32Array.from(images.keys()).filter((image) => defective[image] === kind));
  const [good, bad] = kinds as [Int32Array, Int32Array];
  if (good.length === 0 || bad.length === 0) return null;
  const areas = pairs.map(({ evaluation, other }) =>
    [evaluation, other].map((each) => new DrawnRocAuc(inOrder(each, first.evaluation, measure), defective)),
  );
  const meanDifference = (times: ArrayLike<number>): number =>
    areas.reduce((sum, [a, b]) => sum + a!.of(times) - b!.of(times), 0) / areas.length;
  const times = new Int32Array(images.length);
  const random = Random.of('bootstrap over images', first.evaluation.metrics.class, measure, name, reference);
  const interval = bootstrapInterval(
    [good.length, bad.length],
    (drawn) => {
      times.fill(0);
      drawn.forEach((indices, kind) => {
        for (let i = 0; i < indices.length; i++) times[kinds[kind]![indices[i]!]!]!++;
      });
      return meanDifference(times);
    },
    { random, resamples: options.resamples },
  );
  return {
    class: first.evaluation.metrics.class,
    measure,
    column: name,
    reference,
    seeds: pairs.map(({ evaluation }) => evaluation.metrics.seed),
    images: { good: good.length, defective: bad.length },
    mean: meanDifference(new Int32Array(images.length).fill(1)),
    interval,
  };
}

/** An evaluation's scores in the order of another's images. */
function inOrder(evaluation: Placed, model: Placed, measure: Measure): number[] {
  const scores = evaluation.scores!;
  const wanted = model.scores!;
  const at = new Map(scores.images.map((image, i) => [image, i]));
  const agrees = (image: string, i: number): boolean => {
    const found = at.get(image);
    return found !== undefined && scores.defective[found] === wanted.defective[i];
  };
  const missing = wanted.images.find((image, i) => !agrees(image, i));
  if (missing !== undefined || scores.images.length !== wanted.images.length)
    throw new ComparisonError(
      `${evaluation.name} and ${model.name} scored different images${missing === undefined ? '' : ` (${missing} is not in both, or not with one label)`}; evaluate both on the same data.`,
    );
  return wanted.images.map((image) => scores.scores[measure][at.get(image)!]!);
}
