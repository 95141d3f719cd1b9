import { CATALOGUE, recipeHash, resolveRecipe, type Recipe } from '@plumbline/ml/recipes';
import { attempt, changesBetween, setsOf, type Attempt } from './recipe-document.ts';

/** What a recipe is begun from, or compared with: a name of the catalogue, a variant (`var_…`) or a run (`run_…`). */
export interface RecipeSource {
  /** The name, or the id. */
  readonly key: string;
  readonly kind: 'catalogue' | 'variant' | 'run';
  readonly title: string;
  readonly document: Recipe;
}

export function kindOf(key: string): RecipeSource['kind'] {
  return key.startsWith('var_') ? 'variant' : key.startsWith('run_') ? 'run' : 'catalogue';
}

/** A recipe of the catalogue, known without asking; null for a name that it does not have. */
export function catalogueSource(name: string): RecipeSource | null {
  return CATALOGUE.some((one) => one.name === name) ? { key: name, kind: 'catalogue', title: name, document: resolveRecipe(name) } : null;
}

/** The catalogue's recipe that a document says it came from; `ae` where it has no such name any more. */
export function baseName(document: { readonly name?: unknown }): string {
  return CATALOGUE.find(({ name }) => name === document.name)?.name ?? 'ae';
}

/** A recipe as the server takes it: a name of the catalogue and the settings that lead from there to it. */
export function asSettings(document: Recipe): { base: string; sets: string[] } {
  const base = baseName(document);
  return { base, sets: setsOf(changesBetween(resolveRecipe(base), document)) };
}

export type Resolved = Attempt & { readonly hash: string | null };

/** The recipe after the changes, or everything that is wrong with it, by the schema that trainings use. */
export function resolved(from: Recipe, changes: Readonly<Record<string, string>>): Resolved {
  const { base, sets } = asSettings(from);
  const tried = attempt(base, [...sets, ...setsOf(changes)]);
  return { ...tried, hash: tried.document && recipeHash(tried.document) };
}
