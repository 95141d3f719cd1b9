import { measures, type Measure } from '@plumbline/ml/residuals';
import type { Camera } from '../camera/camera.ts';
import type { ColourMapName } from '../colour/colour-map.ts';
import type { Outcome } from '../pixels/confusion.ts';
import type { RangeByEvaluation, ScoreRange } from './score-range.ts';

export { measures, type Measure };

/** Most evaluations that are looked at side by side. */
export const MOST_EVALUATIONS = 8;

export type Sort = 'highest' | 'lowest' | 'name' | 'threshold' | 'disagreement' | 'catches';
export const sorts: readonly Sort[] = ['highest', 'lowest', 'threshold', 'name', 'disagreement', 'catches'];
/** Those that say something only of several evaluations. */
export const sortsOfMany: readonly Sort[] = ['disagreement', 'catches'];

/** Which images are kept by what people wrote about them. */
export type Commented = 'open' | 'any';
export const commentedChoices: readonly Commented[] = ['open', 'any'];

/** The colour scales, one for each unit that residuals come in: 1 − SSIM, squared error in grey levels² and as a multiple of what is expected. */
export type ScaleName = 'ssim' | 'mse' | 'expected';
export const scaleNames: readonly ScaleName[] = ['ssim', 'mse', 'expected'];

export type Split = 'train' | 'validation' | 'test';
export const splits: readonly Split[] = ['train', 'validation', 'test'];

/** What an opened image is shown as, a row each, from the file to the verdict. */
export type RowName = 'input' | 'normalised' | 'decoded' | 'reconstruction' | 'residual' | 'mask';
export const rowNames: readonly RowName[] = ['input', 'normalised', 'decoded', 'reconstruction', 'residual', 'mask'];
/** Rows of patches side by side: only what turns patches has them, and no pixel of theirs is the input's at the same place. */
export const isSheet = (row: RowName): boolean => row === 'normalised' || row === 'decoded';

/** Two evaluations in one pane: in turn, with a line between them, or their residuals subtracted. */
export type Compare = 'blink' | 'swipe' | 'difference';
export const compares: readonly Compare[] = ['blink', 'swipe', 'difference'];

export interface SsimView {
  readonly window: 'gaussian' | 'uniform';
  /** Standard deviation of the Gaussian window in pixels. */
  readonly sigma: number;
  /** Side of the window in pixels, odd. */
  readonly size: number;
}

/** A value for each evaluation by its place; null, or nothing there, stands for the evaluation's own. */
export type ByEvaluation = readonly (number | null)[];

/**
 * Everything that decides what the residual browser shows; null stands for the evaluation's own value. Places count the evaluations from 0 in
 * the order of the list, which is also the order on the screen.
 */
export interface ViewState {
  /** Ids of what is looked at; empty = the page's own one. */
  readonly evaluations: readonly string[];
  /** Place of the evaluation whose residual, outcome and score the grid shows. */
  readonly lead: number;
  /** Places that are not shown. */
  readonly hidden: readonly number[];
  /** The two places that are compared: A, and B that A is compared with. */
  readonly pair: readonly [number, number];
  readonly compare: Compare | null;
  /** The shown ones in their order, at least one. */
  readonly rows: readonly RowName[];
  readonly measure: Measure;
  readonly ssim: SsimView | null;
  readonly pixelThreshold: Readonly<Record<Measure, ByEvaluation>>;
  readonly imageThreshold: Readonly<Record<Measure, ByEvaluation>>;
  /** Typed upper ends of the colour scales. */
  readonly scale: Readonly<Record<ScaleName, number | null>>;
  readonly colours: ColourMapName;
  /** Empty = all. */
  readonly labels: readonly string[];
  /** Empty = all. */
  readonly outcomes: readonly Outcome[];
  /** True: an outcome that any shown evaluation has counts, not the leading one's alone. */
  readonly anyOutcome: boolean;
  /** Empty = all. */
  readonly splits: readonly Split[];
  /** Only images whose score under an evaluation lies in its range; those of the view's measure count. */
  readonly scoreRanges: Readonly<Record<Measure, RangeByEvaluation>>;
  /** Only images with open comments, or with any; null = all. */
  readonly commented: Commented | null;
  /** True: only images that every evaluation measured. */
  readonly shared: boolean;
  readonly sort: Sort;
  /** Side of a grid cell in CSS pixels. */
  readonly cell: number;
  /** The opened image. */
  readonly opened: string | null;
  /** The grid's selected image. */
  readonly selected: string | null;
  /** null = the whole image fitted. */
  readonly camera: Camera | null;
  readonly showMask: boolean;
  readonly showTruth: boolean;
  /** The only row shown, of the leading evaluation (maximised, or the chosen one on a narrow screen). */
  readonly pane: RowName | null;
  /** True: every residual pane has a colour scale of its own. */
  readonly ownScale: boolean;
  /** True: where the patches lie, and how they were turned, is drawn on the input. */
  readonly showFrames: boolean;
  /** The patch whose orientation is shown, in the order they are cut; null = the middle one. */
  readonly patch: number | null;
}

/** The pair with another place as its first or second; choosing the one that it has there already exchanges the two, so that they always differ. */
export function pairWith(pair: ViewState['pair'], at: 0 | 1, place: number): ViewState['pair'] {
  const kept = pair[at === 0 ? 1 : 0];
  const other = place === kept ? pair[at] : kept;
  return at === 0 ? [place, other] : [other, place];
}

export const CELL = { minimum: 72, maximum: 320, initial: 144 } as const;
export const SSIM_LIMITS = { sigma: { minimum: 0.1, maximum: 20 }, size: { minimum: 3, maximum: 63 } } as const;

export const initialView: ViewState = {
  evaluations: [],
  lead: 0,
  hidden: [],
  pair: [0, 1],
  compare: null,
  // What is decoded costs the fetching of a model.
  rows: rowNames.filter((row) => row !== 'decoded'),
  measure: 'ssim',
  ssim: null,
  pixelThreshold: { ssim: [], mse: [] },
  imageThreshold: { ssim: [], mse: [] },
  scale: { ssim: null, mse: null, expected: null },
  colours: 'inferno',
  labels: [],
  outcomes: [],
  anyOutcome: false,
  splits: [],
  scoreRanges: { ssim: [], mse: [] },
  commented: null,
  shared: false,
  sort: 'highest',
  cell: CELL.initial,
  opened: null,
  selected: null,
  camera: null,
  showMask: true,
  showTruth: true,
  pane: null,
  ownScale: false,
  showFrames: false,
  patch: null,
};

/** The values with one of them set, or given back to the evaluation (null). */
export function withValue<Value>(values: readonly (Value | null)[], place: number, value: Value | null): readonly (Value | null)[] {
  const next = Array.from({ length: Math.max(values.length, place + 1) }, (_, at) => (at === place ? value : (values[at] ?? null)));
  while (next.length > 0 && next.at(-1) === null) next.pop();
  return next;
}

/** A patch that sets one evaluation's threshold on image scores or pixels, in the view's measure. */
export const thresholdPatch =
  (which: 'imageThreshold' | 'pixelThreshold', place: number, value: number | null) =>
  (now: ViewState): Partial<ViewState> => ({ [which]: { ...now[which], [now.measure]: withValue(now[which][now.measure], place, value) } });

/** A patch that sets or, with null, takes away one evaluation's range of image scores, in the view's measure. */
export const rangePatch =
  (place: number, range: ScoreRange | null) =>
  ({ scoreRanges, measure }: ViewState): Partial<ViewState> => ({
    scoreRanges: { ...scoreRanges, [measure]: withValue(scoreRanges[measure], place, range) },
  });

/**
 * The view with its evaluations put otherwise: everything that names a place follows.
 * @param ids the evaluations as they stand now (the view's own list is empty on the page of one)
 * @param next ids in the new order; what is missing in it is left out, new ones may come
 */
export function withEvaluations(view: ViewState, ids: readonly string[], next: readonly string[]): ViewState {
  const from = next.map((id) => ids.indexOf(id));
  const placeOf = (place: number): number => from.indexOf(place);
  const moved = <Value>(values: readonly (Value | null)[]): readonly (Value | null)[] =>
    from.reduce<readonly (Value | null)[]>((made, old, place) => withValue(made, place, old < 0 ? null : (values[old] ?? null)), []);
  const both = <Value>({ ssim, mse }: Readonly<Record<Measure, readonly (Value | null)[]>>) => ({ ssim: moved(ssim), mse: moved(mse) });
  const [a, b] = view.pair.map(placeOf);
  return {
    ...view,
    evaluations: next,
    lead: Math.max(0, placeOf(view.lead)),
    hidden: view.hidden
      .map(placeOf)
      .filter((place) => place >= 0)
      .sort((one, other) => one - other),
    pair: a! >= 0 && b! >= 0 ? [a!, b!] : initialView.pair,
    pixelThreshold: both(view.pixelThreshold),
    imageThreshold: both(view.imageThreshold),
    scoreRanges: both(view.scoreRanges),
  };
}

const sameEvaluations = (a: ViewState, b: ViewState): boolean => [...a.evaluations].sort().join() === [...b.evaluations].sort().join();

/**
 * What is shown after a step of the browser's history. Opening and closing an image is such a step, but what is set meanwhile is not: thresholds,
 * windows, rows and the like stay as they are, whichever way the image is closed. Every other step shows what its address says.
 * @param now the view that is left
 * @param address the view of the address that is come to
 */
export function steppedTo(now: ViewState, address: ViewState): ViewState {
  if ((now.opened === null) === (address.opened === null) || !sameEvaluations(now, address)) return address;
  return { ...now, opened: address.opened, selected: address.opened ?? now.selected, camera: address.camera };
}
