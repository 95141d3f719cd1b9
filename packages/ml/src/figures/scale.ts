/** Where values lie along an axis. */
export interface Scale {
  readonly kind: 'linear' | 'log';
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
  /** 0 at `from`, 1 at `to`. */
  readonly position: (value: number) => number;
}

const NICE = [1, 2, 2.5, 5, 10] as const;

/** The smallest of 1, 2, 2.5 and 5 times a power of ten that divides `span` into at most `count` steps. */
export function niceStep(span: number, count: number): number {
  const power = 10 ** Math.floor(Math.log10(span / count));
  return power * (NICE.find((factor) => factor * power * count >= span * (1 - 1e-9)) ?? 10);
}

/** An axis from a nice number below the smallest value to one above the largest, or exactly `domain` where it is given. */
export function linearScale(
  values: readonly number[],
  count: number,
  {
    domain,
    step: wanted,
    whole = false,
  }: { readonly domain?: readonly [number, number]; readonly step?: number; readonly whole?: boolean } = {},
): Scale {
  const [low, high] = domain ?? extentOf(values);
  const nice = niceStep(high - low, count);
  const step = wanted ?? (whole ? Math.ceil(nice) : nice);
  const [from, to] = domain ?? [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step];
  const first = Math.ceil(from / step - 1e-9);
  const ticks = Array.from({ length: Math.floor(to / step + 1e-9) - first + 1 }, (_, i) => tidy((first + i) * step));
  return { kind: 'linear', from, to, ticks, position: (value) => (value - from) / (to - from) };
}

/** A logarithmic axis; values that are not positive have no place on it and are ignored. */
export function logScale(values: readonly number[], count: number): Scale {
  const positive = values.filter((value) => value > 0);
  const [low, high] = extentOf(positive.length > 0 ? positive : [1, 10]);
  const linear = linearScale(positive, count);
  // Less than a decade has too few powers of ten: the even steps of a linear axis tell more.
  if (positive.length > 0 && high / low < 6 && linear.from > 0)
    return { ...linear, kind: 'log', position: (value) => Math.log(value / linear.from) / Math.log(linear.to / linear.from) };
  const candidates = ticksOfDecades(Math.floor(Math.log10(low)), Math.ceil(Math.log10(high)));
  const best = candidates.find((ticks) => ticks.filter((tick) => tick >= low && tick <= high).length >= Math.min(3, count));
  const all = best ?? candidates.at(-1)!;
  const from = all.findLast((tick) => tick <= low * (1 + 1e-9)) ?? low;
  const to = all.find((tick) => tick >= high * (1 - 1e-9)) ?? high;
  const position = (value: number): number => Math.log(value / from) / Math.log(to / from);
  return {
    kind: 'log',
    from,
    to,
    ticks: thinned(
      all.filter((tick) => tick >= from && tick <= to),
      count,
    ),
    position,
  };
}

/** Ticks of whole decades, then finer and finer ones. */
function ticksOfDecades(first: number, last: number): number[][] {
  return [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9]].map((factors) => {
    const ticks: number[] = [];
    for (let decade = first; decade <= last; decade++) ticks.push(...factors.map((factor) => tidy(factor * 10 ** decade)));
    return ticks;
  });
}

const thinned = (ticks: readonly number[], count: number): number[] => {
  const every = Math.max(1, Math.ceil(ticks.length / (count + 1)));
  return ticks.filter((_, i) => i % every === 0);
};

/** Smallest and largest value, never equal. */
function extentOf(values: readonly number[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return [0, 1];
  if (low < high) return [low, high];
  return low === 0 ? [0, 1] : [low - Math.abs(low) * 0.1, low + Math.abs(low) * 0.1];
}

/** Without the last digits that binary fractions leave. */
const tidy = (value: number): number => Number(value.toPrecision(12));

/** Labels of an axis: all with the decimals that tell neighbours apart; powers of ten where numbers would be long. */
export function tickLabels({ ticks, kind }: Scale): string[] {
  if (ticks.some((tick) => tick !== 0 && (Math.abs(tick) >= 1e6 || Math.abs(tick) < 1e-4))) return ticks.map(shortExponent);
  const gap = kind === 'log' ? Infinity : Math.min(...ticks.slice(1).map((tick, i) => tick - ticks[i]!));
  const needed = (tick: number): number => decimalsOf(tick);
  const decimals = kind === 'log' ? null : Number.isFinite(gap) ? Math.max(...ticks.map(needed)) : needed(ticks[0] ?? 0);
  return ticks.map((tick) => grouped(tick, decimals ?? needed(tick)));
}

const decimalsOf = (value: number): number => String(tidy(value)).split('.')[1]?.length ?? 0;

/** 12 000 with a thin space from five digits on, and a true minus. */
function grouped(value: number, decimals: number): string {
  const [whole = '', part] = Math.abs(value).toFixed(decimals).split('.');
  const digits = whole.length > 4 ? whole.replaceAll(/\B(?=(\d{3})+$)/g, '\u202f') : whole;
  return `${value < 0 ? '−' : ''}${digits}${part ? `.${part}` : ''}`;
}

const shortExponent = (value: number): string => (value === 0 ? '0' : value.toExponential().replace('e+', 'e').replace('-', '−'));
