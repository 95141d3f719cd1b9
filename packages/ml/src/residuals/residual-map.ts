import type { FloatMap, PixelImage } from '../geometry/index.ts';
import { defaultSsim, squaredErrorMap, ssimMap, windowRadius, type SsimOptions } from '../similarity/index.ts';

export type Measure = 'ssim' | 'mse';
export const measures: readonly Measure[] = ['ssim', 'mse'];

/** What a residual map depends on beside its two images: the SSIM window. Images are in [0,1], so L = 1. */
export interface ResidualOptions {
  readonly ssim: Pick<SsimOptions, 'window' | 'sigma' | 'size'>;
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
 * valid pixel's value. `mse`: squared difference on the 0–255 scale, mean over channels. To agree with what is stored and shown, hand in
 * images whose values are whole 255ths.
 */
export function residualMap(measure: Measure, input: PixelImage, reconstruction: PixelImage, options: ResidualOptions): FloatMap {
  if (measure === 'mse') return squaredErrorMap(input, reconstruction);
  const similarity = ssimMap(input, reconstruction, { ...defaultSsim, ...options.ssim });
  const map: FloatMap = { ...similarity, data: new Float32Array(similarity.data.length) };
  for (let i = 0; i < map.data.length; i++) map.data[i] = 1 - similarity.data[i]!;
  extendFromValid(map, windowRadius(options.ssim));
  return map;
}
