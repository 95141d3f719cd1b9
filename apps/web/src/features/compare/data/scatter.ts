import { sixDigits, type ScoreRange } from '#web/features/residuals/view/score-range.ts';
import type { Member } from './set.ts';

export interface ScoredImage {
  readonly name: string;
  /** Null behind a link. */
  readonly id: string | null;
  readonly label: string;
  readonly a: number;
  readonly b: number;
}

/** Images that both evaluations scored, in the order of the first: joined by their ids, as the residual browser does, and by their names where no ids are told. */
export function scoredByBoth(a: Member, b: Member, measure: 'ssim' | 'mse'): ScoredImage[] {
  const keysOf = ({ names, imageIds }: Member) => (a.imageIds.length > 0 && b.imageIds.length > 0 ? imageIds : names);
  const ofB = new Map(keysOf(b).map((key, i) => [key, b.scores[measure][i] ?? null]));
  const keys = keysOf(a);
  return a.names.flatMap((name, i) => {
    const [one, other] = [a.scores[measure][i] ?? null, ofB.get(keys[i]!) ?? null];
    return one === null || other === null ? [] : [{ name, id: a.imageIds[i] ?? null, label: a.labels[i] ?? '', a: one, b: other }];
  });
}

/** A box of scores: from and to of A, from and to of B. */
export type Marked = readonly [number, number, number, number];

/** As the address holds it; null for none. */
export function parseMarked(text: string): Marked | null {
  const numbers = text.split(',').map(Number);
  if (numbers.length !== 4 || text === '' || !numbers.every(Number.isFinite)) return null;
  // Somebody may have typed more digits than an address is written with.
  return numbers.map(sixDigits) as unknown as Marked;
}

export const markedText = (marked: Marked): string => marked.map(sixDigits).join(',');

export const within = ({ a, b }: Pick<ScoredImage, 'a' | 'b'>, [a0, a1, b0, b1]: Marked): boolean => a >= a0 && a <= a1 && b >= b0 && b <= b1;

/** A box as the residual browser's ranges of the two evaluations; of one evaluation on both axes, what lies in both. */
export function rangesOf([a0, a1, b0, b1]: Marked, same: boolean): readonly ScoreRange[] {
  if (same) return [{ from: Math.max(a0, b0), to: Math.min(a1, b1) }];
  return [
    { from: a0, to: a1 },
    { from: b0, to: b1 },
  ];
}

/** Lowest and highest with a little room, so that no point lies on the frame. */
export function roomFor(values: readonly number[]): readonly [number, number] {
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  if (!(high > low)) return Number.isFinite(low) ? [low - 0.5, low + 0.5] : [0, 1];
  const room = (high - low) * 0.04;
  return [low - room, high + room];
}
