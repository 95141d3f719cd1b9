import type { Recipe } from '@plumbline/ml/recipes';
import { parameterCount } from '@plumbline/ml/models/layers';
import { autoencoderLayers } from '@plumbline/ml/models/autoencoder';
import { soundChanges, type RecipeProblem } from './recipe-document.ts';
import { asSettings, resolved } from './recipe-source.ts';

/** A recipe with changes on top, as a form holds it. */
export interface RecipeDraft {
  /** After those changes that nothing is wrong with: always a whole recipe, to be shown. */
  readonly document: Recipe;
  /** sha256 of what it decides; null while something is wrong. */
  readonly hash: string | null;
  readonly problems: readonly RecipeProblem[];
  /** Weights of the autoencoder. */
  readonly parameters: number;
}

/** The draft of a recipe's form. What is wrong keeps it from being saved and not from being shown. */
export function recipeDraft(from: Recipe, changes: Readonly<Record<string, string>>): RecipeDraft {
  const whole = resolved(from, changes);
  const sound = whole.document ?? resolved(from, soundChanges(changes, whole.problems)).document;
  // Two changes can be wrong together without either being named.
  const document = sound ?? from;
  return { document, hash: whole.hash, problems: whole.problems, parameters: parameterCount(autoencoderLayers(document)) };
}

/** The query of the form that begins from a recipe. */
export function formQuery(key: string): string {
  return `?from=${encodeURIComponent(key)}`;
}

/** The query of the new-training page with a recipe under a variant's name. */
export function trainingQuery(document: Recipe, variant: string): string {
  const { base, sets } = asSettings(document);
  return `?${new URLSearchParams({ recipe: base, set: sets.join(';'), variant }).toString()}`;
}

/** The query of the table of differences. */
export function differencesQuery(a: string, b: string): string {
  return `?${new URLSearchParams({ a, b }).toString()}`;
}
