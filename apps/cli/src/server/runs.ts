import { CATALOGUE, recipeHash, resolveRecipe, type Recipe } from '@plumbline/ml/recipes';
import { z } from 'zod';
import { UsageError } from '../failure.ts';
import { done, REFUSED, type Server } from './connection.ts';
import type { Named } from './places.ts';
import { RUN, workSchema, type TrainingRun } from './states.ts';

const runSchema = workSchema.transform((work, context) => {
  if (work.__typename === 'TrainingRun') return work;
  context.addIssue({ code: 'custom', message: 'not a run' });
  return z.NEVER;
});
const runsSchema = z.object({
  project: z.object({ trainingRuns: z.object({ edges: z.array(z.object({ node: runSchema })) }) }).nullable(),
});

/** The latest runs of a project, newest first. */
export async function runsOf(server: Server, project: Named, signal: AbortSignal): Promise<TrainingRun[]> {
  const query = `query Runs($id: ID!) { project(id: $id) { trainingRuns(first: 20) { edges { node { ${RUN} } } } } }`;
  const { project: found } = await server.askPatiently(runsSchema, query, { id: project.id }, signal);
  return found?.trainingRuns.edges.map(({ node }) => node) ?? [];
}

export interface RunRequest {
  readonly dataset: Named;
  /** A name of the catalogue, or a recipe's file. */
  readonly base: string;
  readonly sets: readonly string[];
  /** The recipe that these come to. */
  readonly recipe: Recipe;
  readonly seed: number;
  readonly epochs: number | null;
  readonly variantName: string | null;
}

/**
 * Queues a training.
 * @throws UsageError with the server's sentence where it refuses
 */
export async function startRun(server: Server, request: RunRequest): Promise<TrainingRun> {
  const { dataset, base, sets, recipe, seed, epochs } = request;
  const known = CATALOGUE.some(({ name }) => name === base);
  const input = {
    datasetId: dataset.id,
    recipe: known ? { base, sets } : { base: 'ae', sets: settingsOf(recipe) },
    variantName: request.variantName ?? variantNameOf(recipe, epochs),
    seed,
    ...(epochs === null ? {} : { epochs }),
  };
  const mutation = `mutation Train($input: StartTrainingInput!) {
    startTraining(input: $input) { __typename ... on StartTrainingSuccess { trainingRun { ${RUN} } } ${REFUSED} }
  }`;
  const answer = await server.ask(z.object({ startTraining: z.unknown() }), mutation, { input });
  return done(z.object({ trainingRun: runSchema }), answer.startTraining).trainingRun;
}

/** The recipe's own name where it is one of the catalogue as it is, else with the beginning of its hash: a name stands for one recipe. */
function variantNameOf(recipe: Recipe, epochs: number | null): string {
  const whole = epochs === null ? recipe : resolveRecipe(recipe, [`training.epochs=${epochs}`]);
  const named = CATALOGUE.find(({ name }) => name === recipe.name);
  const hash = recipeHash(whole);
  return named && recipeHash(resolveRecipe(named.name)) === hash ? recipe.name : `${recipe.name} ${hash.slice(0, 8)}`;
}

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree => value !== null && typeof value === 'object' && !Array.isArray(value);
/** Keys that choose the form of their object: setting one drops what belonged to the other form. */
const formKeys = new Set(['kind', 'by']);

/**
 * The settings that make the recipe out of `ae`: recipes travel by name and settings.
 * @throws UsageError for a recipe that cannot be said so
 */
export function settingsOf(recipe: Recipe): string[] {
  const settings: string[] = [];
  const collect = (tree: Tree, base: unknown, path: string): void => {
    const below = isTree(base) ? base : {};
    const otherForm = [...formKeys].some((key) => key in tree && tree[key] !== below[key]);
    const entries = Object.entries(tree).sort(([a], [b]) => Number(formKeys.has(b)) - Number(formKeys.has(a)));
    for (const [key, value] of entries) {
      const before = otherForm ? undefined : below[key];
      if (isTree(value)) collect(value, before, `${path}${key}.`);
      else if (value !== before) settings.push(`${path}${key}=${String(value)}`);
    }
  };
  const { name: _name, ...document } = recipe;
  collect(document, resolveRecipe('ae'), '');
  if (recipeHash(resolveRecipe('ae', settings)) !== recipeHash(recipe))
    throw new UsageError(
      'This recipe file cannot be said in settings; name a recipe of the catalogue with --recipe and change it with --set.',
    );
  return settings;
}
