/** What is better: the higher value or the lower one. */
export type Direction = 'higher' | 'lower';

/**
 * Ranks of values, 1 for the lowest; equal values share the mean of their ranks (mid-ranks), so ranks may end in a half.
 * @throws RangeError for a value that is not a number
 */
export function midRanks(values: readonly number[]): number[] {
  if (values.some(Number.isNaN)) throw new RangeError('a value that is not a number has no rank');
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let i = from; i < to; i++) ranks[order[i]!] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

/** Mid-ranks of methods, 1 for the best. */
export function ranksOf(values: readonly number[], better: Direction): number[] {
  return midRanks(better === 'higher' ? values.map((value) => -value) : values);
}

/** Places of methods as in the paper's Table 9: 1 + how many are better, so ties share the better place (1, 1, 1, 4). */
export function placesOf(values: readonly number[], better: Direction): number[] {
  return values.map((value) => 1 + values.filter((other) => (better === 'higher' ? other > value : other < value)).length);
}

/**
 * How often each method takes each place.
 * @param places one list of places a row (data set or metric), one entry a method
 * @returns [place − 1][method]
 */
export function countPlaces(places: readonly (readonly number[])[], methods: number): number[][] {
  return Array.from({ length: methods }, (_, place) =>
    Array.from({ length: methods }, (_, method) => places.filter((row) => row[method] === place + 1).length),
  );
}

/** Mean rank of each method over the rows. @throws RangeError for no rows */
export function averageRanks(ranks: readonly (readonly number[])[]): number[] {
  const [first] = ranks;
  if (!first) throw new RangeError('there are no rows to average ranks over');
  return first.map((_, method) => ranks.reduce((sum, row) => sum + row[method]!, 0) / ranks.length);
}
