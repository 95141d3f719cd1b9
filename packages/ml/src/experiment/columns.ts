import type { ComparedEvaluation } from './document.ts';
import { ComparisonError } from './errors.ts';
import { PAPER_REGIMES } from './paper.ts';

/** A variant: one column of the tables. */
export interface Column {
  /** Its recipe's name; with the start of the recipe's hash behind it where one class has several recipes of that name. */
  readonly name: string;
  /** What its evaluations call their variants, where all of them say so, else its name; no two columns have the same. */
  readonly title: string;
  /** Place in PAPER_REGIMES; null for a regime that is not among the paper's. */
  readonly regime: number | null;
  /** The same for the first column of the regime's own recipe (`<regime>` or `paper/<regime>`), under which the paper's values stand; null elsewhere. */
  readonly paper: number | null;
  readonly recipeHashes: readonly string[];
}

export interface Placed extends ComparedEvaluation {
  readonly column: string;
}

/** A recipe's name as the regime it would be the recipe of. */
const bareName = (recipe: string): string => recipe.replace(/^paper\//, '');

/** The paper's regime of an evaluation: as it states it, else by its recipe's name (`stn-frozen`, `paper/stn-frozen`). */
function regimeOf({ metrics }: ComparedEvaluation): number | null {
  const name = metrics.regime ?? bareName(metrics.recipe);
  const at = PAPER_REGIMES.findIndex((regime) => regime === name);
  return at < 0 ? null : at;
}

/** Of a recipe where a class has several of its name. */
const hashedName = (recipe: string, recipeHash: string): string => `${recipe}@${recipeHash.slice(0, 7)}`;

/** Index of the column that an evaluation of this recipe stands in; −1 where it is in none. */
export function columnIndex(columns: readonly Pick<Column, 'name'>[], recipe: string, recipeHash: string): number {
  const exact = columns.findIndex(({ name }) => name === hashedName(recipe, recipeHash));
  return exact >= 0 ? exact : columns.findIndex(({ name }) => name === recipe);
}

/**
 * Puts every evaluation into the column of its recipe. Columns stand in the order of the paper's tables, other recipes behind them in
 * order of first appearance.
 * @throws ComparisonError where one class, recipe and seed stand twice
 */
export function columnsOf(evaluations: readonly ComparedEvaluation[]): { readonly columns: Column[]; readonly placed: Placed[] } {
  const hashes = new Map<string, Set<string>>();
  for (const { metrics } of evaluations) {
    const key = JSON.stringify([metrics.recipe, metrics.class]);
    hashes.set(key, (hashes.get(key) ?? new Set()).add(metrics.recipeHash));
  }
  const several = new Set([...hashes].filter(([, found]) => found.size > 1).map(([key]) => (JSON.parse(key) as string[])[0]));
  const placed = evaluations.map((evaluation): Placed => {
    const { recipe, recipeHash } = evaluation.metrics;
    return { ...evaluation, column: several.has(recipe) ? hashedName(recipe, recipeHash) : recipe };
  });
  refuseDoubles(placed);
  const columns = new Map<string, Omit<Column, 'paper' | 'title'> & { readonly recipe: string }>();
  for (const evaluation of placed) {
    const known = columns.get(evaluation.column);
    columns.set(evaluation.column, {
      name: evaluation.column,
      recipe: evaluation.metrics.recipe,
      regime: known ? known.regime : regimeOf(evaluation),
      recipeHashes: [...new Set([...(known?.recipeHashes ?? []), evaluation.metrics.recipeHash])],
    });
  }
  const order = ({ regime }: Pick<Column, 'regime'>): number => regime ?? PAPER_REGIMES.length;
  const inOrder = [...columns.values()].sort((a, b) => order(a) - order(b));
  const firstOf = new Map<number, string>();
  for (const { name, recipe, regime } of inOrder)
    if (regime !== null && bareName(recipe) === PAPER_REGIMES[regime] && !firstOf.has(regime)) firstOf.set(regime, name);
  const titles = titlesOf(
    inOrder.map(({ name }) => name),
    placed,
  );
  return {
    columns: inOrder.map(({ name, regime, recipeHashes }, i) => ({
      ...{ name, title: titles[i]!, regime, recipeHashes },
      paper: regime !== null && firstOf.get(regime) === name ? regime : null,
    })),
    placed,
  };
}

function titlesOf(names: readonly string[], placed: readonly Placed[]): string[] {
  const called = names.map((name) => {
    const variants = new Set(placed.filter(({ column }) => column === name).map(({ metrics }) => metrics.variant ?? null));
    return variants.has(null) ? name : [...variants].join(', ');
  });
  // One variant may have had several recipes, or be called as another's recipe.
  const titles = called.map((title, i) => (called.filter((other) => other === title).length > 1 ? `${title} (${names[i]})` : title));
  // Somebody may have called a variant by such a title: then names stand for all.
  return new Set(titles).size === titles.length ? titles : [...names];
}

/** The title of the column of that name. */
export const titleIn = ({ columns }: { readonly columns: readonly Pick<Column, 'name' | 'title'>[] }, name: string): string =>
  columns.find((column) => column.name === name)?.title ?? name;

function refuseDoubles(placed: readonly Placed[]): void {
  const seen = new Map<string, Placed>();
  for (const evaluation of placed) {
    const { metrics, column, name } = evaluation;
    const key = JSON.stringify([metrics.class, column, metrics.seed]);
    const first = seen.get(key);
    if (first)
      throw new ComparisonError(
        `${first.name} and ${name} are both ${metrics.class}, ${column}, seed ${metrics.seed}; leave one out, or train another seed.`,
      );
    seen.set(key, evaluation);
  }
}
