import { imagesOf, type Dataset, type DatasetImage } from '@plumbline/ml/datasets';
import { BadImageError } from '@plumbline/ml/images';

/** An image that can be shown, with what was made of it. */
export interface Usable<T> {
  readonly image: DatasetImage;
  readonly made: T;
}

/**
 * What `make` makes of the first images it can use, at most `count`: a report shows examples, and no single file may cost all of it.
 * @param make null, or a BadImageError (unreadable, or too small), for an image that is to be passed over
 */
export async function firstUsable<T>(
  images: readonly DatasetImage[],
  count: number,
  make: (image: DatasetImage) => Promise<T | null>,
): Promise<Usable<T>[]> {
  const found: Usable<T>[] = [];
  for (const image of images) {
    if (found.length === count) break;
    const made = await unlessBad(() => make(image));
    if (made !== null) found.push({ image, made });
  }
  return found;
}

/** The same of the good test images, or of the training images where none of those can be used. */
export async function usableGood<T>(dataset: Dataset, count: number, make: (image: DatasetImage) => Promise<T>): Promise<Usable<T>[]> {
  const good = imagesOf(dataset, 'test').filter(({ label }) => label === 'good');
  const tested = await firstUsable(good, count, make);
  return tested.length > 0 ? tested : await firstUsable(imagesOf(dataset, 'train'), count, make);
}

/** What stands in the place of a class none of whose images can be shown. */
export const NONE_USABLE =
  'None of its good images can be shown here: they cannot be read, or hold no patch of this geometry; the evaluations list those that could not be used.';

/** The value, or null where a file is no image that can be used. */
export async function unlessBad<T>(make: () => Promise<T>): Promise<T | null> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof BadImageError)) throw error;
    return null;
  }
}
