import { blankImage, cutTurned, patchToInput, regionOfInterest, type ImageGeometry, type PixelImage } from '../geometry/index.ts';
import type { BatchShape } from './batch.ts';

/** The product's default geometry: 90 px patches in the middle of 128. */
export const geometry: ImageGeometry = { kind: 'image', scale: { by: 'shortSide', value: 181 }, patch: 90, input: 128, stride: 45 };

export const roi = regionOfInterest(geometry);

/** A 256 px picture with the given grey at (x, y). */
export function picture(grey: (x: number, y: number) => number): PixelImage {
  const image = blankImage(256, 256, 1);
  for (let y = 0, i = 0; y < 256; y++) for (let x = 0; x < 256; x++) image.data[i++] = grey(x, y);
  return image;
}

/** Level stripes of two widths: no gradient along x, so it lies in its orientation as it is. */
export const stripes = picture((_, y) => 0.5 + 0.25 * Math.cos(y / 3) + 0.15 * Math.sin(y / 7 + 1));

/** Waves in three directions, one of them strong: an orientation that is not a plain one. */
export const waves = picture(
  (x, y) => 0.5 + 0.25 * Math.cos((x + 3 * y) / 9) + 0.1 * Math.sin((4 * x - y) / 11) + 0.1 * Math.cos((x - 5 * y) / 9 + 0.5),
);

/** Patches cut about the picture's middle at each angle, as the network sees them. */
export function cuts(image: PixelImage, turns: readonly number[]): [Float32Array, BatchShape] {
  const shape: BatchShape = { count: turns.length, side: geometry.input, channels: 1 };
  const images = new Float32Array(turns.length * geometry.input ** 2);
  turns.forEach((angle, n) => {
    const patch = cutTurned(image, { centre: { x: 127.5, y: 127.5 }, angle, size: geometry.patch });
    images.set(patchToInput(patch, geometry).data, n * geometry.input ** 2);
  });
  return [images, shape];
}
