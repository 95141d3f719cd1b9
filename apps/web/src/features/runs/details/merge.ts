/** What came later joins what is known: a known key is replaced, the order is by key, and only the last `most` are kept. */
export function mergeBy<Row>(
  known: readonly Row[],
  fresh: readonly Row[],
  keyOf: (row: Row) => number,
  most = Number.POSITIVE_INFINITY,
): readonly Row[] {
  if (fresh.length === 0) return known;
  const rows = new Map([...known, ...fresh].map((row) => [keyOf(row), row]));
  return [...rows]
    .sort(([a], [b]) => a - b)
    .map(([, row]) => row)
    .slice(-Math.min(most, rows.size));
}
