/** The window of SSIM (Wang 2004) and its constants. */
export interface SsimOptions {
  readonly window: 'gaussian' | 'uniform';
  /** Standard deviation of the Gaussian in pixels; without meaning for the uniform window. */
  readonly sigma: number;
  /** Odd side of the window in pixels. */
  readonly size: number;
  /** Largest value that a pixel can have (L): 1 for images in [0,1]. */
  readonly dataRange: number;
  readonly k1: number;
  readonly k2: number;
}

/** The product's default: Gaussian σ 1.5 in 11 × 11, images in [0,1]. */
export const defaultSsim: SsimOptions = { window: 'gaussian', sigma: 1.5, size: 11, dataRange: 1, k1: 0.01, k2: 0.03 };

/** Pixels from the window's centre to its rim. */
export function windowRadius(options: Pick<SsimOptions, 'size'>): number {
  if (!Number.isInteger(options.size) || options.size < 1 || options.size % 2 === 0)
    throw new RangeError(`an SSIM window of ${options.size} px has no centre; its side must be an odd whole number`);
  return (options.size - 1) / 2;
}

/** Weights of one side of the window, centre first: weight[k] at distance k; over the whole side they sum to 1. */
export function windowWeights(options: SsimOptions): Float64Array {
  const radius = windowRadius(options);
  if (options.window === 'uniform') return new Float64Array(radius + 1).fill(1 / options.size);
  if (!(options.sigma > 0)) throw new RangeError(`an SSIM window needs a sigma above 0, not ${options.sigma}`);
  const weights = Float64Array.from({ length: radius + 1 }, (_, k) => Math.exp(-(k * k) / (2 * options.sigma * options.sigma)));
  const sum = weights.reduce((total, weight, k) => total + (k === 0 ? weight : 2 * weight), 0);
  return weights.map((weight) => weight / sum);
}
