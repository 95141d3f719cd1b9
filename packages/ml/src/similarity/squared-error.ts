import type { FloatMap, PixelImage } from '../geometry/index.ts';
import { requireSameShape } from './same-shape.ts';

/** Squared difference at every pixel on the 0–255 scale, mean over channels; neither rounded nor clipped. */
export function squaredErrorMap(a: PixelImage, b: PixelImage): FloatMap {
  requireSameShape(a, b);
  const { width, height, channels } = a;
  const data = new Float32Array(width * height);
  for (let i = 0; i < data.length; i++) {
    let sum = 0;
    for (let c = 0; c < channels; c++) {
      const difference = 255 * a.data[i * channels + c]! - 255 * b.data[i * channels + c]!;
      sum += difference * difference;
    }
    data[i] = sum / channels;
  }
  return { width, height, data };
}
