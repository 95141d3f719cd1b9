import sharp, { type Sharp } from 'sharp';
import { BadImageError, fromBytes8, type PixelImage } from '../geometry/index.ts';
import { inspectBytes, limitInputPixels, type ImageFacts } from './inspect.ts';
import { brokenImage } from './refusals.ts';
import { readSource, type ImageSource, type SourceOptions } from './source.ts';

/** R = (255−C)(255−K)/255 and so on: without a colour profile, as Pillow does. */
function cmykToRgb(bytes: Buffer, width: number, height: number): PixelImage {
  const data = new Float32Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const light = 255 - bytes[4 * i + 3]!;
    for (let c = 0; c < 3; c++) data[3 * i + c] = Math.round(((255 - bytes[4 * i + c]!) * light) / 255) / 255;
  }
  return { width, height, channels: 3, data };
}

async function pixels16(upright: Sharp, channels: 1 | 3): Promise<PixelImage> {
  // Without naming a 16-bit space the pipeline would pass through 8 bit.
  const pipeline = upright
    .removeAlpha()
    .toColourspace(channels === 1 ? 'grey16' : 'rgb16')
    .raw({ depth: 'ushort' });
  const { data: bytes, info } = await pipeline.toBuffer({ resolveWithObject: true });
  const values = new Uint16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  requireChannels(info.channels, channels);
  const pixels = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) pixels[i] = values[i]! / 65535;
  return { width: info.width, height: info.height, channels, data: pixels };
}

async function pixels8(upright: Sharp, channels: 1 | 3): Promise<PixelImage> {
  const pipeline = upright
    .removeAlpha()
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw({ depth: 'uchar' });
  const { data, info } = await pipeline.toBuffer({ resolveWithObject: true });
  requireChannels(info.channels, channels);
  return fromBytes8(data, info.width, info.height, channels);
}

function requireChannels(got: number, expected: number): void {
  if (got !== expected) throw new Error(`the decoder gave ${got} channels instead of ${expected}`);
}

async function pixelsOf(bytes: Buffer, facts: ImageFacts): Promise<PixelImage> {
  // Stored numbers are taken as they are: no colour profile is applied, so that training, export and other tools see the same values.
  const upright = sharp(bytes, { limitInputPixels, failOn: 'warning', ignoreIcc: true }).autoOrient();
  if (facts.cmyk) {
    const { data, info } = await upright
      .pipelineColourspace('cmyk')
      .toColourspace('cmyk')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    requireChannels(info.channels, 4);
    return cmykToRgb(data, info.width, info.height);
  }
  return facts.bitDepth === 16 ? pixels16(upright, facts.channels) : pixels8(upright, facts.channels);
}

/**
 * Decodes an image file: PNG, JPEG, TIFF, WebP or GIF by content, whatever its name. EXIF orientation is applied, alpha dropped (the stored colours stay), palettes
 * resolved, 16 bit kept, CMYK converted without profile, grey kept as one channel. Values in [0,1].
 * @throws BadImageError where the file is missing, damaged, cut off, too large, of several frames or pages, or of another kind; never half a picture
 */
export async function decodeImage(source: ImageSource, options?: SourceOptions): Promise<PixelImage> {
  const { bytes, name } = await readSource(source, options);
  const facts = await inspectBytes(bytes, name);
  if (facts.animated)
    throw new BadImageError(
      'unsupported',
      `${name} holds ${facts.frames} frames or pages and it is not said which one is meant: save the wanted one as PNG.`,
    );
  try {
    return await pixelsOf(bytes, facts);
  } catch (error) {
    throw brokenImage(error, name);
  }
}
