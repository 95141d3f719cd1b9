import type { FloatMap, PixelImage } from '../geometry/index.ts';
import { requireSameShape } from './same-shape.ts';
import { windowWeights, type SsimOptions } from './window.ts';
import { WindowedMean } from './windowed-mean.ts';

/** One channel's SSIM added to `total`. */
function addChannel(a: PixelImage, b: PixelImage, channel: number, weights: Float64Array, options: SsimOptions, total: Float64Array): void {
  const { width, height, channels } = a;
  const pixels = width * height;
  const x = new Float64Array(pixels);
  const y = new Float64Array(pixels);
  const squares = new Float64Array(pixels);
  const product = new Float64Array(pixels);
  for (let i = 0; i < pixels; i++) {
    const va = a.data[i * channels + channel]!;
    const vb = b.data[i * channels + channel]!;
    x[i] = va;
    y[i] = vb;
    squares[i] = va * va + vb * vb;
    product[i] = va * vb;
  }
  const uniform = options.window === 'uniform';
  const [meansX, meansY, meansOfSquares, meansOfProduct] = [x, y, squares, product].map(
    (plane) => new WindowedMean(plane, width, height, weights, uniform),
  ) as [WindowedMean, WindowedMean, WindowedMean, WindowedMean];
  const c1 = (options.k1 * options.dataRange) ** 2;
  const c2 = (options.k2 * options.dataRange) ** 2;
  for (let row = 0; row < height; row++) {
    const [rowX, rowY, rowSquares, rowProduct] = [meansX.row(row), meansY.row(row), meansOfSquares.row(row), meansOfProduct.row(row)];
    for (let column = 0; column < width; column++) {
      const ux = rowX[column]!;
      const uy = rowY[column]!;
      const means = ux * ux + uy * uy;
      // Only the sum of both variances enters the formula, so E[x² + y²] is averaged once.
      const variances = rowSquares[column]! - means;
      const covariance = rowProduct[column]! - ux * uy;
      const i = row * width + column;
      total[i] = total[i]! + ((2 * ux * uy + c1) * (2 * covariance + c2)) / ((means + c1) * (variances + c2));
    }
  }
}

/**
 * SSIM (Wang 2004) at every pixel, mean over channels, population covariance, mirrored borders; computed in float64.
 * Agrees with scikit-image's structural_similarity(full=True, use_sample_covariance=False).
 * @throws RangeError where the images differ in shape or the window is larger than the image
 */
export function ssimMap(a: PixelImage, b: PixelImage, options: SsimOptions): FloatMap {
  requireSameShape(a, b);
  const { width, height, channels } = a;
  const weights = windowWeights(options);
  if (Math.min(width, height) < options.size)
    throw new RangeError(`an SSIM window of ${options.size} px is larger than the ${width} × ${height} px image; take a smaller one`);
  const total = new Float64Array(width * height);
  for (let channel = 0; channel < channels; channel++) addChannel(a, b, channel, weights, options, total);
  const data = new Float32Array(width * height);
  for (let i = 0; i < data.length; i++) data[i] = total[i]! / channels;
  return { width, height, data };
}
