import type { CompareOptions, Comparison, StoredEvaluation } from '@plumbline/ml/experiment';
import { memberTitle, type ComparedSet } from './set.ts';

export interface CompareRequest {
  readonly evaluations: readonly StoredEvaluation[];
  readonly options: CompareOptions;
}

export type CompareAnswer = { readonly comparison: Comparison } | { readonly refused: string };

/** What the tables are made from, as the command line reads it from folders. */
export function storedEvaluations(set: ComparedSet): StoredEvaluation[] {
  return set.evaluations.map(({ datasetName, variantName, seed, metrics, images, scores }) => ({
    name: memberTitle({ className: datasetName, variantName, seed }),
    metrics,
    images: set.images[images]?.names ?? [],
    labels: set.images[images]?.labels ?? [],
    scores: scores as StoredEvaluation['scores'],
  }));
}
