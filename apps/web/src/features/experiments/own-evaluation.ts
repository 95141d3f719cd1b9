/**
 * The evaluation that a run brought about itself, on its own version under its recipe's protocol: what an experiment compares. Those that somebody
 * started by hand may have any other protocol. Null before there is one.
 */
export function ownEvaluation<T extends { readonly createdBy: object | null }>(evaluations: readonly T[]): T | null {
  return evaluations.findLast(({ createdBy }) => createdBy === null) ?? null;
}
