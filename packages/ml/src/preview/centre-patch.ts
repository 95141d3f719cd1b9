import { contentSpan, crop, patchToInput, toNetworkScale, withChannels, type PixelImage } from '../geometry/index.ts';
import type { Recipe } from '../recipes/index.ts';

export interface CentrePatch {
  /** As the network sees it. */
  readonly input: PixelImage;
  /** First and last row and column that hold content and no padding. */
  readonly content: readonly [number, number];
  /** What was done to the photograph, in words. */
  readonly steps: string;
}

/**
 * The patch in the middle of a photograph, through the recipe's geometry to the letter.
 * @param name how refusals call the photograph
 * @throws BadImageError where it does not hold one patch
 */
export function centrePatch(
  photograph: PixelImage,
  { geometry, channels }: Pick<Recipe, 'geometry' | 'channels'>,
  name: string,
): CentrePatch {
  const scaled = toNetworkScale(withChannels(photograph, channels), geometry, name);
  const { patch } = geometry;
  const at = { x: Math.floor((scaled.width - patch) / 2), y: Math.floor((scaled.height - patch) / 2) };
  const input = patchToInput(crop(scaled, at, patch, patch), geometry);
  const padding =
    geometry.kind === 'patch' ? `padded to ${geometry.padded} and reduced to ${geometry.input}` : `padded to ${geometry.input}`;
  return {
    input,
    content: contentSpan(geometry).area,
    steps: `${photograph.width} × ${photograph.height} px, resized to ${scaled.width} × ${scaled.height}, the middle ${patch} × ${patch} ${padding} (${geometry.kind} geometry)`,
  };
}
