import { recipeSchema, type Recipe } from './schema.ts';

export type RegimeKind = Recipe['regime']['kind'];

/** How the networks of a recipe are trained: its orientation alone, or its autoencoder. */
export function trainingOf(recipe: Recipe): Recipe['training'] {
  return recipe.regime.kind === 'orientation' ? recipe.orientation.training : recipe.training;
}

/** The recipe with another number of epochs for what it trains. */
export function withEpochs(recipe: Recipe, epochs: number): Recipe {
  if (recipe.regime.kind !== 'orientation') return { ...recipe, training: { ...recipe.training, epochs } };
  return { ...recipe, orientation: { ...recipe.orientation, training: { ...recipe.orientation.training, epochs } } };
}

const PRE_TRAINED: readonly RegimeKind[] = ['stn-frozen', 'stn-finetuned', 'multi-start'];

/** Whether the regime begins with a localisation network that has been trained already. */
export const needsLocalisation = ({ regime }: Recipe): boolean => PRE_TRAINED.includes(regime.kind);

/** The recipe that trains the localisation network another recipe needs; what has no part in that is as by default, so that its hash does not depend on it. */
export function orientationRecipe(recipe: Recipe): Recipe {
  const { model, loss, training, residual } = recipeSchema.parse({});
  return { ...recipe, name: 'orientation', regime: { kind: 'orientation' }, model, loss, training, residual };
}
