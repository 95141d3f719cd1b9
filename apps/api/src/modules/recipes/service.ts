import { autoencoderLayers } from '@plumbline/ml/models/autoencoder';
import { parameterCount } from '@plumbline/ml/models/layers';
import { CATALOGUE, RecipeError, recipeHash, resolveRecipe, type Recipe } from '@plumbline/ml/recipes';
import type { Prisma, Recipe as RecipeRow } from '@plumbline/prisma';
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
 * The full recipe of a catalogue name, or of a recipe there is, with settings on top.
 * @throws InvalidInput at the option that is wrong, or at `base` or `sets`
 */
export function resolve(base: string | object, sets: readonly string[] | null | undefined): Recipe {
  if ((sets?.length ?? 0) > mostSettings)
    throw InvalidInput.at('sets', `More than ${mostSettings} settings; leave out those that equal the recipe's own.`);
  try {
    return resolveRecipe(base, sets ?? []);
  } catch (error) {
    if (error instanceof RecipeError && error.issues.length > 0)
      throw new InvalidInput(error.issues.map(({ option, message }) => ({ path: option, message })));
    if (error instanceof RecipeError)
      throw InvalidInput.at(typeof base === 'object' || CATALOGUE.some(({ name }) => name === base) ? 'sets' : 'base', error.message);
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

/** The row of a recipe in a project: found by its hash, or made. Take the project's lock first, so that two people end with one row. */
export async function recipeRow(tx: Prisma.TransactionClient, projectId: string, recipe: Recipe): Promise<RecipeRow> {
  const hash = recipeHash(recipe);
  return tx.recipe.upsert({
    where: { projectId_hash: { projectId, hash } },
    create: { projectId, hash, name: recipe.name, document: recipe },
    update: {},
  });
}

/** Two people who save the same recipe or name at once must end with one row. Others may make rows of the project meanwhile. */
export async function lockProject(tx: Prisma.TransactionClient, projectId: string): Promise<void> {
  await tx.$queryRaw`select 1 as locked from "Project" where "id" = ${projectId}::uuid for no key update`;
}

/** Issues of a recipe under the input field that holds it. */
export function recipeAt(field: string, read: () => Recipe): Recipe {
  try {
    return read();
  } catch (error) {
    if (error instanceof InvalidInput)
      throw new InvalidInput(error.issues.map(({ path, message }) => ({ path: `${field}.${path}`, message })));
    throw error;
  }
}
