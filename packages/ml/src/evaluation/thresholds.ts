import { setImmediate } from 'node:timers/promises';
import { decodeImages, type DatasetImage } from '../datasets/index.ts';
import type { FloatMap } from '../geometry/index.ts';
import { imageScore, quantile, quantileOfMaps } from '../metrics/index.ts';
import type { Recipe } from '../recipes/index.ts';
import { measures, type Measure } from '../residuals/index.ts';
import { throwIfAborted } from '../run/index.ts';
import type { Examiner } from './examiner.ts';
import type { EvaluationEvent, Threshold } from './result.ts';

/**
 * Thresholds from good validation images alone, never from test images: the recipe's quantile of their pixels (at network scale) and of their
 * image scores. Null where there are no such images.
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
    const { fields, maps } = await examiner.examine(photograph, image.name);
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
