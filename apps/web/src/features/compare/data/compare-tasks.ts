import type { CompareOptions, Comparison, StoredEvaluation } from '@plumbline/ml/experiment';
import { memberTitle, type ComparedSet } from './set.ts';

/** The first message to the worker is the set, every other one says how it is to be compared. */
export type CompareRequest = { readonly evaluations: readonly StoredEvaluation[] } | { readonly options: CompareOptions };

/** What was asked, with what came of it. */
export interface CompareReply {
  readonly options: CompareOptions;
  readonly answer: CompareAnswer;
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
