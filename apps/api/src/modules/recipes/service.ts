import { autoencoderLayers } from '@plumbline/ml/models/autoencoder';
import { parameterCount } from '@plumbline/ml/models/layers';
import { CATALOGUE, RecipeError, recipeHash, resolveRecipe, type Recipe } from '@plumbline/ml/recipes';
import type { Recipe as RecipeRow, Variant } from '@plumbline/prisma';
import type { Context } from '../../context.ts';
import { rowIdOf } from '../../ids.ts';
import { signedIn, teamsWith } from '../../permissions.ts';
import { InvalidInput, NotFound } from '../../problems.ts';

export interface CatalogueEntry {
  readonly name: string;
  readonly summary: string;
  readonly document: Recipe;
  readonly hash: string;
}

/** The named recipes that come with the platform. */
export function readCatalogue(context: Context): CatalogueEntry[] {
  signedIn(context);
  return CATALOGUE.map(({ name, summary }) => {
    const document = resolveRecipe(name);
    return { name, summary, document, hash: recipeHash(document) };
  });
}

export interface RecipePreview {
  readonly document: Recipe;
  readonly hash: string;
  /** How many weights the model has. */
  readonly parameters: number;
}

const mostSettings = 100;

/**
 * The full recipe of a catalogue name with settings on top.
 * @throws InvalidInput at the option that is wrong, or at `base` or `sets`
 */
export function resolve(base: string, sets: readonly string[] | null | undefined): Recipe {
  if ((sets?.length ?? 0) > mostSettings)
    throw InvalidInput.at('sets', `More than ${mostSettings} settings; leave out those that equal the recipe's own.`);
  try {
    return resolveRecipe(base, sets ?? []);
  } catch (error) {
    if (error instanceof RecipeError && error.issues.length > 0)
      throw new InvalidInput(error.issues.map(({ option, message }) => ({ path: option, message })));
    if (error instanceof RecipeError) throw InvalidInput.at(CATALOGUE.some(({ name }) => name === base) ? 'sets' : 'base', error.message);
    throw error;
  }
}

/** What a recipe comes to. @throws InvalidInput */
export function previewRecipe(context: Context, base: string, sets: readonly string[] | null | undefined): RecipePreview {
  signedIn(context);
  const document = resolve(base, sets);
  return { document, hash: recipeHash(document), parameters: parameterCount(autoencoderLayers(document)) };
}

/** A recipe of one of the person's teams. @throws NotFound */
export async function readRecipe(context: Context, id: string): Promise<RecipeRow> {
  const rowId = rowIdOf('Recipe', id);
  const recipe = await context.db.recipe.findFirst({
    where: { id: rowId, project: { teamId: { in: teamsWith(context, 'recipe.read') } } },
  });
  if (!recipe) throw new NotFound('Recipe');
  return recipe;
}

/** A variant of one of the person's teams. @throws NotFound */
export async function readVariant(context: Context, id: string): Promise<Variant> {
  const rowId = rowIdOf('Variant', id);
  const variant = await context.db.variant.findFirst({
    where: { id: rowId, project: { teamId: { in: teamsWith(context, 'recipe.read') } } },
  });
  if (!variant) throw new NotFound('Variant');
  return variant;
}
