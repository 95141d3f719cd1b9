import { BadImageError } from './bad-image.ts';
import type { Mask, PixelImage, Size } from './image.ts';
import { resizeImage, resizeNearest } from './resize.ts';

export type NetworkScale = { readonly by: 'shortSide'; readonly value: number } | { readonly by: 'factor'; readonly value: number };

/** The product's default: the image keeps its aspect; `patch` squares, `stride` apart, are zero-padded to `input`. */
export interface ImageGeometry {
  readonly kind: 'image';
  readonly scale: NetworkScale;
  readonly patch: number;
  readonly input: number;
  readonly stride: number;
}

/** The paper's letter: image to `resize`², `patch` squares zero-padded to `padded`, reduced to `input`. */
export interface PatchGeometry {
  readonly kind: 'patch';
  readonly resize: number;
  readonly patch: number;
  readonly padded: number;
  readonly input: number;
}

export type Geometry = ImageGeometry | PatchGeometry;

/**
 * Size in pixels that an image of the given size has for the network ("network scale").
 * @param name how to call the image in a refusal
 * @throws BadImageError `too-small` where the image, or what the scale leaves of it, does not hold one patch
 */
export function networkSize(width: number, height: number, geometry: Geometry, name = 'the image'): Size {
  const short = Math.min(width, height);
  if (short < geometry.patch)
    throw new BadImageError(
      'too-small',
      `${name} is ${width} × ${height} px, but its short side must have at least ${geometry.patch} px (one patch): use a larger photograph or enlarge it before.`,
    );
  if (geometry.kind === 'patch') return { width: geometry.resize, height: geometry.resize };
  const factor = geometry.scale.by === 'factor' ? geometry.scale.value : geometry.scale.value / short;
  const size = { width: Math.round(width * factor), height: Math.round(height * factor) };
  if (Math.min(size.width, size.height) < geometry.patch)
    throw new BadImageError(
      'too-small',
      `${name} is ${width} × ${height} px and becomes ${size.width} × ${size.height} px for the network, less than one patch of ${geometry.patch} px: raise geometry.scale or use a larger photograph.`,
    );
  return size;
}

/** The image at network scale: each side by area where it shrinks, bilinearly where it grows. */
export function toNetworkScale(image: PixelImage, geometry: Geometry, name?: string): PixelImage {
  const { width, height } = networkSize(image.width, image.height, geometry, name);
  return resizeImage(image, width, height);
}

/** The mask at network scale, by the nearest pixel. */
export function maskToNetworkScale(mask: Mask, geometry: Geometry, name?: string): Mask {
  const { width, height } = networkSize(mask.width, mask.height, geometry, name);
  return resizeNearest(mask, width, height);
}
