import type { ResidualOptions } from '@plumbline/ml/residuals';
import { measures, type Measure, type SsimView, type ViewState } from './view-state.ts';
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
  readonly thresholds: Readonly<Record<Measure, Thresholds>>;
  /** How patches are cut and turned; null where the regime turns none. */
  readonly turning: Turning | null;
}

export interface MeasureFormat {
  readonly name: string;
  readonly unit: string;
  readonly decimals: number;
  /** The upper end of the colour scale where there is nothing to take it from, and how one is typed. */
  readonly scale: { readonly initial: number; readonly decimals: number; readonly minimum: number; readonly step: number };
}
export type MeasureFormats = Readonly<Record<Measure, MeasureFormat>>;

/** 1 − SSIM has no unit (0 = alike, at most 2); MSE is a squared difference of grey levels on the 0–255 scale. */
const plainFormats: MeasureFormats = {
  ssim: { name: '1 − SSIM', unit: '', decimals: 3, scale: { initial: 1, decimals: 2, minimum: 0.01, step: 0.05 } },
  mse: { name: 'Squared error', unit: 'grey levels²', decimals: 0, scale: { initial: 1000, decimals: 0, minimum: 1, step: 50 } },
};
/** Divided by what good images have there: 1 is as expected. */
const dividedFormats: MeasureFormats = {
  ...plainFormats,
  mse: { name: 'Squared error', unit: '× expected', decimals: 2, scale: { initial: 10, decimals: 2, minimum: 0.01, step: 1 } },
};

/** How residuals of an evaluation are written; the same object for the same answer. */
export const formatsOf = ({ mse }: Pick<ResidualProtocol, 'mse'>): MeasureFormats => (mse.mse?.expected ? dividedFormats : plainFormats);
export const formatResidual = ({ decimals }: MeasureFormat, value: number): string => value.toFixed(decimals);
/** Name and unit, for an axis or a legend. */
export const describeFormat = ({ name, unit }: MeasureFormat): string => (unit ? `${name}, ${unit}` : name);

/** The options that maps are computed with now, and whether they are the evaluation's own. */
export function residualOptions(view: Pick<ViewState, 'ssim'>, protocol: ResidualProtocol): ResidualOptions {
  const { window, sigma, size } = view.ssim ?? protocol.ssim;
  return { ssim: { window, sigma, size }, ...protocol.mse };
}

export function ownOptions(view: Pick<ViewState, 'ssim' | 'measure'>, protocol: ResidualProtocol): boolean {
  if (view.measure === 'mse' || !view.ssim) return true;
  const { window, sigma, size } = view.ssim;
  return window === protocol.ssim.window && size === protocol.ssim.size && (window === 'uniform' || sigma === protocol.ssim.sigma);
}

export const describeSsim = ({ window, sigma, size }: SsimView): string =>
  window === 'gaussian' ? `Gaussian σ ${sigma}, ${size}×${size}` : `uniform ${size}×${size}`;

/**
 * Upper end of the common colour scale, one for all evaluations: what 99 % of the pixels of the most conspicuous image stay below under any of
 * them, rounded up. Evaluations whose residuals have another unit than the leading one's do not count.
 */
export function commonScale(
  images: readonly EvaluatedImage[],
  protocols: readonly ResidualProtocol[],
  lead: number,
): Record<Measure, number> {
  const formats = formatsOf(protocols[lead]!);
  const scale = { ssim: formats.ssim.scale.initial, mse: formats.mse.scale.initial };
  for (const measure of measures) {
    const alike = protocols.flatMap((protocol, place) => (formatsOf(protocol)[measure].unit === formats[measure].unit ? [place] : []));
    let highest = 0;
    for (const { variants } of images)
      for (const place of alike) highest = Math.max(highest, variants[place]?.statistics[measure]?.p99 ?? 0);
    if (highest > 0) scale[measure] = niceCeiling(highest);
  }
  return scale;
}
