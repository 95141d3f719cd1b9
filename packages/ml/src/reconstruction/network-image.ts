import {
  blankImage,
  crop,
  fromBytes8,
  insert,
  patchGrid,
  patchToInput,
  quantise8,
  tileLayout,
  toNetworkScale,
  withChannels,
  type PixelImage,
} from '../geometry/index.ts';
import type { Geometry } from '../recipes/index.ts';

/** Values rounded to whole 255ths: what is stored as PNG, and what residuals are derived from. */
export function rounded8(image: PixelImage): PixelImage {
  return fromBytes8(quantise8(image), image.width, image.height, image.channels);
}

/**
 * The photograph as the network is shown it, rounded to 8 bit. `image`: the whole image at network scale.
 * `patch`: its padded patches laid out as tiles of `input`² pixels, since there the network never sees a whole image.
 * @throws BadImageError where the image does not hold one patch
 */
export function networkImage(photograph: PixelImage, geometry: Geometry, channels: 1 | 3, name?: string): PixelImage {
  const scaled = toNetworkScale(withChannels(photograph, channels), geometry, name);
  if (geometry.kind === 'image') return rounded8(scaled);
  const { columns, rows } = tileLayout(geometry);
  const tiles = blankImage(columns * geometry.input, rows * geometry.input, channels);
  for (const [i, at] of patchGrid(scaled, geometry).entries()) {
    const tile = patchToInput(crop(scaled, at, geometry.patch, geometry.patch), geometry);
    insert(tiles, tile, { x: (i % columns) * geometry.input, y: Math.floor(i / columns) * geometry.input });
  }
  return rounded8(tiles);
}
