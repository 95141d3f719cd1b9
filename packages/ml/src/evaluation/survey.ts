import { setImmediate } from 'node:timers/promises';
import { decodeImages, type DatasetImage, type Split } from '../datasets/index.ts';
import { BadImageError, contentFields, filledMask, type FloatMap, type Mask, type PixelImage } from '../geometry/index.ts';
import { decodeMask } from '../images/index.ts';
import { imageScore } from '../metrics/index.ts';
import type { Recipe } from '../recipes/index.ts';
import { mapStatistics, residualFields, type Measure } from '../residuals/index.ts';
import type { Examined, Examiner } from '../reconstruction/index.ts';
import { throwIfAborted } from '../run/index.ts';
import { meanInterior, meanOf, windowRadius } from '../similarity/index.ts';
import { turnInDegrees } from '../transformer/index.ts';

import type { EvaluationFolder } from './output.ts';
import type { EvaluatedImage, EvaluationEvent } from './result.ts';

export interface SurveyedImage {
  readonly image: EvaluatedImage;
  /** Reads its mask, at the photograph's size (all zero for a good image); null for a defect that nobody outlined. */
  readonly readMask: (() => Promise<Mask>) | null;
  /** Pixels that the mask marks. */
  readonly defectivePixels: number;
  /** How well the image itself was reconstructed; SSIM is null where its window fits nowhere. */
  readonly quality: { readonly mse: number; readonly ssim: number | null };
}

export interface Survey {
  readonly images: readonly SurveyedImage[];
  /** Ids of the images that could not be used. */
  readonly unusable: readonly string[];
}

export interface SurveyOptions {
  readonly examiner: Examiner;
  readonly folder: EvaluationFolder;
  readonly recipe: Recipe;
  readonly className: string;
  readonly split: Split;
  readonly images: readonly DatasetImage[];
  readonly signal: AbortSignal | undefined;
  readonly onEvent: (event: EvaluationEvent) => void;
}

/** Examines every image and writes its files; one image's maps are in memory at a time. */
export async function survey(options: SurveyOptions): Promise<Survey> {
  const { examiner, folder, recipe, images, onEvent } = options;
  const surveyed: SurveyedImage[] = [];
  const unusable: string[] = [];
  const refuse = (image: DatasetImage, error: Error): void => {
    unusable.push(image.id);
    onEvent({ kind: 'warning', code: 'unusable-image', message: error.message });
  };
  const start = performance.now();
  for await (const { image, pixels } of decodeImages(images, ({ image, error }) => refuse(image, error))) {
    await setImmediate();
    throwIfAborted(options.signal, 'Evaluation');
    try {
      const examined = await examiner.examine(pixels, image);
      const files = await folder.writeImage(image, options.className, options.split, examined);
      surveyed.push({
        image: describe(image, pixels, examined, recipe, files),
        ...(await maskOf(image, pixels, onEvent)),
        quality: qualityOf(examined, recipe),
      });
    } catch (error) {
      if (!(error instanceof BadImageError)) throw error;
      refuse(image, error);
    }
    const done = surveyed.length + unusable.length;
    const secondsLeft = ((performance.now() - start) / 1000 / done) * (images.length - done);
    onEvent({ kind: 'progress', phase: 'images', done, total: images.length, secondsLeft });
  }
  return { images: surveyed, unusable };
}

function describe(
  image: DatasetImage,
  photograph: PixelImage,
  examined: Examined,
  recipe: Recipe,
  files: EvaluatedImage['files'],
): EvaluatedImage {
  const { input, fields, maps } = examined;
  const perMeasure = <T>(of: (measure: Measure) => T) => ({ ssim: of('ssim'), mse: of('mse') });
  return {
    imageId: image.id,
    label: image.label,
    width: photograph.width,
    height: photograph.height,
    networkWidth: input.width,
    networkHeight: input.height,
    ...(recipe.geometry.kind === 'patch' ? { fields: contentFields(input, recipe.geometry) } : {}),
    ...(examined.angles ? { orientations: Array.from(examined.angles, turnInDegrees) } : {}),
    scores: perMeasure((measure) => imageScore(maps[measure], recipe.residual.imageScore)),
    statistics: perMeasure((measure) => mapStatistics(joined(fields[measure]))),
    files,
  };
}

/** All maps as one, for statistics that do not ask where a pixel lies. */
function joined(maps: readonly FloatMap[]): FloatMap {
  if (maps.length === 1) return maps[0]!;
  const data = new Float32Array(maps.reduce((sum, map) => sum + map.data.length, 0));
  let at = 0;
  for (const map of maps) {
    data.set(map.data, at);
    at += map.data.length;
  }
  return { width: data.length, height: 1, data };
}

type ReadableMask = Pick<SurveyedImage, 'readMask' | 'defectivePixels'>;

/** Checks the mask once and reads it anew when it is needed: all masks at once would take a byte for every pixel of the set. */
async function maskOf(image: DatasetImage, photograph: PixelImage, onEvent: SurveyOptions['onEvent']): Promise<ReadableMask> {
  const { width, height } = photograph;
  if (image.label === 'good') return { readMask: () => Promise.resolve(filledMask(width, height, 0)), defectivePixels: 0 };
  const none: ReadableMask = { readMask: null, defectivePixels: 0 };
  const file = image.mask;
  if (file === null) return none;
  const readMask = (): Promise<Mask> => decodeMask(file, { name: `the mask of ${image.id}` });
  const warn = (message: string): ReadableMask => {
    onEvent({ kind: 'warning', code: 'unusable-mask', message });
    return none;
  };
  try {
    const mask = await readMask();
    if (mask.width === width && mask.height === height)
      return { readMask, defectivePixels: mask.data.reduce((sum, value) => sum + value, 0) };
    const sizes = `${mask.width} × ${mask.height} px, its image ${width} × ${height} px`;
    return warn(`The mask of ${image.id} is ${sizes}; it is left out at pixel level: save it at the image's size.`);
  } catch (error) {
    if (!(error instanceof BadImageError)) throw error;
    return warn(`${error.message} It is left out at pixel level.`);
  }
}

function qualityOf(examined: Examined, recipe: Recipe): SurveyedImage['quality'] {
  const radius = windowRadius(recipe.residual.ssim);
  const mean = (values: readonly (number | null)[]): number | null => {
    const known = values.filter((value) => value !== null);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  const residual = mean(examined.fields.ssim.map((map) => meanInterior(map, radius)));
  // The squared error itself, whatever the recipe makes of it to find defects.
  const squaredErrors = residualFields('mse', examined.input, examined.reconstruction, recipe.geometry, { ssim: recipe.residual.ssim });
  return { mse: mean(squaredErrors.map((map) => meanOf(map))) ?? 0, ssim: residual === null ? null : 1 - residual };
}
