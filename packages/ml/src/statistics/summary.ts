/** Arithmetic mean. @throws RangeError for no values */
export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('a mean of no values does not exist');
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Standard deviation over repeats.
 * @param divisor `n-1` (the default: the repeats are a sample) or `n` (they are the whole population)
 * @returns null where it is not defined: one value with n − 1
 * @throws RangeError for no values
 */
export function standardDeviation(values: readonly number[], divisor: 'n-1' | 'n' = 'n-1'): number | null {
  const centre = mean(values);
  const degrees = divisor === 'n' ? values.length : values.length - 1;
  if (degrees === 0) return null;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / degrees);
}
