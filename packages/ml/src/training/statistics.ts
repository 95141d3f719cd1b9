import type { Mask } from '../geometry/index.ts';
import type { Standardisation } from '../models/index.ts';
import type { Recipe } from '../recipes/index.ts';
import type { PatchStore } from './patches.ts';

export interface RegionStatistics extends Standardisation {
  /** Mean squared difference (0–255 scale) from each channel's mean: the loss of a network that always gives one constant image. */
  readonly variance: number;
}

/** Mean and deviation a channel over the region of interest of all patches; exact, from counts of the 256 values. */
export function regionStatistics(patches: PatchStore, roi: Mask, channels: 1 | 3): RegionStatistics {
  const counts = Array.from({ length: channels }, () => new Float64Array(256));
  for (let i = 0; i < patches.count; i++) {
    const values = patches.at(i);
    for (let pixel = 0; pixel < roi.data.length; pixel++) {
      if (!roi.data[pixel]) continue;
      for (let c = 0; c < channels; c++) {
        const histogram = counts[c]!;
        const value = values[pixel * channels + c]!;
        histogram[value] = histogram[value]! + 1;
      }
    }
  }
  const moments = counts.map((histogram) => {
    const total = histogram.reduce((sum, count) => sum + count, 0);
    const mean = histogram.reduce((sum, count, value) => sum + count * value, 0) / total;
    const variance = histogram.reduce((sum, count, value) => sum + count * (value - mean) ** 2, 0) / total;
    return { mean: mean / 255, variance };
  });
  return {
    mean: moments.map((moment) => moment.mean),
    // A channel without any variation carries nothing; dividing by nothing would.
    deviation: moments.map((moment) => Math.max(Math.sqrt(moment.variance) / 255, 1 / 255)),
    variance: moments.reduce((sum, moment) => sum + moment.variance, 0) / channels,
  };
}

/** How the networks of a recipe see these patches; null where values come as they are. */
export function standardisationOf(
  { standardise }: Pick<Recipe, 'standardise'>,
  { mean, deviation }: RegionStatistics,
): Standardisation | null {
  return standardise === 'roi' ? { mean, deviation } : null;
}
