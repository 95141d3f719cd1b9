import { resolveRecipe, type Recipe } from '@plumbline/ml/recipes';
import type { Dataset, Project } from '@plumbline/prisma';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { rowIdOf } from '../../ids.ts';
import { assertPermission, signedIn } from '../../permissions.ts';
import { InvalidInput, NotFound } from '../../problems.ts';
import { nameSchema, parse } from '../../validation.ts';
import { recipeAt, resolve } from '../recipes/service.ts';
import { priorities } from '../training/controlService.ts';
import { largestSeed } from '../training/startService.ts';

const mostRuns = 500;
const seed = z.number().int().min(0, 'A seed is below 0; take whole numbers from 0 up.').max(largestSeed);

const variantSchema = z.object({
  variantId: z.string().nullish(),
  recipe: z.object({ base: z.string(), sets: z.array(z.string()).nullish() }).nullish(),
  name: nameSchema('variant').nullish(),
});

const planSchema = z.object({
  projectId: z.string(),
  variants: z
    .array(variantSchema)
    .min(1, 'Choose at least one variant.')
    .max(50, 'More than 50 variants; split them into several experiments.'),
  datasetIds: z
    .array(z.string())
    .min(1, 'Choose at least one dataset.')
    .max(50, 'More than 50 datasets; split them into several experiments.'),
  seeds: z.array(seed).min(1, 'Give at least one seed.').max(100, 'More than 100 seeds; split them into several experiments.'),
});

const startSchema = planSchema.extend({
  name: nameSchema('experiment'),
  clientKey: z.string().min(8, 'The client key is shorter than 8 characters; take a random one.').max(100),
  priority: z.number().int().min(priorities.lowest).max(priorities.highest).nullish(),
});

export interface PlannedVariant {
  readonly name: string;
  readonly recipe: Recipe;
  /** Null where it has yet to be made, or found by its name. */
  readonly known: { readonly id: string; readonly recipeId: string } | null;
}

/** What an experiment consists of. */
export interface ExperimentRequest {
  readonly project: Project;
  readonly variants: readonly PlannedVariant[];
  readonly datasets: readonly Dataset[];
  readonly seeds: readonly number[];
}

/** Reads what somebody plans. @throws InvalidInput, NotAllowed, NotFound */
export async function readPlan(context: Context, raw: unknown): Promise<ExperimentRequest> {
  signedIn(context);
  return planned(context, parse(planSchema, raw));
}

export interface StartRequest extends ExperimentRequest {
  readonly name: string;
  readonly clientKey: string;
  readonly priority: number;
}

/** Reads what somebody starts. @throws InvalidInput, NotAllowed, NotFound */
export async function readStart(context: Context, raw: unknown): Promise<StartRequest> {
  signedIn(context);
  const input = parse(startSchema, raw);
  return { ...(await planned(context, input)), name: input.name, clientKey: input.clientKey, priority: input.priority ?? 0 };
}

async function planned(context: Context, input: z.output<typeof planSchema>): Promise<ExperimentRequest> {
  const project = await context.db.project.findUnique({ where: { id: rowIdOf('Project', input.projectId) } });
  if (!project) throw new NotFound('Project');
  assertPermission(context, 'experiment.start', project.teamId, 'Project');
  distinct('seeds', input.seeds.map(String), 'seed');
  const cells = input.variants.length * input.datasetIds.length * input.seeds.length;
  if (cells > mostRuns)
    throw InvalidInput.at('seeds', `That makes ${cells} runs; an experiment has at most ${mostRuns}: take fewer seeds.`);
  const variants: PlannedVariant[] = [];
  for (const [index, variant] of input.variants.entries())
    variants.push(await plannedVariant(context, project.id, variant, `variants.${index}`));
  distinct(
    'variants',
    variants.map(({ name }) => name),
    'variant',
  );
  distinct('datasetIds', input.datasetIds, 'dataset');
  const ids = input.datasetIds.map((id) => rowIdOf('Dataset', id));
  const found = await context.db.dataset.findMany({ where: { id: { in: ids }, projectId: project.id, deletedAt: null } });
  const datasets = ids.map((id) => {
    const dataset = found.find((one) => one.id === id);
    if (!dataset) throw new NotFound('Dataset');
    return dataset;
  });
  return { project, variants, datasets, seeds: input.seeds };
}

async function plannedVariant(
  { db }: Context,
  projectId: string,
  { variantId, recipe: named, name }: z.output<typeof variantSchema>,
  field: string,
): Promise<PlannedVariant> {
  if (variantId) {
    const row = await db.variant.findFirst({ where: { id: rowIdOf('Variant', variantId), projectId }, include: { recipe: true } });
    if (!row) throw new NotFound('Variant');
    return trainable({ name: row.name, recipe: resolveRecipe(row.recipe.document as object), known: row }, `${field}.variantId`);
  }
  if (!named) throw InvalidInput.at(field, 'Name a variant of the project, or a recipe with a name for the variant.');
  if (!name) throw InvalidInput.at(`${field}.name`, 'Give the variant a name.');
  const recipe = recipeAt(`${field}.recipe`, () => resolve(named.base, named.sets));
  return trainable({ name, recipe, known: null }, `${field}.recipe`);
}

function trainable(variant: PlannedVariant, field: string): PlannedVariant {
  if (variant.recipe.regime.kind !== 'orientation') return variant;
  throw InvalidInput.at(
    field,
    `${variant.name} trains a localisation network alone; take a variant that begins with one, and it is trained first by itself.`,
  );
}

function distinct(field: string, values: readonly string[], what: string): void {
  const twice = values.find((value, i) => values.indexOf(value) !== i);
  if (twice !== undefined)
    throw InvalidInput.at(
      field,
      what === 'dataset' ? 'A dataset is named twice.' : `The ${what} ${twice} is named twice; give each one once.`,
    );
}
