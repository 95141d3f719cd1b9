import type { PatchGeometry } from '@plumbline/ml/geometry';
import type { ResidualOptions } from '@plumbline/ml/residuals';
import { measures, type Measure, type ScaleName, type SsimView, type ViewState } from './view-state.ts';
import { niceCeiling } from '../colour/colour-map.ts';
import type { EvaluatedImage } from '../data/images.ts';
import type { Turning } from '../pixels/patches.ts';

export interface Thresholds {
  /** On pixels of the map; null where no good validation images were there to choose it. */
  readonly pixel: number | null;
  /** On image scores. */
  readonly image: number | null;
  readonly quantile: number | null;
  /** How it was chosen, as the evaluation says it. */
  readonly origin: string;
}

/** What the evaluation was made with: the values that the view shows until somebody moves them. */
export interface ResidualProtocol {
  readonly ssim: SsimView;
  /** What is made of the squared error: smoothing, and the table it is divided by. */
  readonly mse: Pick<ResidualOptions, 'mse' | 'expected'>;
  readonly imageScore: string;
  /** False in the patch geometry, whose stored pictures are padded patches side by side: no pixel of theirs is a pixel of the photograph. */
  readonly aligned: boolean;
  /** How those patches lie in the stored pictures; left out where there are none. */
  readonly tiles?: PatchGeometry | null;
  readonly thresholds: Readonly<Record<Measure, Thresholds>>;
  /** How patches are cut and turned; null where the regime turns none. */
  readonly turning: Turning | null;
}

export interface MeasureFormat {
  readonly name: string;
  readonly unit: string;
  readonly decimals: number;
  /** The upper end of the colour scale where there is nothing to take it from, and how one is typed. Formats of one unit share its name. */
  readonly scale: {
    readonly name: ScaleName;
    readonly initial: number;
    readonly decimals: number;
    readonly minimum: number;
    readonly step: number;
  };
}
export type MeasureFormats = Readonly<Record<Measure, MeasureFormat>>;

/** 1 − SSIM has no unit (0 = alike, at most 2); MSE is a squared difference of grey levels on the 0–255 scale. */
const plainFormats: MeasureFormats = {
  ssim: { name: '1 − SSIM', unit: '', decimals: 3, scale: { name: 'ssim', initial: 1, decimals: 2, minimum: 0.01, step: 0.05 } },
  mse: {
    name: 'Squared error',
    unit: 'grey levels²',
    decimals: 0,
    scale: { name: 'mse', initial: 1000, decimals: 0, minimum: 1, step: 50 },
  },
};
/** Divided by what good images have there: 1 is as expected. */
const dividedFormats: MeasureFormats = {
  ...plainFormats,
  mse: {
    name: 'Squared error',
    unit: '× expected',
    decimals: 2,
    scale: { name: 'expected', initial: 10, decimals: 2, minimum: 0.01, step: 1 },
  },
};

/** How residuals of an evaluation are written; the same object for the same answer. */
export const formatsOf = ({ mse }: Pick<ResidualProtocol, 'mse'>): MeasureFormats => (mse.mse?.expected ? dividedFormats : plainFormats);
export const formatResidual = ({ decimals }: MeasureFormat, value: number): string => value.toFixed(decimals);
/** Name and unit, for an axis or a legend. */
export const describeFormat = ({ name, unit }: MeasureFormat): string => (unit ? `${name}, ${unit}` : name);

/** What a map of the browser depends on beside its two pictures. */
export interface MapOptions extends ResidualOptions {
  /** Where the pictures are patches side by side: the map is taken inside each one's content, as the results are. */
  readonly tiles?: PatchGeometry;
}

/** The options that maps are computed with now, and whether they are the evaluation's own. */
export function residualOptions(view: Pick<ViewState, 'ssim'>, protocol: ResidualProtocol): MapOptions {
  const { window, sigma, size } = view.ssim ?? protocol.ssim;
  return { ssim: { window, sigma, size }, ...protocol.mse, ...(protocol.tiles ? { tiles: protocol.tiles } : {}) };
}

export function ownOptions(view: Pick<ViewState, 'ssim' | 'measure'>, protocol: ResidualProtocol): boolean {
  if (view.measure === 'mse' || !view.ssim) return true;
  const { window, sigma, size } = view.ssim;
  return window === protocol.ssim.window && size === protocol.ssim.size && (window === 'uniform' || sigma === protocol.ssim.sigma);
}

export const describeSsim = ({ window, sigma, size }: SsimView): string =>
  window === 'gaussian' ? `Gaussian σ ${sigma}, ${size}×${size}` : `uniform ${size}×${size}`;

/** What maps of a measure are made with now, in words: those of different words are not alike pixel by pixel. */
function madeWith(view: Pick<ViewState, 'ssim' | 'measure'>, { ssim, mse }: ResidualProtocol): string {
  if (view.measure === 'ssim') return describeSsim(view.ssim ?? ssim);
  return mse.mse?.sigma ? `smoothed by ${mse.mse.sigma} px` : 'not smoothed';
}

export interface Subtraction {
  /** Why the two are not to be subtracted, in a sentence. */
  readonly refused: string | null;
  /** What tells the two maps apart beside the models, one phrase each; null where nothing does. */
  readonly madeWith: readonly [string, string] | null;
}

/** Whether residuals of two evaluations can be subtracted, and what has to be known of the difference. @param letters what the two are called */
export function subtraction(
  view: Pick<ViewState, 'ssim' | 'measure'>,
  [a, b]: readonly [ResidualProtocol, ResidualProtocol],
  letters: readonly [string, string],
): Subtraction {
  const units = [a, b].map((protocol) => formatsOf(protocol)[view.measure].unit);
  if (units[0] !== units[1])
    return {
      refused: `${letters[0]} has its residual in ${units[0]} and ${letters[1]} in ${units[1]}: choose two variants of one unit, or another measure, to subtract them.`,
      madeWith: null,
    };
  if ([a, b].some(({ aligned }) => !aligned) && JSON.stringify(a.tiles) !== JSON.stringify(b.tiles))
    return {
      refused: `${letters[0]} and ${letters[1]} do not cut the image alike, so that their pixels are not the same: choose two variants of one geometry to subtract them.`,
      madeWith: null,
    };
  const words = [madeWith(view, a), madeWith(view, b)] as const;
  return { refused: null, madeWith: words[0] === words[1] ? null : words };
}

/** Upper ends of the colour scales in a view: of each evaluation by its place, one for all whose residuals have the same unit. */
export const scalesOf = (
  view: Pick<ViewState, 'measure' | 'scale'>,
  protocols: readonly ResidualProtocol[],
  common: readonly Readonly<Record<Measure, number>>[],
): number[] =>
  protocols.map((protocol, place) => {
    const { scale } = formatsOf(protocol)[view.measure];
    return view.scale[scale.name] ?? common[place]?.[view.measure] ?? scale.initial;
  });

/**
 * Upper ends of the common colour scales of each evaluation, by its place, one for all whose residuals have the same unit: what 99 % of the pixels of
 * the most conspicuous image stay below under any of them, rounded up.
 */
export function commonScales(images: readonly EvaluatedImage[], protocols: readonly ResidualProtocol[]): Record<Measure, number>[] {
  const highest = new Map<ScaleName, number>();
  const names = protocols.map((protocol) => measures.map((measure) => [measure, formatsOf(protocol)[measure].scale.name] as const));
  for (const { variants } of images)
    for (const [place, of] of names.entries())
      for (const [measure, name] of of) highest.set(name, Math.max(highest.get(name) ?? 0, variants[place]?.statistics[measure]?.p99 ?? 0));
  const endOf = ({ name, initial }: MeasureFormat['scale']): number => {
    const most = highest.get(name) ?? 0;
    return most > 0 ? niceCeiling(most) : initial;
  };
  return protocols.map(formatsOf).map(({ ssim, mse }) => ({ ssim: endOf(ssim.scale), mse: endOf(mse.scale) }));
}
