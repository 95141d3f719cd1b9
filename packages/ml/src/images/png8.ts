import sharp from 'sharp';
import { quantise8, type Mask, type PixelImage } from '../geometry/index.ts';
import { decodeImage } from './decode.ts';
import type { ImageSource, SourceOptions } from './source.ts';

async function encode(bytes: Uint8Array, width: number, height: number, channels: 1 | 3): Promise<Buffer> {
  return await sharp(bytes, { raw: { width, height, channels } })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .png({ compressionLevel: 6 })
    .toBuffer();
}

/** 8-bit PNG of the image; values are rounded to whole 255ths, nothing else is lost. */
export async function encodePng8(image: PixelImage): Promise<Buffer> {
  return await encode(quantise8(image), image.width, image.height, image.channels);
}

/** 8-bit grey PNG of the mask: 0 outside, 255 inside. */
export async function encodeMaskPng(mask: Mask): Promise<Buffer> {
  return await encode(
    mask.data.map((value) => (value ? 255 : 0)),
    mask.width,
    mask.height,
    1,
  );
}

/** Reads an 8-bit PNG back; every value is a whole 255th, exactly as it was written. */
export async function readPng8(source: ImageSource, options?: SourceOptions): Promise<PixelImage> {
  return await decodeImage(source, options);
}
