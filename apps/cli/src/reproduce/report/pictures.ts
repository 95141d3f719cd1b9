import { decodeImage, decodeMask, encodePng8 } from '@plumbline/ml/images';
import { inferno, pngUri } from '@plumbline/ml/figures';
import {
  filledMask,
  resizeImage,
  resizeMapBilinear,
  resizeNearest,
  withChannels,
  type FloatMap,
  type Mask,
  type PixelImage,
} from '@plumbline/ml/geometry';
import { unlessBad } from './usable.ts';

/** Longest side of a picture in the report. */
const SIDE = 160;

export async function pictureUri(image: PixelImage): Promise<string> {
  return pngUri(await encodePng8(image));
}

function sizeOf({ width, height }: { readonly width: number; readonly height: number }): [number, number] {
  const factor = Math.min(1, SIDE / Math.max(width, height));
  return [Math.round(width * factor), Math.round(height * factor)];
}

/** A stored picture, reduced to the report's size. */
export async function reducedPicture(file: string): Promise<PixelImage> {
  const image = await decodeImage(file);
  return resizeImage(image, ...sizeOf(image));
}

/** The mask of a defect at the report's size; null where it cannot be read or is not of the map's size, as evaluations have it. */
export async function reducedMask(file: string, map: FloatMap): Promise<Mask | null> {
  const mask = await unlessBad(() => decodeMask(file));
  return mask?.width === map.width && mask.height === map.height ? resizeNearest(mask, ...sizeOf(map)) : null;
}

/** A mask of nothing at the report's size. */
export const emptyMask = (map: FloatMap): Mask => filledMask(...sizeOf(map), 0);

const COLOURS = Uint8Array.from(atob(inferno), (character) => character.charCodeAt(0));

/** A residual map in colours from 0 to `top`, at the report's size, the mask's outline in white over it. */
export function colouredMap(map: FloatMap, top: number, mask: Mask): PixelImage {
  const { width, height, data } = resizeMapBilinear(map, ...sizeOf(map));
  const result = new Float32Array(width * height * 3);
  for (let p = 0; p < data.length; p++) {
    const index = 3 * Math.round(Math.min(Math.max(data[p]! / top, 0), 1) * 255);
    for (let c = 0; c < 3; c++) result[3 * p + c] = COLOURS[index + c]! / 255;
  }
  return outlined({ width, height, channels: 3, data: result }, mask);
}

/** The picture with the outline of the mask, one pixel wide outside of it, in white. */
export function outlined(image: PixelImage, mask: Mask): PixelImage {
  const { width, height } = mask;
  const colour = withChannels(image, 3);
  const data = Float32Array.from(colour.data);
  const inside = (x: number, y: number): boolean => x >= 0 && y >= 0 && x < width && y < height && mask.data[y * width + x] === 1;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (!inside(x, y) && (inside(x - 1, y) || inside(x + 1, y) || inside(x, y - 1) || inside(x, y + 1)))
        data.fill(1, 3 * (y * width + x), 3 * (y * width + x) + 3);
  return { ...colour, data };
}
