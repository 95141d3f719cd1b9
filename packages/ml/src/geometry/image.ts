/** Pixels in [0,1], row-major, channels last (HWC). Grey images keep one channel. */
export interface PixelImage {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: Float32Array;
}

/** One byte a pixel, row-major: 1 inside, 0 outside. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** One float32 a pixel, row-major: residuals, similarities. */
export interface FloatMap {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Top left corner, or a point, in pixels: x to the right, y down. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A black image of the given size. */
export function blankImage(width: number, height: number, channels: 1 | 3): PixelImage {
  return { width, height, channels, data: new Float32Array(width * height * channels) };
}

/** A mask of one value. */
export function filledMask(width: number, height: number, value: 0 | 1): Mask {
  return { width, height, data: new Uint8Array(width * height).fill(value) };
}

/**
 * The image with the wanted number of channels: grey is replicated to three, colour is weighted to grey by ITU-R 601 luma
 * (0.299, 0.587, 0.114). Returns the same object when nothing has to change.
 */
export function withChannels(image: PixelImage, channels: 1 | 3): PixelImage {
  if (image.channels === channels) return image;
  const { width, height, data } = image;
  const result = blankImage(width, height, channels);
  for (let i = 0; i < width * height; i++) {
    if (channels === 3) result.data.fill(data[i]!, 3 * i, 3 * i + 3);
    else result.data[i] = 0.299 * data[3 * i]! + 0.587 * data[3 * i + 1]! + 0.114 * data[3 * i + 2]!;
  }
  return result;
}

/** The image's values as whole numbers 0…255, rounded to nearest and clipped; refuses a value that is not a number. */
export function quantise8(image: PixelImage): Uint8Array {
  const { data } = image;
  const result = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (Number.isNaN(value)) throw new Error(`pixel value ${i} is not a number; the image cannot be stored`);
    result[i] = value <= 0 ? 0 : value >= 1 ? 255 : Math.round(value * 255);
  }
  return result;
}

/** 8-bit values (HWC) as an image in [0,1]. */
export function fromBytes8(bytes: Uint8Array, width: number, height: number, channels: 1 | 3): PixelImage {
  const data = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) data[i] = bytes[i]! / 255;
  return { width, height, channels, data };
}
