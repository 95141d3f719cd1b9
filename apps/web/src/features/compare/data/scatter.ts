import type { Member } from './set.ts';

export interface ScoredImage {
  readonly name: string;
  /** Null behind a link. */
  readonly id: string | null;
  readonly label: string;
  readonly a: number;
  readonly b: number;
}

/** Images that both evaluations scored, in the order of the first. */
export function scoredByBoth(a: Member, b: Member, measure: 'ssim' | 'mse'): ScoredImage[] {
  const ofB = new Map(b.names.map((name, i) => [name, b.scores[measure][i] ?? null]));
  return a.names.flatMap((name, i) => {
    const [one, other] = [a.scores[measure][i] ?? null, ofB.get(name) ?? null];
    return one === null || other === null ? [] : [{ name, id: a.imageIds[i] ?? null, label: a.labels[i] ?? '', a: one, b: other }];
  });
}

/** A box of scores: from and to of A, from and to of B. */
export type Marked = readonly [number, number, number, number];

/** As the address holds it; null for none. */
export function parseMarked(text: string): Marked | null {
  const numbers = text.split(',').map(Number);
  return numbers.length === 4 && text !== '' && numbers.every(Number.isFinite) ? (numbers as unknown as Marked) : null;
}

export const markedText = (marked: Marked): string => marked.map((value) => Number(value.toPrecision(6))).join(',');

export const within = ({ a, b }: Pick<ScoredImage, 'a' | 'b'>, [a0, a1, b0, b1]: Marked): boolean => a >= a0 && a <= a1 && b >= b0 && b <= b1;

/** Lowest and highest with a little room, so that no point lies on the frame. */
export function roomFor(values: readonly number[]): readonly [number, number] {
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  if (!(high > low)) return Number.isFinite(low) ? [low - 0.5, low + 0.5] : [0, 1];
  const room = (high - low) * 0.04;
  return [low - room, high + room];
}
