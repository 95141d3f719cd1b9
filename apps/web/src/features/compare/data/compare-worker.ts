import { comparedOfStored, compareEvaluations, ComparisonError } from '@plumbline/ml/experiment';
import type { CompareAnswer, CompareRequest } from './compare-tasks.ts';

/** The part of the worker's global scope used here (the DOM library types the page's scope only). */
interface WorkerScope {
  onmessage: ((event: MessageEvent<CompareRequest>) => void) | null;
  postMessage(message: CompareAnswer): void;
}
const scope = self as unknown as WorkerScope;

/** The bootstrap over ten thousand images takes seconds, which the page must not stand still for. */
scope.onmessage = ({ data: { evaluations, options } }) => {
  try {
    scope.postMessage({ comparison: compareEvaluations(evaluations.map(comparedOfStored), options) });
  } catch (error) {
    if (!(error instanceof ComparisonError)) throw error;
    scope.postMessage({ refused: error.message });
  }
};
