import sharp, { type Metadata } from 'sharp';
import { BadImageError } from '../geometry/index.ts';
import { brokenImage } from './refusals.ts';
import { pngFrames, sniffFormat, type ImageFormat } from './sniff.ts';
import { readSource, type ImageSource, type SourceOptions } from './source.ts';

/** Most pixels an image may have: 64 million. */
export const limitInputPixels = 64_000_000;

export interface ImageFacts {
  /** Size of the upright picture (EXIF orientation applied). */
  readonly width: number;
  readonly height: number;
  readonly format: ImageFormat;
  /** Channels that decoding gives: 1 for grey, else 3. */
  readonly channels: 1 | 3;
  /** Bits a channel that decoding keeps: 16, else 8 (1, 2 and 4 bits are widened without loss). */
  readonly bitDepth: 8 | 16;
  readonly alpha: boolean;
  readonly cmyk: boolean;
  /** Frames of an animation or pages of a document; decoding refuses more than one. */
  readonly frames: number;
  readonly animated: boolean;
}

function factsOf(metadata: Metadata, format: ImageFormat, bytes: Buffer): ImageFacts {
  const { width, height } = metadata.autoOrient;
  const frames = format === 'png' ? pngFrames(bytes) : (metadata.pages ?? 1);
  const grey = metadata.space === 'b-w' || metadata.space === 'grey16';
  return {
    width,
    height,
    format,
    channels: grey ? 1 : 3,
    bitDepth: metadata.depth === 'ushort' ? 16 : 8,
    alpha: metadata.hasAlpha,
    cmyk: metadata.space === 'cmyk',
    frames,
    animated: frames > 1,
  };
}

/** Reads the header alone and refuses what could not be decoded anyway. */
export async function inspectBytes(bytes: Buffer, name: string): Promise<ImageFacts> {
  if (bytes.length === 0) throw new BadImageError('broken', `${name} is empty: copy the file again.`);
  const format = sniffFormat(bytes);
  if (format === 'bmp') throw new BadImageError('unsupported', `${name} is a BMP, which is not read: save it as PNG, which loses nothing.`);
  if (!format) throw new BadImageError('unsupported', `${name} is not an image that can be read: use PNG, JPEG, TIFF, WebP or GIF.`);
  let metadata: Metadata;
  try {
    metadata = await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (error) {
    throw brokenImage(error, name);
  }
  const { width, height } = metadata;
  if (width * height > limitInputPixels)
    throw new BadImageError(
      'too-large',
      `${name} has ${width} × ${height} = ${Math.round((width * height) / 1e6)} million pixels, more than the ${limitInputPixels / 1e6} million allowed: reduce or crop it before.`,
    );
  if (!['uchar', 'ushort'].includes(metadata.depth))
    throw new BadImageError(
      'unsupported',
      `${name} stores its pixels as ${metadata.depth}, not as 8 or 16-bit whole numbers: save it as 8 or 16-bit PNG.`,
    );
  return factsOf(metadata, format, bytes);
}

/**
 * What an image is, from its header: cheap, nothing is decoded, so pixel data cut off later goes unnoticed.
 * @throws BadImageError where the file is no image, is broken, or has more pixels than allowed
 */
export async function inspectImage(source: ImageSource, options?: SourceOptions): Promise<ImageFacts> {
  const { bytes, name } = await readSource(source, options);
  return await inspectBytes(bytes, name);
}
