import { CATALOGUE, RecipeError, recipeHash, resolveRecipe, type Recipe } from '@plumbline/ml/recipes';
import { changesBetween, setsOf, type RecipeProblem } from './recipe-document.ts';

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

export type Resolved =
  | { readonly document: Recipe; readonly hash: string; readonly problems: readonly [] }
  | { readonly document: null; readonly hash: null; readonly problems: readonly RecipeProblem[] };

/** The recipe after the changes, or everything that is wrong with it, by the schema that trainings use. */
export function resolved(from: Recipe, changes: Readonly<Record<string, string>>): Resolved {
  const { base, sets } = asSettings(from);
  try {
    const document = resolveRecipe(base, [...sets, ...setsOf(changes)]);
    return { document, hash: recipeHash(document), problems: [] };
  } catch (error) {
    if (!(error instanceof RecipeError)) throw error;
    const problems: RecipeProblem[] =
      error.issues.length === 0
        ? [{ path: null, message: error.message }]
        : error.issues.map(({ option, message }) => ({ path: option, message }));
    return { document: null, hash: null, problems };
  }
}
