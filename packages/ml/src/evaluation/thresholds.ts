import { setImmediate } from 'node:timers/promises';
import { decodeImages, type DatasetImage } from '../datasets/index.ts';
import { BadImageError, contentFields, networkSize, tileLayout, type PixelImage } from '../geometry/index.ts';
import { inspectImage } from '../images/index.ts';
import { imageScore, quantile, UpperQuantile } from '../metrics/index.ts';
import type { Geometry, Recipe } from '../recipes/index.ts';
import {
  addToFit,
  ExpectedResidualFit,
  invalidBorder,
  measures,
  validRegion,
  type ExpectedResidual,
  type Measure,
} from '../residuals/index.ts';
import { RunError, throwIfAborted } from '../run/index.ts';
import type { Examiner } from '../reconstruction/index.ts';
import type { EvaluationEvent, Threshold } from './result.ts';

export interface Validation {
  readonly examiner: Examiner;
  readonly recipe: Recipe;
  /** Good ones alone. */
  readonly images: readonly DatasetImage[];
  /** Where they come from, in words. */
  readonly origin: string;
  readonly signal: AbortSignal | undefined;
  readonly onEvent: (event: EvaluationEvent) => void;
}

/** How many looks at the validation images an evaluation takes: the table of expected residuals must be whole before maps are divided by it. */
const passes = (recipe: Recipe): number => (recipe.residual.mse.expected ? 2 : 1);

/** Sees the images one after another; one that cannot be used is left out, with a warning in the last pass. Gives the number of usable ones. */
async function each(
  validation: Validation,
  pass: number,
  see: (photograph: PixelImage, image: DatasetImage) => Promise<void>,
): Promise<number> {
  const { images, recipe, signal, onEvent } = validation;
  const last = pass === passes(recipe) - 1;
  const onProblem = ({ error }: { error: Error }): void => {
    if (last) onEvent({ kind: 'warning', code: 'unusable-image', message: error.message });
  };
  let usable = 0;
  for await (const { image, pixels } of decodeImages(images, onProblem)) {
    await setImmediate();
    throwIfAborted(signal, 'Evaluation');
    try {
      await see(pixels, image);
    } catch (error) {
      if (!(error instanceof BadImageError)) throw error;
      onProblem({ error });
      continue;
    }
    const total = passes(recipe) * images.length;
    onEvent({ kind: 'progress', phase: 'validation', done: pass * images.length + ++usable, total, secondsLeft: null });
  }
  return usable;
}

/**
 * The table of expected residuals from good validation images, where the recipe divides by it; else null.
 * @throws RunError where it is wanted and there is no image to fit it on
 */
export async function fitExpectedResidual(validation: Validation): Promise<ExpectedResidual | null> {
  const { examiner, recipe } = validation;
  if (!recipe.residual.mse.expected) return null;
  const fit = new ExpectedResidualFit();
  await each(validation, 0, async (photograph, image) => {
    const { input, reconstruction } = await examiner.look(photograph, image);
    addToFit(fit, input, reconstruction, recipe.geometry);
  });
  const table = fit.table();
  if (!table)
    throw new RunError(
      'residual.mse.expected needs good validation images to learn what to expect, and there is none that can be used: add a validation/good folder, or train with a data.validationShare above 0.',
    );
  return table;
}

/** Pixels that the images' residual maps have at network scale, from their headers; an unreadable one will be left out, here as later. */
async function pixelsOf(images: readonly DatasetImage[], geometry: Geometry, border: number): Promise<number> {
  let sum = 0;
  for (const image of images) {
    try {
      const { width, height } = await inspectImage(image.file, { name: image.name });
      const size = networkSize(width, height, geometry, image.name);
      const tiles = geometry.kind === 'patch' ? tileLayout(geometry) : null;
      const sheet = tiles && { width: tiles.columns * geometry.input, height: tiles.rows * geometry.input };
      for (const field of contentFields(sheet ?? size, geometry))
        sum += Math.max(field.width - 2 * border, 0) * Math.max(field.height - 2 * border, 0);
    } catch (error) {
      if (!(error instanceof BadImageError)) throw error;
    }
  }
  return sum;
}

/**
 * Thresholds from good validation images alone, never from test images: the recipe's quantile of their pixels (at network scale; in the `patch` geometry
 * those of the valid region) and of their image scores, exact. One image is in memory at a time. Null where there is none to fit on.
 */
export async function fitThresholds(validation: Validation): Promise<Record<Measure, Threshold | null>> {
  const { examiner, recipe, images, origin } = validation;
  const { thresholdQuantile, imageScore: kind } = recipe.residual;
  const perMeasure = async (measure: Measure) => {
    const border = recipe.geometry.kind === 'patch' ? invalidBorder(measure, recipe.residual) : 0;
    return {
      border,
      pixels: new UpperQuantile(thresholdQuantile, await pixelsOf(images, recipe.geometry, border)),
      scores: [] as number[],
    };
  };
  const seen = { ssim: await perMeasure('ssim'), mse: await perMeasure('mse') };
  const usable = await each(validation, passes(recipe) - 1, async (photograph, image) => {
    const { fields, maps } = await examiner.examine(photograph, image);
    for (const measure of measures) {
      const { border, pixels, scores } = seen[measure];
      for (const field of fields[measure]) pixels.add(validRegion(field, border).data);
      scores.push(imageScore(maps[measure], kind));
    }
  });
  const threshold = (measure: Measure): Threshold | null =>
    usable === 0
      ? null
      : {
          pixel: seen[measure].pixels.value(),
          image: quantile(seen[measure].scores, thresholdQuantile),
          quantile: thresholdQuantile,
          origin: `${usable} good validation images ${origin}`,
        };
  return { ssim: threshold('ssim'), mse: threshold('mse') };
}
