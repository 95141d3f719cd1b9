import { autoencoderLayers, imagesOf, multiplyAdds, resolveRecipe, type Recipe } from '@plumbline/ml';
import type { ExperimentPlan, PlannedTask, Variant } from '@plumbline/ml/experiment';
import { networkSize, patchGrid } from '@plumbline/ml/geometry';
import type { ClassSource } from './sources.ts';

/** A training step of the paper's autoencoder as `plumbline engine` measures it here. */
export interface MeasuredStep {
  readonly batch: number;
  readonly milliseconds: number;
}

/** Starting a process and opening the engine. */
const START_SECONDS = 3;
/** Decoding, residuals, files and metrics of one evaluated megapixel. */
const MEGAPIXEL_SECONDS = 2;
/** What a variant's step costs beside the plain autoencoder's: turning patches and back, localising, searching, the SSIM loss. */
const VARIANT_COST: Readonly<Record<Variant, number>> = {
  ae: 1,
  'sampler-only': 1.25,
  'stn-frozen': 1.25,
  'stn-random': 1.45,
  'stn-finetuned': 1.45,
  search: 1.8,
  'multi-start': 1.8,
  recommended: 1.8,
};
/** A pre-training step of the localisation network beside a patch of the plain autoencoder's. */
const ORIENTATION_COST = 0.6;
/** Measuring at its end how well known turns are recovered, by the network and by search. */
const RECOVERY_SECONDS = 5;

/** About how long a task takes on its own, in seconds. */
export function estimateSeconds(task: PlannedTask, plan: ExperimentPlan, source: ClassSource, step: MeasuredStep): number {
  const recipe = plan.recipes[`${task.class}/${task.kind === 'orientation' ? 'orientation' : task.regime}`]?.recipe;
  if (!recipe) throw new Error(`the plan has no recipe for ${task.id}`);
  const layers = autoencoderLayers(recipe);
  const measured = multiplyAdds(autoencoderLayers(resolveRecipe('paper/ae')));
  const patchSeconds = (step.milliseconds / 1000 / step.batch) * (multiplyAdds(layers).training / measured.training);
  const counts = countsOf(source, recipe);
  if (task.kind === 'orientation') {
    const patches = recipe.orientation.patches ?? counts.patches;
    return START_SECONDS + RECOVERY_SECONDS + patches * recipe.orientation.training.epochs * patchSeconds * ORIENTATION_COST;
  }
  const cost = VARIANT_COST[task.regime];
  const forward = (images: number): number => (images * counts.grid * patchSeconds * cost) / 3;
  if (task.kind === 'evaluation') {
    const megapixels = (counts.test * source.width * source.height) / 1e6;
    return START_SECONDS + forward(counts.validation + counts.test) + megapixels * MEGAPIXEL_SECONDS;
  }
  return START_SECONDS + recipe.training.epochs * (counts.patches * patchSeconds * cost + forward(counts.validation));
}

interface Counts {
  readonly patches: number;
  /** Patches that the evaluation lays over an image. */
  readonly grid: number;
  readonly validation: number;
  readonly test: number;
}

function countsOf({ dataset, width, height }: ClassSource, recipe: Recipe): Counts {
  const grid = patchGrid(networkSize(width, height, recipe.geometry), recipe.geometry).length;
  const train = imagesOf(dataset, 'train').length;
  const own = imagesOf(dataset, 'validation').length;
  const validation = own > 0 ? own : Math.round(train * recipe.data.validationShare);
  const learned = own > 0 ? train : train - validation;
  return { patches: recipe.data.trainPatches ?? learned * grid, grid, validation, test: imagesOf(dataset, 'test').length };
}
