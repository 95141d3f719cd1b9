import { resolveRecipe, type Recipe, type RecipeField, type RecipeGroup } from '@plumbline/ml/recipes';
import { fieldsOf, valueAt, valueText } from './recipe-document.ts';
import { optionGroups } from './recipe-groups.ts';
import { baseName } from './recipe-source.ts';
import { fieldTitle, valueWords } from './recipe-words.ts';

/** An option of two recipes side by side. A null value: that recipe has no such option. */
export interface OptionPair {
  readonly field: RecipeField;
  readonly a: string | null;
  readonly b: string | null;
  readonly differs: boolean;
}

/** What a document says of an option; null where it has no such option. */
function wordsOf(document: unknown): (field: RecipeField) => string | null {
  const paths = new Set(fieldsOf(document).map(({ path }) => path));
  return (field) => {
    if (!paths.has(field.path)) return null;
    const value = valueAt(document, field.path);
    const words = valueWords(field, valueText(value));
    return field.unit && value !== null ? `${words} ${field.unit}` : words;
  };
}

/** Every option that either recipe has, by group; what it says in each. */
export function sideBySide(a: Recipe, b: Recipe): readonly { readonly group: RecipeGroup; readonly pairs: readonly OptionPair[] }[] {
  const [ofA, ofB] = [optionGroups(a), optionGroups(b)];
  const [wordsOfA, wordsOfB] = [wordsOf(a), wordsOf(b)];
  return ofA.map(({ group, fields }, i) => {
    const onlyB = ofB[i]!.fields.filter(({ path }) => !fields.some((field) => field.path === path));
    const pairs = [...fields, ...onlyB].map((field) => {
      const [before, after] = [wordsOfA(field), wordsOfB(field)];
      return { field, a: before, b: after, differs: before !== after };
    });
    return { group, pairs };
  });
}

/** By document: a list is drawn anew with every event of the project, and the cache gives it the same documents. */
const changes = new WeakMap<Recipe, string>();

/** What a recipe changes of the catalogue's that it came from, in words: "Latent 64 · Epochs 30". */
export function changesInWords(document: Recipe): string {
  const known = changes.get(document);
  if (known !== undefined) return known;
  const words = sideBySide(resolveRecipe(baseName(document)), document)
    .flatMap(({ pairs }) => pairs.filter(({ differs, b }) => differs && b !== null))
    .map(({ field, b }) => `${fieldTitle(field)} ${b}`)
    .join(' · ');
  changes.set(document, words);
  return words;
}
