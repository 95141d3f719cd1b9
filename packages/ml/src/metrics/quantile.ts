import { bitsOf, BadScoresError, sortableKey, valueOfKey } from './float-keys.ts';

/** @throws BadScoresError where q is no share */
export function requireShare(q: number): void {
  if (!(q >= 0 && q <= 1)) throw new BadScoresError(`a quantile of ${q} does not exist; it must be from 0 to 1`);
}

/** Quantile with linear interpolation at position q·(n − 1) of the sorted values (NumPy's default). */
export function quantile(values: readonly number[] | Float32Array, q: number): number {
  return values instanceof Float32Array ? quantileOfMaps([values], q) : interpolate(q, values.length, new Float64Array(values).sort());
}

function interpolate(q: number, count: number, sorted: ArrayLike<number>): number {
  requireShare(q);
  if (count === 0) throw new BadScoresError('a quantile of no values does not exist');
  const at = q * (count - 1);
  const low = Math.floor(at);
  const below = sorted[low]!;
  const above = sorted[Math.min(low + 1, count - 1)]!;
  if (!Number.isFinite(below) || !Number.isFinite(above))
    throw new BadScoresError('a quantile of values that are not finite does not exist');
  return below + (above - below) * (at - low);
}

const halfBits = 16;
const cells = 1 << halfBits;

/** The key of a rank (ascending, 0 first), found by counting the upper and then the lower half of their bits. */
function keyOfRank(maps: readonly Float32Array[], rank: number): number {
  let before = 0;
  const pick = (counts: Float64Array) => {
    let cell = 0;
    while (before + counts[cell]! <= rank) before += counts[cell++]!;
    return cell;
  };
  const upper = new Float64Array(cells);
  for (const map of maps) {
    const bits = bitsOf(map);
    for (let i = 0; i < bits.length; i++) {
      const cell = sortableKey(bits[i]!) >>> halfBits;
      upper[cell] = upper[cell]! + 1;
    }
  }
  const high = pick(upper);
  const lower = new Float64Array(cells);
  for (const map of maps) {
    const bits = bitsOf(map);
    for (let i = 0; i < bits.length; i++) {
      const key = sortableKey(bits[i]!);
      if (key >>> halfBits !== high) continue;
      const cell = key & (cells - 1);
      lower[cell] = lower[cell]! + 1;
    }
  }
  return ((high << halfBits) | pick(lower)) >>> 0;
}

/** The same over the pooled values of many maps, exact and without a copy of them. */
export function quantileOfMaps(maps: readonly Float32Array[], q: number): number {
  requireShare(q);
  const count = maps.reduce((sum, map) => sum + map.length, 0);
  if (count === 0) throw new BadScoresError('a quantile of no values does not exist');
  const at = q * (count - 1);
  const low = Math.floor(at);
  const below = valueOfKey(keyOfRank(maps, low));
  if (at === low) return below;
  return below + (valueOfKey(keyOfRank(maps, low + 1)) - below) * (at - low);
}

/** Mean of the `count` highest values, float64, without sorting them. */
export function meanOfHighest(values: Float32Array, count: number): number {
  if (!(count >= 1 && count <= values.length)) throw new BadScoresError(`the highest ${count} of ${values.length} values do not exist`);
  const lowest = valueOfKey(keyOfRank([values], values.length - count));
  let sum = 0;
  let above = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i]! <= lowest) continue;
    sum += values[i]!;
    above++;
  }
  // Values equal to the lowest of them fill the rest.
  return (sum + (count - above) * lowest) / count;
}
