import type { Mask } from '../geometry/index.ts';
import type { Random } from '../random/index.ts';
import type { Recipe } from '../recipes/index.ts';

export type CorruptionOptions = Recipe['loss']['corruption'];

export interface Corrupted {
  /** What the network sees in place of the batch. */
  readonly values: Float32Array;
  /** How much each entry counts in the loss, of the batch's shape; null where all count alike. */
  readonly weights: Float32Array | null;
}

/**
 * C of a denoising autoencoder (Vincent et al. 2008; Rádli & Czúni 2022, Eq. 4): the network sees corrupted patches and is asked for the whole ones.
 * `noise` adds Gaussian noise (not clipped, so that it stays Gaussian) and touches every entry of the region; `blocks` sets squares to 0, black, as if they
 * were deleted (Rádli & Czúni 2021). The padding is never touched.
 * @param batch patches of the region's size one after another, channels last, in [0,1]; stays as it is
 * @param random everything that is drawn comes from it, in the patches' order
 */
export function corrupt(batch: Float32Array, roi: Mask, channels: number, options: CorruptionOptions, random: Random): Corrupted {
  if (options.kind === 'none') return { values: batch, weights: null };
  const values = batch.slice();
  const weights = options.touched === 1 ? null : new Float32Array(batch.length).fill(1);
  const entries = roi.width * roi.height * channels;
  const touch = (at: number, value: number): void => {
    values[at] = value;
    if (weights) weights[at] = options.touched;
  };
  for (let from = 0; from < batch.length; from += entries) {
    if (options.kind === 'noise') addNoise(batch, from, roi, channels, options.deviation, random, touch);
    else deleteBlocks(from, roi, channels, options, random, touch);
  }
  return { values, weights };
}

type Touch = (at: number, value: number) => void;

function addNoise(batch: Float32Array, from: number, roi: Mask, channels: number, deviation: number, random: Random, touch: Touch): void {
  const noise = random.normals(roi.data.reduce((sum, inside) => sum + inside, 0) * channels);
  let next = 0;
  for (let pixel = 0; pixel < roi.data.length; pixel++) {
    if (!roi.data[pixel]) continue;
    const at = from + pixel * channels;
    for (let c = 0; c < channels; c++) touch(at + c, batch[at + c]! + deviation * noise[next++]!);
  }
}

/** Squares that lie whole inside the region's extent, or cover it along a side that is too short for them. */
function deleteBlocks(
  from: number,
  roi: Mask,
  channels: number,
  { count, side }: { readonly count: number; readonly side: number },
  random: Random,
  touch: Touch,
): void {
  const { left, top, right, bottom } = extent(roi);
  for (let block = 0; block < count; block++) {
    const x0 = left + Math.floor(random.next() * Math.max(1, right - left - side + 1));
    const y0 = top + Math.floor(random.next() * Math.max(1, bottom - top - side + 1));
    for (let y = y0; y < Math.min(y0 + side, bottom); y++) {
      for (let x = x0; x < Math.min(x0 + side, right); x++) {
        const pixel = y * roi.width + x;
        if (roi.data[pixel]) for (let c = 0; c < channels; c++) touch(from + pixel * channels + c, 0);
      }
    }
  }
}

/** Rows and columns that the mask reaches; right and bottom are the first ones beyond. */
function extent({ width, height, data }: Mask): { left: number; top: number; right: number; bottom: number } {
  const box = { left: width, top: height, right: 0, bottom: 0 };
  for (let i = 0; i < data.length; i++) {
    if (!data[i]) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x + 1);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y + 1);
  }
  return box;
}
