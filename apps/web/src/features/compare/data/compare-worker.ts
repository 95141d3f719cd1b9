import { comparedOfStored, comparisonsOf, ComparisonError, type StoredEvaluation } from '@plumbline/ml/experiment';
import type { CompareAnswer, CompareReply, CompareRequest } from './compare-tasks.ts';

/** The part of the worker's global scope used here (the DOM library types the page's scope only). */
interface WorkerScope {
  onmessage: ((event: MessageEvent<CompareRequest>) => void) | null;
  postMessage(message: CompareReply): void;
}
const scope = self as unknown as WorkerScope;

let evaluations: readonly StoredEvaluation[] = [];
let compare: ReturnType<typeof comparisonsOf> | null = null;

/** The bootstrap over ten thousand images takes seconds, which the page must not stand still for. */
scope.onmessage = ({ data }) => {
  if ('evaluations' in data) {
    evaluations = data.evaluations;
    return;
  }
  const { options } = data;
  let answer: CompareAnswer;
  try {
    compare ??= comparisonsOf(evaluations.map(comparedOfStored));
    answer = { comparison: compare(options) };
  } catch (error) {
    if (!(error instanceof ComparisonError)) throw error;
    answer = { refused: error.message };
  }
  scope.postMessage({ options, answer });
};
