import type { Measure, ViewState } from '../view/view-state.ts';
import { inRange } from '../view/score-range.ts';
import { byText, outcomeFor, scoreOf, truthAt, type EvaluatedImage } from './images.ts';

/** Image threshold of each evaluation, by place. */
export type ImageThresholds = readonly (number | null)[];
type Filters = Pick<
  ViewState,
  'measure' | 'labels' | 'outcomes' | 'anyOutcome' | 'splits' | 'scoreRanges' | 'shared' | 'sort' | 'lead' | 'hidden' | 'pair'
>;

/** Whether A finds the defect that B misses. */
export function catches(image: EvaluatedImage, [a, b]: readonly [number, number], measure: Measure, thresholds: ImageThresholds): boolean {
  return (
    outcomeFor(image, a, measure, thresholds[a] ?? null) === 'tp' && outcomeFor(image, b, measure, thresholds[b] ?? null) === 'fn'
  );
}

/** Score ÷ image threshold, which says the same of every evaluation: 1 lies on the threshold. Null where either is unknown. */
function ratio(image: EvaluatedImage, place: number, measure: Measure, thresholds: ImageThresholds): number | null {
  const [score, threshold] = [scoreOf(image, place, measure), thresholds[place] ?? null];
  return score === null || threshold === null || threshold <= 0 ? null : score / threshold;
}

/** How far the shown evaluations are apart: the largest difference of score ÷ threshold; null where fewer than two can be told. */
export function disagreement(
  image: EvaluatedImage,
  places: readonly number[],
  measure: Measure,
  thresholds: ImageThresholds,
): number | null {
  const ratios = places.flatMap((place) => ratio(image, place, measure, thresholds) ?? []);
  return ratios.length < 2 ? null : Math.max(...ratios) - Math.min(...ratios);
}

/** What a sort goes by; the highest come first, null last. */
function keyOf(image: EvaluatedImage, view: Filters, places: readonly number[], thresholds: ImageThresholds): number | null {
  const { measure, lead, pair } = view;
  const negative = (value: number | null): number | null => (value === null ? null : -value);
  switch (view.sort) {
    case 'name':
      return 0;
    case 'highest':
      return scoreOf(image, lead, measure);
    case 'lowest':
      return negative(scoreOf(image, lead, measure));
    case 'threshold': {
      const at = ratio(image, lead, measure, thresholds);
      return at === null ? null : -Math.abs(at - 1);
    }
    case 'disagreement':
      return disagreement(image, places, measure, thresholds);
    case 'catches': {
      // What A catches and B misses comes first, then by how much more clearly A tells the image for what it is.
      const [a, b] = pair.map((place) => ratio(image, place, measure, thresholds));
      if (a === null || b === null || a === undefined || b === undefined) return null;
      const clearer = truthAt(image, pair[0]).defective ? a - b : b - a;
      return clearer + (catches(image, pair, measure, thresholds) ? 1e9 : 0);
    }
  }
}

/**
 * The images that the view's filters keep, in the view's order. Images that the order cannot tell come last.
 * @param thresholds image threshold of each evaluation, by place
 * @param commented ids of the images that the filter by comments keeps; null = all
 */
export function arrange(
  images: readonly EvaluatedImage[],
  view: Filters,
  thresholds: ImageThresholds,
  commented: ReadonlySet<string> | null = null,
): EvaluatedImage[] {
  const labels = new Set(view.labels);
  const wanted = new Set(view.outcomes);
  const splits = new Set(view.splits);
  const places = thresholds.map((_, place) => place).filter((place) => place === view.lead || !view.hidden.includes(place));
  // A range at a place where nothing is shown says nothing of any image.
  const ranges = [...view.scoreRanges[view.measure].slice(0, thresholds.length).entries()];
  const asked = view.anyOutcome ? places : [view.lead];
  const kept = images.filter((image) => {
    if (labels.size > 0 && !labels.has(image.label)) return false;
    if (splits.size > 0 && !splits.has(image.split)) return false;
    if (commented && !commented.has(image.id)) return false;
    if (ranges.some(([place, range]) => range && !inRange(scoreOf(image, place, view.measure), range))) return false;
    if (view.shared && image.variants.some((variant) => variant === null)) return false;
    if (wanted.size === 0) return true;
    return asked.some((place) => {
      const outcome = outcomeFor(image, place, view.measure, thresholds[place] ?? null);
      return outcome !== null && wanted.has(outcome);
    });
  });
  const named = (a: EvaluatedImage, b: EvaluatedImage): number => byText.compare(a.label, b.label) || byText.compare(a.name, b.name);
  const keys = new Map(kept.map((image) => [image, keyOf(image, view, places, thresholds)]));
  return kept.sort((one, other) => {
    const [a = null, b = null] = [keys.get(one), keys.get(other)];
    if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0) || named(one, other);
    return b - a || named(one, other);
  });
}
