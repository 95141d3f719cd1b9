import { BUDGET_SETTINGS, type Budget } from './budgets.ts';
import { needsLocalisation, orientationRecipe, recipeHash } from '../recipes/index.ts';
import { experimentRecipe, type ClassImages, type ExperimentRecipe, type Variant } from './experiment-recipe.ts';

/** An experiment that cannot be planned as asked. The message is one sentence: what, where, remedy. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
}

/** One class of an experiment. */
export interface ExperimentClass extends ClassImages {
  /** Name of the dataset; a folder is called so. */
  readonly name: string;
  /** Of every image and mask. */
  readonly dataHash: string;
}

export interface ExperimentRequest {
  readonly classes: readonly ExperimentClass[];
  /** Variants; tasks come in this order. Tables have an order of their own: the paper's, other variants behind it. */
  readonly regimes: readonly Variant[];
  readonly budget: Budget;
  /** How many, from seed 1 on; default what the budget says. */
  readonly seeds?: number;
}

interface TaskOfRun {
  /** Unique, and the task's folder inside the experiment's. */
  readonly id: string;
  readonly class: string;
  readonly seed: number;
  /** Ids of what must be finished before. */
  readonly needs: readonly string[];
}

/** A step of an experiment; who executes it decides where and when, never what. */
export type PlannedTask =
  /** Trains the localisation network that several regimes of one class and seed share. */
  | (TaskOfRun & { readonly kind: 'orientation'; readonly recipe: string })
  /** Trains an autoencoder in one regime; `orientation` is the task whose network it takes over. */
  | (TaskOfRun & {
      readonly kind: 'reconstruction';
      readonly regime: Variant;
      readonly recipe: string;
      readonly orientation: string | null;
    })
  /** Evaluates the run of a reconstruction task on the test images. */
  | (TaskOfRun & { readonly kind: 'evaluation'; readonly regime: Variant; readonly run: string });

export interface ExperimentPlan {
  readonly format: 1;
  readonly budget: Budget;
  readonly classes: readonly ExperimentClass[];
  readonly regimes: readonly Variant[];
  readonly seeds: readonly number[];
  /** By `<class>/<regime>`, and `<class>/orientation` where a regime needs it. */
  readonly recipes: Readonly<Record<string, ExperimentRecipe>>;
  /** In an order in which each comes after what it needs; tables and report follow on all of them. */
  readonly tasks: readonly PlannedTask[];
}

/**
 * What an experiment consists of: classes × regimes × seeds → trainings, their order and their evaluations. Pure: `plumbline reproduce` executes it in
 * processes, and any other executor comes to the same results. Everything of a seed comes before the next seed, so that what is there is comparable early.
 * All regimes of one class and seed share the seed, and with it data, order of patches and held-out images: their differences are paired.
 * @throws PlanError for no or repeated classes or regimes, or no seeds
 */
export function planExperiment(request: ExperimentRequest): ExperimentPlan {
  const { classes, regimes, budget, seeds: count = BUDGET_SETTINGS[budget].seeds } = request;
  requireDistinct(
    'class',
    classes.map((entry) => entry.name),
  );
  requireDistinct('regime', regimes);
  if (!Number.isSafeInteger(count) || count < 1) throw new PlanError(`${count} seeds are not possible; give a whole number from 1.`);
  const seeds = Array.from({ length: count }, (_, i) => i + 1);
  const recipes = Object.fromEntries(classes.flatMap((entry) => recipesOf(entry, regimes, budget)));
  return {
    format: 1,
    budget,
    classes: classes.map(({ name, dataHash, shortSide, channels }) => ({ name, dataHash, shortSide, channels })),
    regimes,
    seeds,
    recipes,
    tasks: seeds.flatMap((seed) => classes.flatMap(({ name }) => tasksOf(name, regimes, seed, recipes))),
  };
}

/** Of every regime, and of the training that makes a localisation network for those that begin with one. */
function recipesOf(entry: ExperimentClass, regimes: readonly Variant[], budget: Budget): [string, ExperimentRecipe][] {
  const own = regimes.map((regime): [string, ExperimentRecipe] => [`${entry.name}/${regime}`, experimentRecipe(regime, budget, entry)]);
  if (!own.some(([, { recipe }]) => needsLocalisation(recipe))) return own;
  // The same whoever takes it.
  const recipe = orientationRecipe(experimentRecipe('stn-frozen', budget, entry).recipe);
  return [[`${entry.name}/orientation`, { recipe, hash: recipeHash(recipe) }], ...own];
}

function tasksOf(name: string, regimes: readonly Variant[], seed: number, recipes: ExperimentPlan['recipes']): PlannedTask[] {
  const common = { class: name, seed };
  const shared = recipes[`${name}/orientation`] ? `orientation/${name}/seed-${seed}` : null;
  const trained = regimes.flatMap((regime): PlannedTask[] => {
    const run = `runs/${name}/${regime}/seed-${seed}`;
    const key = `${name}/${regime}`;
    const orientation = needsLocalisation(recipes[key]!.recipe) ? shared : null;
    const needs = orientation === null ? [] : [orientation];
    return [
      { ...common, id: run, kind: 'reconstruction', regime, recipe: key, orientation, needs },
      { ...common, id: `evaluations/${name}/${regime}/seed-${seed}`, kind: 'evaluation', regime, run, needs: [run] },
    ];
  });
  if (shared === null) return trained;
  return [{ ...common, id: shared, kind: 'orientation', recipe: `${name}/orientation`, needs: [] }, ...trained];
}

function requireDistinct(what: 'class' | 'regime', names: readonly string[]): void {
  if (names.length === 0) throw new PlanError(`There is no ${what} to try; name at least one.`);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new PlanError(`The ${what} ${twice} is named twice; give each one once, under a name of its own.`);
}
