import { createHash } from 'node:crypto';
import type { Dataset } from './dataset.ts';
import { imagesOf } from './dataset.ts';

/**
 * Holds out `share` of the training images for validation, whole images so that no patch has a sibling on the other side. Which ones follows
 * from the seed and the images' ids alone, not from their order. At least one image stays on each side where there are two or more.
 * A dataset that brings its own validation images is returned as it is.
 * @param share in [0,1)
 */
export function withValidationSplit(dataset: Dataset, share: number, seed: number): Dataset {
  if (!(share >= 0 && share < 1)) throw new RangeError(`a validation share of ${share} is not possible; it must be from 0 to below 1`);
  const train = imagesOf(dataset, 'train');
  if (share === 0 || train.length < 2 || imagesOf(dataset, 'validation').length > 0) return dataset;
  const count = Math.min(Math.max(Math.round(share * train.length), 1), train.length - 1);
  const held = new Set(
    train
      .map((image) => ({ id: image.id, lot: createHash('sha256').update(`${seed}\n${image.id}`).digest('hex') }))
      .sort((a, b) => (a.lot < b.lot ? -1 : 1))
      .slice(0, count)
      .map((entry) => entry.id),
  );
  return { ...dataset, images: dataset.images.map((image) => (held.has(image.id) ? { ...image, split: 'validation' } : image)) };
}
