'use client';

import { useMemo } from 'react';
import { arrange, catches } from '../data/arrange.ts';
import { keptByComments, type CommentCounts } from '../data/commented.ts';
import type { EvaluatedImage } from '../data/images.ts';
import type { EvaluatedImages } from '../data/use-evaluated-images.ts';
import { imageThresholds, leadOf, pairOf, type ShownEvaluation } from '../view/shown-evaluation.ts';
import { sortsOfMany, type ViewState } from '../view/view-state.ts';

export interface Arranged {
  /** What the filters keep, in the view's order. */
  readonly arranged: readonly EvaluatedImage[];
  /** Image threshold of each evaluation, by place. */
  readonly thresholds: readonly (number | null)[];
  /** The two that are compared. */
  readonly pair: ViewState['pair'];
  /** How many of the images the first of the pair catches and the second misses; null in other orders. */
  readonly caught: number | null;
}

/** The images of a view as the grid shows them, arranged anew only where something that decides it has changed. */
export function useArranged(
  { images, missing }: Pick<EvaluatedImages, 'images' | 'missing'>,
  view: ViewState,
  shown: readonly ShownEvaluation[],
  comments: ReadonlyMap<string, CommentCounts>,
): Arranged {
  const { measure, labels, outcomes, anyOutcome, splits, hidden, imageThreshold: byHand } = view;
  const lead = leadOf(shown, view);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the rest of the view does not decide thresholds
  const thresholds = useMemo(() => imageThresholds(shown, view), [shown, byHand, measure]);
  // Null without the filter: a comment that comes in then arranges nothing anew.
  const kept = useMemo(() => keptByComments(comments, view.commented), [comments, view.commented]);
  // Of what could not be loaded nobody knows which images it shares, nor how they score.
  const failed = [...missing].flatMap(([place, reason]) => (reason === null ? [] : [place])).join();
  const shared = view.shared && failed === '';
  const scoreRanges = useMemo(() => {
    const places = failed.split(',');
    const known = view.scoreRanges[measure].map((range, place) => (places.includes(String(place)) ? null : range));
    return { ...view.scoreRanges, [measure]: known };
  }, [view.scoreRanges, measure, failed]);
  const sort = shown.length > 1 || !sortsOfMany.includes(view.sort) ? view.sort : 'highest';
  const pair = useMemo(
    () =>
      pairOf(
        shown.map((_, place) => place),
        { pair: view.pair, lead },
      ),
    [view.pair, shown, lead],
  );
  const arranged = useMemo(
    () =>
      arrange(images, { measure, labels, outcomes, anyOutcome, splits, scoreRanges, shared, sort, lead, hidden, pair }, thresholds, kept),
    [images, measure, labels, outcomes, anyOutcome, splits, scoreRanges, shared, sort, lead, hidden, pair, thresholds, kept],
  );
  const caught = useMemo(
    () => (sort === 'catches' ? arranged.filter((image) => catches(image, pair, measure, thresholds)).length : null),
    [sort, arranged, pair, measure, thresholds],
  );
  return { arranged, thresholds, pair, caught };
}
