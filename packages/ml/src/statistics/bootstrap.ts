import { quantile } from '../metrics/index.ts';
import type { Random } from '../random/index.ts';
import { mean } from './summary.ts';

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
 * @param sizes units of each group that is drawn by itself, e.g. [good images, defective images] or [images, seeds]
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

/**
 * Interval of the mean difference of two variants' values an image, each image paired with itself and each seed with itself.
 * @param a, b [seed][image]: the same seeds and images in the same order
 * @param over what is drawn anew: `images` (these networks, other parts), `seeds` (other trainings, these parts) or `both`
 * @throws RangeError where the two do not pair
 */
export function bootstrapPairedMean(
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
  over: 'images' | 'seeds' | 'both',
  options: BootstrapOptions,
): Interval {
  const images = a[0]?.length ?? 0;
  const pairs = a.length === b.length && [...a, ...b].every((row) => row.length === images);
  if (!pairs) throw new RangeError('values of two variants do not pair; both must have the same seeds and images');
  const differences = a.map((row, seed) => row.map((value, image) => value - b[seed]![image]!));
  if (over === 'seeds') return bootstrapMean(differences.map(mean), options);
  if (over === 'images') {
    const perImage = Array.from({ length: images }, (_, image) => mean(differences.map((row) => row[image]!)));
    return bootstrapMean(perImage, options);
  }
  return bootstrapInterval(
    [images, differences.length],
    ([drawnImages, drawnSeeds]) => {
      let sum = 0;
      for (let s = 0; s < drawnSeeds!.length; s++) sum += meanAt(differences[drawnSeeds![s]!]!, drawnImages!);
      return sum / drawnSeeds!.length;
    },
    options,
  );
}

function meanAt(values: readonly number[], drawn: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < drawn.length; i++) sum += values[drawn[i]!]!;
  return sum / drawn.length;
}
