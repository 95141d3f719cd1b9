import type { FloatMap, PixelImage } from '../geometry/index.ts';
import { defaultSsim, squaredErrorMap, ssimMap, windowRadius, type SsimOptions } from '../similarity/index.ts';

export type Measure = 'ssim' | 'mse';
export const measures: readonly Measure[] = ['ssim', 'mse'];

/** What a residual map depends on beside its two images: the SSIM window. Images are in [0,1], so L = 1. */
export interface ResidualOptions {
  readonly ssim: Pick<SsimOptions, 'window' | 'sigma' | 'size'>;
}

/** Gives the pixels within `radius` of the border, which have no full window, the nearest valid pixel's value, in place. */
function extendFromValid(map: FloatMap, radius: number): void {
  const { width, height, data } = map;
  const clamp = (value: number, length: number) => Math.min(Math.max(value, radius), length - 1 - radius);
  for (let y = 0; y < height; y++) {
    const from = clamp(y, height) * width;
    for (let x = 0; x < width; x++) {
      // A column inside keeps its own value in valid rows; rows outside copy the nearest valid row, whose columns are settled alike.
      const source = from + clamp(x, width);
      if (source !== y * width + x) data[y * width + x] = data[source]!;
    }
  }
}

/**
 * How much the reconstruction departs from the input at every pixel. `ssim`: 1 − SSIM, pixels without a full window take the nearest
 * valid pixel's value. `mse`: squared difference on the 0–255 scale, mean over channels. To agree with what is stored and shown, hand in
 * images whose values are whole 255ths.
 */
export function residualMap(measure: Measure, input: PixelImage, reconstruction: PixelImage, options: ResidualOptions): FloatMap {
  if (measure === 'mse') return squaredErrorMap(input, reconstruction);
  const similarity = ssimMap(input, reconstruction, { ...defaultSsim, ...options.ssim });
  const map: FloatMap = { ...similarity, data: similarity.data.map((value) => 1 - value) };
  extendFromValid(map, windowRadius(options.ssim));
  return map;
}
