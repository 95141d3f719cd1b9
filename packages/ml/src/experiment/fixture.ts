import type { ComparedEvaluation, EvaluationDocument } from './document.ts';

/** What an evaluation in a test is made from: every metric moves with `level`, MSE against it. */
export interface Told {
  readonly class?: string;
  readonly recipe: string;
  readonly seed: number;
  readonly level: number;
}

/** metrics.json as plumbline evaluate would write it, for tests. */
export function told({ class: name = 'brick', recipe, seed, level }: Told, changes: Partial<EvaluationDocument> = {}): EvaluationDocument {
  const pixel = (base: number) => ({
    rocAuc: base + level,
    averagePrecision: base / 2 + level,
    iouBestOracle: base / 3 + level,
    iouAtValidationThreshold: base / 4 + level,
    iouMeanOverThresholds: base / 5 + level,
    iouPerImageMean: base / 6 + level,
    aupro30: base / 2 + level,
    prevalence: 0.0125,
  });
  const image = { rocAuc: 0.7 + level, averagePrecision: 0.8 + level, prevalence: 0.6 };
  return {
    class: name,
    recipe,
    recipeHash: `hash of ${recipe}`,
    seed,
    regime: null,
    geometry: 'image',
    imageScore: 'top1pc',
    split: 'test',
    dataHash: null,
    checkpoint: { which: 'best' },
    images: { good: 20, defective: 30 },
    measures: { ssim: { pixel: pixel(0.6), image }, mse: { pixel: pixel(0.5), image } },
    patches: null,
    reconstruction: { mse: 100 - 100 * level, ssim: 0.7 + level },
    ...changes,
  };
}

/** An evaluation named by class, recipe and seed. */
export function evaluation(what: Told, changes: Partial<EvaluationDocument> = {}): ComparedEvaluation {
  const metrics = told(what, changes);
  return { name: `${metrics.class}/${metrics.recipe}/${metrics.seed}`, metrics };
}
