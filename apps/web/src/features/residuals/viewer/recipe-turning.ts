import type { PatchGeometry } from '@plumbline/ml/geometry';
import { recipeSchema } from '@plumbline/ml/recipes';
import type { Turning } from '../pixels/patches.ts';

/** How a recipe's regime turns patches; null where it turns none, or where the document is of a form that this version does not read. */
export function turningOf(document: unknown): Turning | null {
  const { data: recipe } = recipeSchema.safeParse(document);
  if (!recipe || !('sampler' in recipe.regime)) return null;
  return { geometry: recipe.geometry, sampler: recipe.regime.sampler, mask: recipe.orientation.mask };
}

/** How the stored pictures of a recipe lie in tiles; null where they are whole images, or as for `turningOf`. */
export function tilesOf(document: unknown): PatchGeometry | null {
  const { data: recipe } = recipeSchema.safeParse(document);
  return recipe?.geometry.kind === 'patch' ? recipe.geometry : null;
}
