import type { SplitLabelCount } from '../counts.ts';

type SplitCounts = Readonly<Record<SplitLabelCount['split'], number>>;
/** Where train ends and where validation ends, in images from the left. */
export type Borders = readonly [number, number];

export const sharesOf = ({ train, validation }: SplitCounts): Borders => [train, train + validation];

export const countsOfBorders = ([first, second]: Borders, total: number): SplitCounts => ({
  train: first,
  validation: second - first,
  test: total - second,
});

/** A border at another place: whole images, and never past the other border or the ends. */
export function borderMoved([first, second]: Borders, border: 0 | 1, to: number, total: number): Borders {
  const at = Math.round(to);
  return border === 0 ? [Math.min(Math.max(at, 0), second), second] : [first, Math.min(Math.max(at, first), total)];
}
