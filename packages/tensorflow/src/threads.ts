/** Environment variables by name, as process.env has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * How many threads are asked for: PLUMBLINE_THREADS, or null for as many as there are processors.
 * @throws RangeError when it is not a positive whole number
 */
export function wantedThreads(env: Environment = process.env): number | null {
  if (!env.PLUMBLINE_THREADS) return null;
  const threads = Number(env.PLUMBLINE_THREADS);
  if (Number.isInteger(threads) && threads > 0) return threads;
  throw new RangeError(
    `PLUMBLINE_THREADS is ${env.PLUMBLINE_THREADS}; give a whole number of at least 1, or leave it out to use all processors.`,
  );
}
