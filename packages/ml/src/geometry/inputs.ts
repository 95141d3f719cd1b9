import { crop, insert, padSquare } from './crop.ts';
import { tileLayout } from './fields.ts';
import { blankImage, type PixelImage, type Point, type Size } from './image.ts';
import { patchGrid } from './patches.ts';
import type { Geometry } from './scale.ts';

/** Where the network's inputs are cut from a network image: the patches' origins, or the tiles'. */
export function inputOrigins(image: Size, geometry: Geometry): Point[] {
  if (geometry.kind === 'image') return patchGrid(image, geometry);
  const { columns, rows } = tileLayout(geometry);
  return Array.from({ length: columns * rows }, (_, i) => ({
    x: (i % columns) * geometry.input,
    y: Math.floor(i / columns) * geometry.input,
  }));
}

/**
 * The network's inputs as they are cut from a network image, before they are turned.
 * @returns [count, input, input, channels] in the order of `inputOrigins`
 */
export function cutInputs(image: PixelImage, geometry: Geometry): Float32Array {
  const side = geometry.input;
  const cut = geometry.kind === 'image' ? geometry.patch : side;
  const entries = side * side * image.channels;
  const origins = inputOrigins(image, geometry);
  const inputs = new Float32Array(origins.length * entries);
  origins.forEach((at, i) => inputs.set(padSquare(crop(image, at, cut, cut), side).data, i * entries));
  return inputs;
}

/**
 * Squares of the network's inputs side by side, in the grid that the inputs are cut in: a sheet.
 * @param squares [count, input, input, channels] in the order of `inputOrigins`
 * @param image of which they are
 * @throws RangeError where there are not as many squares as inputs
 */
export function inputSheet(
  squares: Float32Array,
  image: Pick<PixelImage, 'width' | 'height' | 'channels'>,
  geometry: Geometry,
): PixelImage {
  const origins = inputOrigins(image, geometry);
  const { channels } = image;
  const side = geometry.input;
  const entries = side * side * channels;
  if (squares.length !== origins.length * entries)
    throw new RangeError(`${squares.length} values are not ${origins.length} squares of ${side} × ${side} × ${channels}`);
  const columns = new Set(origins.map(({ x }) => x)).size;
  const sheet = blankImage(columns * side, (origins.length / columns) * side, channels);
  for (let i = 0; i < origins.length; i++)
    insert(
      sheet,
      { width: side, height: side, channels, data: squares.subarray(i * entries, (i + 1) * entries) },
      { x: (i % columns) * side, y: Math.floor(i / columns) * side },
    );
  return sheet;
}
