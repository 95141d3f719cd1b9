import type { Recipe } from '../recipes/index.ts';
import { RunError } from '../run/index.ts';

/**
 * Ends a training whose numbers have left the range of floats: it cannot come back, and nothing of it may become a checkpoint.
 * @param values a loss or all weights; @param steps taken so far
 * @throws RunError naming the step and the remedy where one is not finite
 */
export function refuseDivergence(values: Iterable<number>, steps: number, { learningRate }: Recipe['training']): void {
  for (const value of values)
    if (!Number.isFinite(value))
      throw new RunError(
        `The training diverged at step ${steps}; lower training.learningRate (now ${learningRate}) or raise training.warmup or training.batch.`,
      );
}
