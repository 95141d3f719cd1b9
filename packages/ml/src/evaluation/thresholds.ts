import { setImmediate } from 'node:timers/promises';
import { decodeImages, type DatasetImage } from '../datasets/index.ts';
import { BadImageError, type FloatMap } from '../geometry/index.ts';
import { imageScore, quantile, quantileOfMaps } from '../metrics/index.ts';
import type { Recipe } from '../recipes/index.ts';
import { measures, type Measure } from '../residuals/index.ts';
import { throwIfAborted } from '../run/index.ts';
import type { Examined, Examiner } from './examiner.ts';
import type { EvaluationEvent, Threshold } from './result.ts';

/**
 * Thresholds from good validation images alone, never from test images: the recipe's quantile of their pixels (at network scale) and of their
 * image scores. An image that cannot be used is left out with a warning. Null where there is none to fit on.
 */
export async function fitThresholds(
  examiner: Examiner,
  recipe: Recipe,
  images: readonly DatasetImage[],
  origin: string,
  signal: AbortSignal | undefined,
  onEvent: (event: EvaluationEvent) => void,
): Promise<Record<Measure, Threshold | null>> {
  const { thresholdQuantile, imageScore: kind } = recipe.residual;
  const pixels: Record<Measure, FloatMap[]> = { ssim: [], mse: [] };
  const scores: Record<Measure, number[]> = { ssim: [], mse: [] };
  let done = 0;
  const onProblem = ({ error }: { error: Error }): void => onEvent({ kind: 'warning', code: 'unusable-image', message: error.message });
  for await (const { image, pixels: photograph } of decodeImages(images, onProblem)) {
    await setImmediate();
    throwIfAborted(signal, 'Evaluation');
    let examined: Examined;
    try {
      examined = await examiner.examine(photograph, image);
    } catch (error) {
      if (!(error instanceof BadImageError)) throw error;
      onProblem({ error });
      continue;
    }
    const { fields, maps } = examined;
    for (const measure of measures) {
      pixels[measure].push(...fields[measure]);
      scores[measure].push(imageScore(maps[measure], kind));
    }
    onEvent({ kind: 'progress', phase: 'validation', done: ++done, total: images.length, secondsLeft: null });
  }
  const threshold = (measure: Measure): Threshold | null =>
    done === 0
      ? null
      : {
          pixel: quantileOfMaps(
            pixels[measure].map((map) => map.data),
            thresholdQuantile,
          ),
          image: quantile(scores[measure], thresholdQuantile),
          quantile: thresholdQuantile,
          origin: `${done} good validation images ${origin}`,
        };
  return { ssim: threshold('ssim'), mse: threshold('mse') };
}
