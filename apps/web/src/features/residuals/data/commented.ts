import type { Commented } from '../view/view-state.ts';

/** Threads about one image, under any of the evaluations that are looked at. */
export interface CommentCounts {
  readonly open: number;
  readonly resolved: number;
}

/** Whether an image with these threads (none: undefined) is one of the wanted. */
export const isCommented = (counts: CommentCounts | undefined, wanted: Commented): boolean =>
  counts !== undefined && (wanted === 'any' || counts.open > 0);

/** How many images each choice keeps. */
export function countCommented(comments: ReadonlyMap<string, CommentCounts>): Record<Commented, number> {
  const all = [...comments.values()];
  return { any: all.length, open: all.filter((counts) => isCommented(counts, 'open')).length };
}
