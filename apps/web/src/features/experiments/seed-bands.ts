import { mean, standardDeviation } from '@plumbline/ml/statistics';

export interface EpochPoint {
  readonly series: string;
  readonly epoch: number;
  readonly value: number;
}

/** A variant's loss over epochs: mean, lowest and highest over the seeds that have reached an epoch. */
export interface SeedBand {
  readonly name: string;
  /** All by index of `BandColumns.epochs`; null where no seed has a value. */
  readonly mean: readonly (number | null)[];
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
  readonly seeds: readonly number[];
}

export interface BandColumns {
  readonly epochs: readonly number[];
  readonly bands: readonly SeedBand[];
}

export interface VariantCurves {
  readonly name: string;
  /** One curve a seed. */
  readonly curves: readonly (readonly EpochPoint[])[];
}

/** Columns as a plot takes them, over the union of all epochs. Values that are not finite are left out. */
export function seedBands(variants: readonly VariantCurves[], series: 'train' | 'validation'): BandColumns {
  const valuesOf = ({ name, curves }: VariantCurves) => {
    const values = new Map<number, number[]>();
    for (const { epoch, value, ...point } of curves.flat())
      if (point.series === series && Number.isFinite(value)) {
        const known = values.get(epoch);
        if (known) known.push(value);
        else values.set(epoch, [value]);
      }
    return { name, values };
  };
  const all = variants.map(valuesOf);
  const epochs = [...new Set(all.flatMap(({ values }) => [...values.keys()]))].sort((a, b) => a - b);
  const bands = all.map(({ name, values }): SeedBand => {
    const column = (of: (found: readonly number[]) => number) => epochs.map((epoch) => (values.has(epoch) ? of(values.get(epoch)!) : null));
    return {
      name,
      mean: column(mean),
      low: column((found) => Math.min(...found)),
      high: column((found) => Math.max(...found)),
      seeds: epochs.map((epoch) => values.get(epoch)?.length ?? 0),
    };
  });
  return { epochs, bands };
}

/** Mean and sample deviation; the deviation is null for fewer than two. Null for none. */
export function spreadOf(
  values: readonly number[],
): { readonly mean: number; readonly deviation: number | null; readonly count: number } | null {
  return values.length === 0 ? null : { mean: mean(values), deviation: standardDeviation(values), count: values.length };
}
