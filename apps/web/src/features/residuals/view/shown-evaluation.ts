import type { ResidualProtocol } from './protocol.ts';
import type { ByEvaluation, Measure, ViewState } from './view-state.ts';

/** One of the evaluations that are looked at together. */
export interface ShownEvaluation {
  readonly id: string;
  /** Of the variant. */
  readonly name: string;
  /** What tells it from others of the variant: seed, checkpoint, dataset version. */
  readonly detail: string;
  readonly href: string;
  readonly protocol: ResidualProtocol;
}

/** What an evaluation is called where there is no room: A is the first. */
export const letterOf = (place: number): string => String.fromCharCode(65 + place);

/** Places of those that are not hidden; the leading one is always shown. */
export const shownPlaces = (shown: readonly ShownEvaluation[], { hidden, lead }: Pick<ViewState, 'hidden' | 'lead'>): number[] =>
  shown.map((_, place) => place).filter((place) => place === lead || !hidden.includes(place));

/** The leading place, if it is one at all: an address may name one that was taken out. */
export const leadOf = (shown: readonly ShownEvaluation[], { lead }: Pick<ViewState, 'lead'>): number => (lead < shown.length ? lead : 0);

/**
 * The two that are compared: those of the view, or the leading one and the first other where an address names one that is hidden or gone.
 * @param places from which they are
 */
export const pairOf = (places: readonly number[], { pair, lead }: Pick<ViewState, 'pair' | 'lead'>): ViewState['pair'] =>
  pair.every((place) => places.includes(place)) ? pair : [lead, places.find((place) => place !== lead) ?? 1];

/** Whether a pixel of the leading evaluation names one of another: not where either's pictures are padded patches side by side. */
export const sharesPixels = (shown: readonly ShownEvaluation[], lead: number, place: number): boolean =>
  place === lead || [lead, place].every((one) => shown[one]?.protocol.aligned);

const thresholds =
  (which: 'pixel' | 'image', of: (view: ViewState) => Readonly<Record<Measure, ByEvaluation>>) =>
  (shown: readonly ShownEvaluation[], view: ViewState, measure: Measure = view.measure): (number | null)[] =>
    shown.map(({ protocol }, place) => of(view)[measure][place] ?? protocol.thresholds[measure][which]);

/** The threshold on image scores of each evaluation, by place: set by hand, or its own. */
export const imageThresholds = thresholds('image', (view) => view.imageThreshold);
/** The threshold on the pixels of a map of each evaluation, by place. */
export const pixelThresholds = thresholds('pixel', (view) => view.pixelThreshold);
