/** One value a seed (or another unit that pairs). */
export interface SeedValue {
  readonly seed: number;
  readonly value: number;
}

export interface PairedDifferences {
  /** Seeds that both sides have, ascending. */
  readonly seeds: readonly number[];
  /** a − b of each of them. */
  readonly differences: readonly number[];
  /** Seeds that only one side has, ascending: they take no part. */
  readonly unpaired: readonly number[];
}

/** Differences a − b of the seeds both sides have. A seed stands once in a list. */
export function pairedDifferences(a: readonly SeedValue[], b: readonly SeedValue[]): PairedDifferences {
  const left = new Map(a.map(({ seed, value }) => [seed, value]));
  const right = new Map(b.map(({ seed, value }) => [seed, value]));
  const ascending = (seeds: Iterable<number>) => [...seeds].sort((x, y) => x - y);
  const seeds = ascending([...left.keys()].filter((seed) => right.has(seed)));
  return {
    seeds,
    differences: seeds.map((seed) => left.get(seed)! - right.get(seed)!),
    unpaired: ascending(new Set([...left.keys(), ...right.keys()].filter((seed) => !left.has(seed) || !right.has(seed)))),
  };
}
