import { autoencoderLayers, imagesOf, multiplyAdds, resolveRecipe, type Recipe } from '@plumbline/ml';
import { evaluationSeconds, orientationSeconds, trainingSeconds, type ExperimentPlan, type PlannedTask } from '@plumbline/ml/experiment';
import { networkSize, patchGrid } from '@plumbline/ml/geometry';
import type { ClassSource } from './sources.ts';

/** A training step of the paper's autoencoder as `plumbline engine` measures it here. */
export interface MeasuredStep {
  readonly batch: number;
  readonly milliseconds: number;
}

/** About how long a task takes on its own, in seconds. */
export function estimateSeconds(task: PlannedTask, plan: ExperimentPlan, source: ClassSource, step: MeasuredStep): number {
  const recipe = plan.recipes[`${task.class}/${task.kind === 'orientation' ? 'orientation' : task.regime}`]?.recipe;
  if (!recipe) throw new Error(`the plan has no recipe for ${task.id}`);
  const layers = autoencoderLayers(recipe);
  const measured = multiplyAdds(autoencoderLayers(resolveRecipe('paper/ae')));
  const patchSeconds = (step.milliseconds / 1000 / step.batch) * (multiplyAdds(layers).training / measured.training);
  const counts = countsOf(source, recipe);
  if (task.kind === 'orientation') {
    const { patches, training } = recipe.orientation;
    return orientationSeconds({ patches: patches ?? counts.patches, epochs: training.epochs }, patchSeconds);
  }
  const { regime } = task;
  if (task.kind === 'evaluation') {
    const megapixels = (counts.test * source.width * source.height) / 1e6;
    return evaluationSeconds(regime, (counts.validation + counts.test) * counts.grid, megapixels, patchSeconds);
  }
  const work = { regime, epochs: recipe.training.epochs, patches: counts.patches, heldPatches: counts.validation * counts.grid };
  return trainingSeconds(work, patchSeconds);
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
