import type { FloatMap, Mask, PixelImage } from '../geometry/index.ts';

/** A map as a grey picture: `from` and below is black, `to` and above white. */
export function mapPicture({ width, height, data }: FloatMap, from: number, to: number): PixelImage {
  const values = Float32Array.from(data, (value) => Math.min(Math.max((value - from) / (to - from), 0), 1));
  return { width, height, channels: 1, data: values };
}

/** A mask as a picture: white inside. */
export function maskPicture({ width, height, data }: Mask): PixelImage {
  return { width, height, channels: 1, data: Float32Array.from(data) };
}
