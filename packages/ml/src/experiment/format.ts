/** Decimals of every metric in the tables, as in the paper's. */
export const DECIMALS = 4;

/** A metric as the tables print it. */
export const fixed = (value: number): string => value.toFixed(DECIMALS);

/** The number that the tables print: places, ties and ranks are counted on it, so that anyone can recount them from the page. */
export const atPrintedPrecision = (value: number): number => Number(fixed(value));

/** Mean ± standard deviation; the mean alone where one repeat has no spread; a dash without a value. */
export function spreadText(mean: number | null, std: number | null): string {
  if (mean === null) return '–';
  return std === null ? fixed(mean) : `${fixed(mean)} ± ${fixed(std)}`;
}

/** A difference with its sign; no sign for what prints as zero. */
export function signed(value: number): string {
  const text = fixed(Math.abs(value));
  if (Number(text) === 0) return text;
  return `${value < 0 ? '-' : '+'}${text}`;
}

export const intervalText = ({ low, high }: { readonly low: number; readonly high: number }): string => `[${signed(low)}, ${signed(high)}]`;

/** A p-value: four decimals, or that it is lower. */
export const probability = (p: number): string => (p < 0.00005 ? '<0.0001' : fixed(p));

/** Whole numbers as ranges: 1–3, 5. */
export function ranges(values: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const value of values.toSorted((a, b) => a - b)) {
    const last = parts.at(-1);
    if (last && value === last[1] + 1) last[1] = value;
    else parts.push([value, value]);
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}

/** 1st, 2nd, 3rd, 4th, 11th, 21st. */
export function ordinal(place: number): string {
  const last = place % 100 > 10 && place % 100 < 14 ? 0 : place % 10;
  return `${place}${{ 1: 'st', 2: 'nd', 3: 'rd' }[last] ?? 'th'}`;
}
