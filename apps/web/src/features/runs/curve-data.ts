export interface CurvePoint {
  readonly series: string;
  readonly step: number;
  readonly epoch: number;
  readonly value: number;
}

/** Columns as a plot takes them: ascending steps, and per series a value or null. */
export interface CurveColumns {
  readonly steps: number[];
  /** Mean epoch at the step, for reading. */
  readonly epochs: number[];
  readonly step: (number | null)[];
  readonly train: (number | null)[];
  readonly validation: (number | null)[];
}

/** Points by series and step; a later point replaces an earlier one (a retried attempt writes the same steps again). */
export function mergePoints(known: readonly CurvePoint[], fresh: readonly CurvePoint[]): CurvePoint[] {
  if (fresh.length === 0) return known as CurvePoint[];
  const merged = new Map(known.map((point) => [`${point.series}/${point.step}`, point]));
  for (const point of fresh) merged.set(`${point.series}/${point.step}`, point);
  return [...merged.values()];
}

/** Turns points in any order into columns over the union of their steps. Points that are not finite are left out. */
export function curveColumns(points: readonly CurvePoint[]): CurveColumns {
  const rows = new Map<number, { epoch: number; step: number | null; train: number | null; validation: number | null }>();
  for (const { series, step, epoch, value } of points) {
    if (!Number.isFinite(value)) continue;
    const row = rows.get(step) ?? { epoch, step: null, train: null, validation: null };
    if (series === 'step' || series === 'train' || series === 'validation') row[series] = value;
    row.epoch = epoch;
    rows.set(step, row);
  }
  const steps = [...rows.keys()].sort((a, b) => a - b);
  const column = <K extends 'epoch' | 'step' | 'train' | 'validation'>(name: K) => steps.map((step) => rows.get(step)![name]);
  return { steps, epochs: column('epoch'), step: column('step'), train: column('train'), validation: column('validation') };
}

/** The lowest validation loss and where it was; null before the first. */
export function bestValidation(points: readonly CurvePoint[]): CurvePoint | null {
  let best: CurvePoint | null = null;
  for (const point of points)
    if (point.series === 'validation' && Number.isFinite(point.value) && (best === null || point.value < best.value)) best = point;
  return best;
}

/** Validation values in order, for a small curve without axes. */
export function sparkline(points: readonly CurvePoint[]): number[] {
  const columns = curveColumns(points);
  const validation = columns.validation.filter((value) => value !== null);
  return validation.length > 1 ? validation : columns.step.filter((value) => value !== null);
}
