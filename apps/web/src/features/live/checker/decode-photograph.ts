import { BadImageError, type PixelImage } from '@plumbline/ml/geometry';
import { pngFrames, sniffFormat, type ImageFormat } from '@plumbline/ml/images/sniff';
import { decode as decodePng } from 'fast-png';
import { jpegChannels } from './jpeg-channels.ts';
import { withoutTransparency } from './png-transparency.ts';
import { bitmapOf, pixelsOf, toPixelImage } from '#web/features/residuals/pixels/decode.ts';

/** As on the server: 64 million. */
const MOST_PIXELS = 64_000_000;

/**
 * Decodes a photograph to the values that the server decodes it to. PNG: exactly, 16 bit kept, alpha dropped. JPEG, WebP and GIF by the browser's own
 * decoder, upright by EXIF, without colour management; its JPEG may round a value otherwise than the server's. Transparent pixels of a GIF are black in both.
 * @throws BadImageError with one sentence for what the server refuses too, for TIFF, for CMYK, which browsers convert by profiles, and for a WebP with
 * transparent pixels, whose stored colours browsers do not give back
 */
export async function decodePhotograph(picture: Blob, name: string): Promise<PixelImage> {
  const bytes = new Uint8Array(await picture.arrayBuffer());
  if (bytes.length === 0) throw new BadImageError('broken', `${name} is empty: copy the file again.`);
  const format = sniffFormat(bytes);
  if (!format || format === 'tiff' || format === 'bmp') throw refusal(name, format);
  const frames = format === 'png' ? pngFrames(bytes) : await framesOf(bytes, format);
  if (frames > 1)
    throw new BadImageError(
      'unsupported',
      `${name} holds ${frames} frames and it is not said which one is meant: save the wanted one as PNG.`,
    );
  if (format === 'png' && needsOwnDecoder(bytes)) return ownPng(bytes, name);
  const channels = format === 'jpeg' ? jpegChannels(bytes) : format === 'png' && bytes[25] === 0 ? 1 : 3;
  if (channels === 4)
    throw new BadImageError(
      'unsupported',
      `${name} is a CMYK picture, which browsers convert in ways of their own: save it as PNG or RGB JPEG.`,
    );
  try {
    const opaque = format === 'png' ? new Blob(withoutTransparency(bytes), { type: 'image/png' }) : picture;
    const pixels = pixelsOf(await bitmapOf(opaque));
    requireSize(pixels.width, pixels.height, name);
    if (format === 'webp' && hasTransparent(pixels.rgba))
      throw new BadImageError('unsupported', `${name} has transparent pixels, whose colours browsers change: save it as PNG.`);
    return toPixelImage({ ...pixels, channels: channels === 1 ? 1 : 3 });
  } catch (error) {
    if (error instanceof BadImageError) throw error;
    throw new BadImageError('broken', `${name} is damaged and cannot be decoded: copy or export the file again.`);
  }
}

function refusal(name: string, format: ImageFormat | null): BadImageError {
  const what = format ? `a ${format.toUpperCase()}, which browsers do not read` : 'not an image that can be read here';
  return new BadImageError('unsupported', `${name} is ${what}: use PNG, JPEG, WebP or GIF.`);
}

function requireSize(width: number, height: number, name: string): void {
  if (width * height > MOST_PIXELS)
    throw new BadImageError(
      'too-large',
      `${name} has ${width} × ${height} pixels, more than the ${MOST_PIXELS / 1e6} million allowed: reduce or crop it before.`,
    );
}

/** Whether a pixel of RGBA bytes is not wholly opaque: a canvas has lost its colour. */
function hasTransparent(rgba: Uint8ClampedArray): boolean {
  for (let i = 3; i < rgba.length; i += 4) if (rgba[i]! < 255) return true;
  return false;
}

/** 16 bit, or with an alpha channel: a canvas would round the one and darken the other. */
const needsOwnDecoder = (bytes: Uint8Array): boolean => bytes[24] === 16 || bytes[25] === 4 || bytes[25] === 6;

function ownPng(bytes: Uint8Array, name: string): PixelImage {
  let png: ReturnType<typeof decodePng>;
  try {
    png = decodePng(bytes, { checkCrc: true });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new BadImageError('broken', `${name} is damaged and cannot be decoded (${said}): copy or export the file again.`);
  }
  const { width, height, depth } = png;
  requireSize(width, height, name);
  const channels = png.channels <= 2 ? 1 : 3;
  const data = new Float32Array(width * height * channels);
  const full = depth === 16 ? 65535 : 255;
  for (let i = 0; i < width * height; i++)
    for (let c = 0; c < channels; c++) data[i * channels + c] = png.data[i * png.channels + c]! / full;
  return { width, height, channels, data };
}

/** The browser's decoder of moving pictures, where it has one. */
interface MovingDecoder {
  readonly tracks: { readonly ready: Promise<void>; readonly selectedTrack: { readonly frameCount: number } | null };
  close(): void;
}
type MovingDecoderClass = new (options: { data: Uint8Array; type: string }) => MovingDecoder;

/** Frames of a GIF or WebP; 1 where the browser cannot count them. */
async function framesOf(bytes: Uint8Array, format: ImageFormat): Promise<number> {
  const Decoder = (globalThis as { ImageDecoder?: MovingDecoderClass }).ImageDecoder;
  if (!Decoder || (format !== 'gif' && format !== 'webp')) return 1;
  const decoder = new Decoder({ data: bytes, type: `image/${format}` });
  try {
    await decoder.tracks.ready;
    return decoder.tracks.selectedTrack?.frameCount ?? 1;
  } catch {
    return 1;
  } finally {
    decoder.close();
  }
}
