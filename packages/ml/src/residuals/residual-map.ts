import type { FloatMap, PixelImage } from '../geometry/index.ts';
import { defaultSsim, smoothedMap, squaredErrorMap, ssimMap, windowRadius, type SsimOptions } from '../similarity/index.ts';
import { overExpected, type ExpectedResidual } from './expected-residual.ts';

export type Measure = 'ssim' | 'mse';
export const measures: readonly Measure[] = ['ssim', 'mse'];

/** What a residual map depends on beside its two images. A recipe's `residual` is one, but for the table. */
export interface ResidualOptions {
  /** The SSIM window. Images are in [0,1], so L = 1. */
  readonly ssim: Pick<SsimOptions, 'window' | 'sigma' | 'size'>;
  /** Left out = the squared error as it is. */
  readonly mse?: {
    /** Of the Gaussian that smooths the map, in pixels at network scale; 0 = none. */
    readonly sigma: number;
    /** Divide by `expected`. */
    readonly expected: boolean;
  };
  /** Fitted on good validation images (`expectedResidual` in metrics.json); needed where `mse.expected` is on, else without effect. */
  readonly expected?: ExpectedResidual | null;
}

/**
 * The squared error divided by the table's expectation where that is asked for, then smoothed: the table does not depend on the smoothing,
 * which can be moved while looking.
 */
function mseResidual(input: PixelImage, reconstruction: PixelImage, { mse, expected }: ResidualOptions): FloatMap {
  const plain = squaredErrorMap(input, reconstruction);
  if (!mse) return plain;
  if (mse.expected && !expected)
    throw new RangeError(
      'residual.mse.expected needs the table of expected residuals that an evaluation fits on good validation images; evaluate with some, or switch it off',
    );
  return smoothedMap(mse.expected && expected ? overExpected(plain, input, expected) : plain, mse.sigma);
}

/** Gives the pixels within `radius` of the border, which have no full window, the nearest valid pixel's value, in place. */
function extendFromValid({ width, height, data }: FloatMap, radius: number): void {
  for (let y = radius; y < height - radius; y++) {
    const row = y * width;
    data.fill(data[row + radius]!, row, row + radius);
    data.fill(data[row + width - 1 - radius]!, row + width - radius, row + width);
  }
  for (let y = 0; y < radius; y++) {
    data.copyWithin(y * width, radius * width, (radius + 1) * width);
    data.copyWithin((height - 1 - y) * width, (height - 1 - radius) * width, (height - radius) * width);
  }
}

/**
 * How much the reconstruction departs from the input at every pixel. `ssim`: 1 − SSIM, pixels without a full window take the nearest
 * valid pixel's value. `mse`: squared difference on the 0–255 scale, mean over channels; a multiple of what is expected there with
 * `mse.expected`. To agree with what is stored and shown, hand in images whose values are whole 255ths.
 * @throws RangeError where the images differ in shape, a window does not fit, or the table is wanted and missing
 */
export function residualMap(measure: Measure, input: PixelImage, reconstruction: PixelImage, options: ResidualOptions): FloatMap {
  if (measure === 'mse') return mseResidual(input, reconstruction, options);
  const similarity = ssimMap(input, reconstruction, { ...defaultSsim, ...options.ssim });
  const map: FloatMap = { ...similarity, data: new Float32Array(similarity.data.length) };
  for (let i = 0; i < map.data.length; i++) map.data[i] = 1 - similarity.data[i]!;
  extendFromValid(map, windowRadius(options.ssim));
  return map;
}
