/** Round numbers from `from` to `to`, about `wanted` of them, both ends included where they are round. @param whole no fractions, for counts */
export function ticks(from: number, to: number, wanted: number, whole = false): number[] {
  if (!(to > from) || !Number.isFinite(to - from)) return [from];
  const rough = Math.max(whole ? 1 : 0, (to - from) / Math.max(1, wanted));
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    [1, 2, 2.5, 5, 10]
      .map((s) => s * power)
      .filter((s) => !whole || Number.isInteger(s))
      .find((s) => s >= rough * (1 - 1e-9)) ?? 10 * power;
  const found: number[] = [];
  for (let k = Math.ceil(from / step - 1e-9); k * step <= to + step * 1e-9; k++) found.push(Number((k * step).toPrecision(12)));
  return found;
}

/** Tick texts with the decimals that the step needs, alike for all of them. */
export function tickTexts(values: readonly number[]): string[] {
  const decimals = values.reduce((most, value) => Math.max(most, (String(value).split('.')[1] ?? '').length), 0);
  return values.map((value) => value.toFixed(Math.min(6, decimals)));
}

export interface Plot {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}
/** Maps a value of [from, to] to a position of the plot. */
export function position(value: number, from: number, to: number, start: number, length: number): number {
  return start + ((value - from) / (to - from)) * length;
}
