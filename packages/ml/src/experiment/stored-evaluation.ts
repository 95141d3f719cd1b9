import { parseEvaluation, type ComparedEvaluation } from './document.ts';

/** An evaluation as a server keeps it. */
export interface StoredEvaluation {
  /** How messages name it. */
  readonly name: string;
  /** metrics.json. */
  readonly metrics: unknown;
  /** The scored images in the order of scores.csv. */
  readonly images: readonly string[];
  readonly labels: readonly string[];
  /** A score for each of them; null where one is missing. */
  readonly scores: { readonly ssim: readonly (number | null)[]; readonly mse: readonly (number | null)[] };
}

/**
 * The same as a comparison reads it from the folder of `plumbline evaluate`, so that both give the same tables.
 * @throws ComparisonError for metrics that are not those of an evaluation
 */
export function comparedOfStored({ name, metrics, images, labels, scores }: StoredEvaluation): ComparedEvaluation {
  const ofMeasure = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);
  const complete = { ssim: ofMeasure(scores.ssim), mse: ofMeasure(scores.mse) };
  const whole = images.length > 0 && complete.ssim.length === images.length && complete.mse.length === images.length;
  return {
    name,
    metrics: parseEvaluation(metrics, name),
    scores: whole ? { images, defective: labels.map((label) => label !== 'good'), scores: complete } : null,
  };
}
