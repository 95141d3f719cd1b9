/** Evaluations that cannot be compared, or a file that is not an evaluation's. The message is one sentence: what, where, remedy. */
export class ComparisonError extends Error {
  override readonly name = 'ComparisonError';
}
