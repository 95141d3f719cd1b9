import type { ComparedEvaluation } from './document.ts';
import { ComparisonError } from './errors.ts';
import { PAPER_REGIMES } from './paper.ts';

/** A variant: one column of the tables. */
export interface Column {
  /** Its recipe's name; with the start of the recipe's hash behind it where one class has several recipes of that name. */
  readonly name: string;
  /** Place in PAPER_REGIMES; null for a regime that is not among the paper's. */
  readonly regime: number | null;
  readonly recipeHashes: readonly string[];
}

export interface Placed extends ComparedEvaluation {
  readonly column: string;
}

/** The paper's regime of an evaluation: as it states it, else by its recipe's name (`stn-frozen`, `paper/stn-frozen`). */
function regimeOf({ metrics }: ComparedEvaluation): number | null {
  const name = metrics.regime ?? metrics.recipe.replace(/^paper\//, '');
  const at = PAPER_REGIMES.findIndex((regime) => regime === name);
  return at < 0 ? null : at;
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
    return { ...evaluation, column: several.has(recipe) ? `${recipe}@${recipeHash.slice(0, 7)}` : recipe };
  });
  refuseDoubles(placed);
  const columns = new Map<string, Column>();
  for (const evaluation of placed) {
    const known = columns.get(evaluation.column);
    columns.set(evaluation.column, {
      name: evaluation.column,
      regime: known ? known.regime : regimeOf(evaluation),
      recipeHashes: [...new Set([...(known?.recipeHashes ?? []), evaluation.metrics.recipeHash])],
    });
  }
  const order = ({ regime }: Column): number => regime ?? PAPER_REGIMES.length;
  return { columns: [...columns.values()].sort((a, b) => order(a) - order(b)), placed };
}

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
