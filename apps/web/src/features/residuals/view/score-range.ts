/** Image scores from one value to another, both of them included; null is an open end. */
export interface ScoreRange {
  readonly from: number | null;
  readonly to: number | null;
}

/** A range for each evaluation by its place; null, or nothing there, keeps every score. */
export type RangeByEvaluation = readonly (ScoreRange | null)[];

/** The six significant digits that addresses hold: what is shown is then what a copied link shows. */
export const sixDigits = (value: number): number => Number(value.toPrecision(6));

/** The range with ends as an address holds them; null where both are open. */
export function scoreRange(from: number | null, to: number | null): ScoreRange | null {
  const end = (value: number | null): number | null => (value === null ? null : sixDigits(value));
  return from === null && to === null ? null : { from: end(from), to: end(to) };
}

/** Whether a score lies in a range; one that is not known lies in none. */
export const inRange = (score: number | null, { from, to }: ScoreRange): boolean =>
  score !== null && (from === null || score >= from) && (to === null || score <= to);

const BETWEEN = '..';

/** Ranges as an address holds them: "0.12..0.3,,..0.5". */
export function rangesText(ranges: RangeByEvaluation): string {
  const end = (value: number | null): string => (value === null ? '' : String(sixDigits(value)));
  return ranges.map((range) => (range ? `${end(range.from)}${BETWEEN}${end(range.to)}` : '')).join(',');
}

/** Reads what `rangesText` writes; what is no range there is none. @param most places that are read */
export function parseRanges(text: string | null, most: number): RangeByEvaluation {
  const end = (written: string): number | null | undefined => {
    if (written === '') return null;
    const value = Number(written);
    return written.trim() !== '' && Number.isFinite(value) ? value : undefined;
  };
  const ranges = (text ?? '')
    .split(',')
    .slice(0, most)
    .map((part) => {
      const ends = part.split(BETWEEN).map(end);
      const [from, to] = ends;
      return ends.length !== 2 || from === undefined || to === undefined ? null : scoreRange(from, to);
    });
  while (ranges.length > 0 && ranges.at(-1) === null) ranges.pop();
  return ranges;
}

/** "0.12–0.30", "from 0.12" or "to 0.30". @param decimals more are written where two ends would read alike */
export function rangeWords({ from, to }: ScoreRange, decimals: number): string {
  if (from === null || to === null) return to === null ? `from ${from!.toFixed(decimals)}` : `to ${to.toFixed(decimals)}`;
  let digits = decimals;
  while (from !== to && digits < 9 && from.toFixed(digits) === to.toFixed(digits)) digits++;
  return `${from.toFixed(digits)}–${to.toFixed(digits)}`;
}
