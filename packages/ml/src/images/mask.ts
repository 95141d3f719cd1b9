import { BadImageError, quantise8, type Mask } from '../geometry/index.ts';
import { decodeImage } from './decode.ts';
import { readSource, type ImageSource, type SourceOptions } from './source.ts';

/** 8-bit grey as Pillow's convert('L') has it: ITU-R 601 luma in 16-bit fixed point. */
function greyAt(values: Uint8Array, channels: 1 | 3, pixel: number): number {
  if (channels === 1) return values[pixel]!;
  const [r, g, b] = [values[3 * pixel]!, values[3 * pixel + 1]!, values[3 * pixel + 2]!];
  return (r * 19595 + g * 38470 + b * 7471 + 0x8000) >> 16;
}

/**
 * Decodes a mask: 1 where the grey value is above 127 (of 255).
 * @throws BadImageError as decodeImage; and where no pixel is above 127 although some are above 0, which is nearly always a mask of labels 0 and 1
 */
export async function decodeMask(source: ImageSource, options?: SourceOptions): Promise<Mask> {
  const { bytes, name } = await readSource(source, options);
  const image = await decodeImage(bytes, { name });
  const values = quantise8(image);
  const data = new Uint8Array(image.width * image.height);
  let highest = 0;
  for (let pixel = 0; pixel < data.length; pixel++) {
    const grey = greyAt(values, image.channels, pixel);
    if (grey > highest) highest = grey;
    data[pixel] = grey > 127 ? 1 : 0;
  }
  if (highest > 0 && highest <= 127)
    throw new BadImageError(
      'unsupported',
      `${name} is a mask whose brightest value is ${highest}, but defects are marked by values above 127: save them as 255.`,
    );
  return { width: image.width, height: image.height, data };
}
