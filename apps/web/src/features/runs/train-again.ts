import { CATALOGUE, resolveRecipe } from '@plumbline/ml/recipes';
import { changedQuery } from '../../lib/query-state.ts';
import { changesBetween, encodeChanges } from '../recipes/recipe-document.ts';

export interface TrainedRun {
  readonly seed: number;
  readonly variant: { readonly name: string };
  readonly recipe: { readonly name: string; readonly document: unknown };
  readonly datasetVersion: { readonly dataset: { readonly id: string } };
}

/** The query of the new-training page with everything as the run had it. A recipe that the catalogue no longer has is begun from `ae`. */
export function trainAgainQuery({ seed, variant, recipe, datasetVersion }: TrainedRun): string {
  const base = CATALOGUE.some(({ name }) => name === recipe.name) ? recipe.name : 'ae';
  return changedQuery('', {
    dataset: datasetVersion.dataset.id,
    recipe: base,
    set: encodeChanges(changesBetween(resolveRecipe(base), recipe.document)),
    variant: variant.name,
    seed: String(seed),
  });
}
