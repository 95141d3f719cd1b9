import type { FloatMap } from '@plumbline/ml/geometry';

/**
 * Values of a map counted in equal bins of a scale; what lies beyond an end is counted in the bin there, so that nothing is left out.
 * @returns shares of all values, summing to 1; all 0 for an empty map
 */
export function mapHistogram({ data }: FloatMap, range: { readonly minimum: number; readonly maximum: number }, bins = 64): Float64Array {
  const counts = new Float64Array(bins);
  const factor = bins / (range.maximum - range.minimum);
  for (let i = 0; i < data.length; i++) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor((data[i]! - range.minimum) * factor)));
    counts[bin] = counts[bin]! + 1;
  }
  return data.length === 0 ? counts : counts.map((value) => value / data.length);
}

/** The value that a share of the map's values stay below: the end of a scale that one pane asks for itself. */
export function quantileOf({ data }: FloatMap, share: number): number {
  const sorted = data.slice().sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

/**
 * A − B, value by value.
 * @throws Error where the maps are of different sizes: pixels of different scales have nothing to subtract
 */
export function differenceMap(a: FloatMap, b: FloatMap): FloatMap {
  if (a.width !== b.width || a.height !== b.height)
    throw new Error(
      `The two networks see the image at ${a.width}×${a.height} and ${b.width}×${b.height} px: choose two variants of one scale to subtract them.`,
    );
  return { ...a, data: a.data.map((value, i) => value - b.data[i]!) };
}
