import type { Commented } from '../view/view-state.ts';

/** Threads about one image, under any of the evaluations that are looked at. */
export interface CommentCounts {
  readonly open: number;
  readonly resolved: number;
}

const isCommented = ({ open }: CommentCounts, wanted: Commented): boolean => wanted === 'any' || open > 0;

/** Ids of the images that a choice keeps; null where all are. */
export const keptByComments = (comments: ReadonlyMap<string, CommentCounts>, wanted: Commented | null): ReadonlySet<string> | null =>
  wanted && new Set([...comments].flatMap(([id, counts]) => (isCommented(counts, wanted) ? [id] : [])));

/** How many images each choice keeps. */
export function countCommented(comments: ReadonlyMap<string, CommentCounts>): Record<Commented, number> {
  const all = [...comments.values()];
  return { any: all.length, open: all.filter((counts) => isCommented(counts, 'open')).length };
}
