import type { Mask, PixelImage } from '@plumbline/ml/geometry';

/** A decoded 8-bit picture: RGBA bytes for drawing, and how many channels carry information. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Channels of a PNG by its header (colour types 0 and 4 are grey); null when the bytes are no PNG. */
export function pngChannels(bytes: Uint8Array): 1 | 3 | null {
  if (bytes.length < 26 || PNG_SIGNATURE.some((value, i) => bytes[i] !== value)) return null;
  return bytes[25] === 0 || bytes[25] === 4 ? 1 : 3;
}

/**
 * Decodes an opaque 8-bit picture to its exact stored values: no colour management, no premultiplication.
 * @param name what the file is, for the message
 * @throws Error with one sentence when the browser cannot read the bytes
 */
export async function decodePicture(blob: Blob, name: string): Promise<Picture> {
  // What residuals are derived from is always a PNG; only masks, whose channels do not matter, may be of another format.
  const channels = pngChannels(new Uint8Array(await blob.slice(0, 32).arrayBuffer())) ?? 3;
  const bitmap = await bitmapOf(blob).catch(() => {
    throw new Error(`${name} is no picture that this browser can read: evaluate the checkpoint again to store it anew.`);
  });
  return { channels, ...pixelsOf(bitmap) };
}

/** The picture as the browser decodes it: no colour management, no premultiplication, upright by EXIF. @throws where it cannot */
export const bitmapOf = (picture: Blob): Promise<ImageBitmap> =>
  createImageBitmap(picture, { colorSpaceConversion: 'none', premultiplyAlpha: 'none', imageOrientation: 'from-image' });

/** The pixels of a bitmap, which is closed. @throws Error with one sentence where the browser gives no canvas */
export function pixelsOf(bitmap: ImageBitmap): Omit<Picture, 'channels'> {
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true, colorSpace: 'srgb' });
  if (!context) throw new Error('This browser gives no canvas to read pictures with: close other tabs or use a current browser.');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { width, height, rgba: context.getImageData(0, 0, width, height).data };
}

/** Values in [0,1], row-major HWC, as the library takes them. */
export function toPixelImage({ width, height, channels, rgba }: Picture): PixelImage {
  const data = new Float32Array(width * height * channels);
  for (let i = 0; i < width * height; i++) for (let c = 0; c < channels; c++) data[i * channels + c] = rgba[4 * i + c]! / 255;
  return { width, height, channels, data };
}

/** A computed image rounded to 8 bit, for drawing. Values outside [0,1] take the end's. */
export function fromPixelImage({ width, height, channels, data }: PixelImage): Picture {
  const rgba = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) rgba[4 * i + c] = Math.round(255 * data[i * channels + (channels === 1 ? 0 : c)]!);
    rgba[4 * i + 3] = 255;
  }
  return { width, height, channels, rgba };
}

/** Ground truth from its picture: set where the value is above 127. */
export function toMask({ width, height, rgba }: Picture): Mask {
  const data = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i++) data[i] = rgba[4 * i]! > 127 ? 1 : 0;
  return { width, height, data };
}
