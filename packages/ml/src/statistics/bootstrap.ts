import { quantile } from '../metrics/index.ts';
import type { Random } from '../random/index.ts';

export interface BootstrapOptions {
  readonly random: Random;
  /** Default 2000. */
  readonly resamples?: number;
  /** Share of the resamples inside the interval; default 0.95. */
  readonly level?: number;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly level: number;
  readonly resamples: number;
}

/**
 * Percentile bootstrap (Efron 1979): draws every group with replacement, computes the statistic anew, and takes the middle `level` of what comes out.
 * @param sizes units of each group that is drawn by itself, e.g. [good images, defective images]
 * @param statistic of what was drawn: for each group, as many indices as it has units; the arrays are used again for the next draw
 * @throws RangeError for a group without units or a statistic that is not finite
 */
export function bootstrapInterval(
  sizes: readonly number[],
  statistic: (drawn: readonly Int32Array[]) => number,
  { random, resamples = 2000, level = 0.95 }: BootstrapOptions,
): Interval {
  if (sizes.some((size) => size < 1)) throw new RangeError('a group without units cannot be drawn from');
  const drawn = sizes.map((size) => new Int32Array(size));
  const values = Array.from({ length: resamples }, () => {
    for (const group of drawn) for (let i = 0; i < group.length; i++) group[i] = Math.floor(random.next() * group.length);
    return statistic(drawn);
  });
  if (!values.every(Number.isFinite)) throw new RangeError('a resampled statistic is not a finite number');
  const outside = (1 - level) / 2;
  return { low: quantile(values, outside), high: quantile(values, 1 - outside), level, resamples };
}

/** Interval of the mean of paired differences, e.g. one a seed. Few of them give an interval that is too narrow. */
export function bootstrapMean(differences: readonly number[], options: BootstrapOptions): Interval {
  return bootstrapInterval([differences.length], ([drawn]) => meanAt(differences, drawn!), options);
}

function meanAt(values: readonly number[], drawn: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < drawn.length; i++) sum += values[drawn[i]!]!;
  return sum / drawn.length;
}
