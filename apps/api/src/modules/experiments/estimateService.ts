import { evaluationSeconds, orientationSeconds, trainingSeconds } from '@plumbline/ml/experiment';
import { networkSize, patchGrid } from '@plumbline/ml/geometry';
import { autoencoderLayers } from '@plumbline/ml/models/autoencoder';
import { multiplyAdds } from '@plumbline/ml/models/layers';
import { canonicalJson, needsLocalisation, orientationRecipe, recipeHash, resolveRecipe, type Recipe } from '@plumbline/ml/recipes';
import type { Dataset } from '@plumbline/prisma';
import type { Context } from '../../context.ts';
import { grouped } from '../../grouped.ts';
import { InvalidInput } from '../../problems.ts';
import { engineSpeeds, type EngineSpeeds } from './speeds.ts';
import { readPlan, type PlannedVariant } from './request.ts';

/** What an estimate rests on: runs like it on the same engine, the step that an engine was measured with, or nothing. */
export type EstimateBasis = 'earlierRuns' | 'measuredStep' | 'unknown';

export interface EstimatedVariant {
  readonly name: string;
  readonly basis: EstimateBasis;
  /** Of all its runs with their evaluations; null where nothing is known. */
  readonly seconds: number | null;
  /** Training patches a second that it was reckoned with; null where nothing is known. */
  readonly imagesPerSecond: number | null;
}

export interface ExperimentEstimate {
  readonly runs: number;
  /** Trainings of a localisation network that runs share. */
  readonly orientationRuns: number;
  readonly variants: readonly EstimatedVariant[];
  /** Of everything on all live workers together; null where a variant's is unknown. */
  readonly seconds: number | null;
  readonly workers: number;
}

interface Images {
  /** Patches that training images and held-out images are cut into. */
  readonly learned: number;
  readonly held: number;
  readonly tested: number;
  readonly testMegapixels: number;
}

/** About what an experiment costs, before anything of it is made. @throws InvalidInput, NotAllowed, NotFound */
export async function estimateExperiment(context: Context, raw: unknown): Promise<ExperimentEstimate> {
  const { variants, datasets, seeds } = await readPlan(context, raw);
  const speeds = await engineSpeeds(context);
  const paces = pacesFrom(speeds);
  const estimated: EstimatedVariant[] = [];
  const orientations = new Map<string, number | null>();
  for (const variant of variants) {
    const { basis, patchSeconds, perPatch } = paceOf(variant.recipe, paces);
    let seconds: number | null = patchSeconds === null ? null : 0;
    for (const [index, dataset] of datasets.entries()) {
      const images = await imagesOf(context, dataset, variant, `datasetIds.${index}`);
      const one = patchSeconds === null ? null : secondsOf(variant.recipe, images, patchSeconds, perPatch);
      if (seconds !== null && one !== null) seconds += one * seeds.length;
      if (!needsLocalisation(variant.recipe)) continue;
      const recipe = orientationRecipe(variant.recipe);
      const { patches, training } = recipe.orientation;
      const work = { patches: patches ?? images.learned, epochs: training.epochs };
      orientations.set(`${recipeHash(recipe)} ${dataset.id}`, patchSeconds === null ? null : orientationSeconds(work, patchSeconds));
    }
    estimated.push({ name: variant.name, basis, seconds, imagesPerSecond: perPatch === null ? null : 1 / perPatch });
  }
  const parts = [...estimated.map((one) => one.seconds), ...[...orientations.values()].map((one) => one && one * seeds.length)];
  const whole = parts.reduce<number | null>((sum, part) => (sum === null || part === null ? null : sum + part), 0);
  return {
    runs: variants.length * datasets.length * seeds.length,
    orientationRuns: orientations.size * seeds.length,
    variants: estimated,
    seconds: whole === null ? null : whole / Math.max(1, speeds.workers),
    workers: speeds.workers,
  };
}

interface Pace {
  readonly basis: EstimateBasis;
  /** What a training patch of the plain autoencoder takes; null where nothing is known. */
  readonly patchSeconds: number | null;
  /** What a patch of an epoch took in runs like this one, validation included; null where it is reckoned from the step. */
  readonly perPatch: number | null;
}

/** What decides the cost of a patch. */
const likeness = ({ geometry, channels, model, loss, regime, training }: Recipe): string =>
  canonicalJson({ geometry, channels, model, loss, regime: regime.kind, batch: training.batch });

/** What the pace of every variant is reckoned from. */
function pacesFrom({ stepSecondsPerImage, runs }: EngineSpeeds) {
  return {
    stepSecondsPerImage,
    /** Multiply–adds of a training patch of the autoencoder whose step is measured. */
    measured: multiplyAdds(autoencoderLayers(resolveRecipe('paper/ae'))).training,
    earlierRuns: grouped(runs, ({ recipe }) => likeness(recipe)),
  };
}

function paceOf(recipe: Recipe, { stepSecondsPerImage, measured, earlierRuns }: ReturnType<typeof pacesFrom>): Pace {
  const relative = multiplyAdds(autoencoderLayers(recipe)).training / measured;
  const step = stepSecondsPerImage === null ? null : stepSecondsPerImage * relative;
  const like = earlierRuns.get(likeness(recipe)) ?? [];
  const rate = median(like.map(({ imagesPerSecond }) => imagesPerSecond));
  if (rate !== null) return { basis: 'earlierRuns', patchSeconds: step ?? 1 / rate, perPatch: 1 / rate };
  return { basis: step === null ? 'unknown' : 'measuredStep', patchSeconds: step, perPatch: null };
}

function secondsOf(recipe: Recipe, images: Images, patchSeconds: number, perPatch: number | null): number {
  const { regime, training, data } = recipe;
  if (regime.kind === 'orientation') throw new Error('an orientation training is no variant');
  const patches = data.trainPatches ?? images.learned;
  const { epochs } = training;
  const trained =
    perPatch === null
      ? trainingSeconds({ regime: regime.kind, epochs, patches, heldPatches: images.held }, patchSeconds)
      : epochs * patches * perPatch;
  return trained + evaluationSeconds(regime.kind, images.held + images.tested, images.testMegapixels, patchSeconds);
}

async function imagesOf({ loaders }: Context, dataset: Dataset, { recipe, name }: PlannedVariant, field: string): Promise<Images> {
  const [counts, sizes] = await Promise.all([loaders.datasetCounts.load(dataset.id), loaders.datasetSizes.load(dataset.id)]);
  const of = (split: string, good: boolean): number =>
    counts.filter((one) => one.split === split && (!good || one.label === 'good')).reduce((sum, { count }) => sum + count, 0);
  const size = sizes[0];
  const train = of('train', true);
  if (!size || train === 0)
    throw InvalidInput.at(field, `${dataset.name} has no good images in the split train to learn from; upload some into train/good first.`);
  const own = of('validation', true);
  const held = own > 0 ? own : Math.round(train * recipe.data.validationShare);
  const learned = own > 0 ? train : train - held;
  try {
    const grid = patchGrid(networkSize(size.width, size.height, recipe.geometry), recipe.geometry).length;
    const test = of('test', false);
    return { learned: learned * grid, held: held * grid, tested: test * grid, testMegapixels: (test * size.width * size.height) / 1e6 };
  } catch (error) {
    throw InvalidInput.at(
      field,
      `${dataset.name} has images of ${size.width} × ${size.height} px, too small for ${name}: ${(error as Error).message.replace(/\.$/, '')}.`,
    );
  }
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[(sorted.length >> 1) - 1] ?? upper)) / 2;
}
