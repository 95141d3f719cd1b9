import type { Recipe } from '../recipes/index.ts';

/**
 * Learning rate of a step. Rises linearly over the first `warmup` steps; `cosine` then falls to a hundredth by the last step.
 * @param step from 0
 * @param steps of the whole run
 */
export function learningRate(
  training: Pick<Recipe['training'], 'learningRate' | 'schedule' | 'warmup'>,
  step: number,
  steps: number,
): number {
  const warm = training.warmup > 0 ? Math.min(1, (step + 1) / training.warmup) : 1;
  if (training.schedule === 'constant') return training.learningRate * warm;
  const cosine = 0.5 + 0.5 * Math.cos((Math.PI * step) / steps);
  return training.learningRate * warm * (0.01 + 0.99 * cosine);
}
