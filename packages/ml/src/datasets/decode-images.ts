import type { PixelImage } from '../geometry/index.ts';
import { BadImageError, decodeImage } from '../images/index.ts';
import type { DatasetImage } from './dataset.ts';

export interface ImageProblem {
  readonly image: DatasetImage;
  readonly error: BadImageError;
}

/**
 * Decodes images one after another, in order, the next ones already under way. A file that cannot be used is reported and left out;
 * without `onProblem` it ends the walk.
 */
export async function* decodeImages(
  images: readonly DatasetImage[],
  onProblem?: (problem: ImageProblem) => void,
): AsyncGenerator<{ image: DatasetImage; pixels: PixelImage }> {
  const ahead = 2;
  const start = (image: DatasetImage) =>
    decodeImage(image.file, { name: `${image.split}/${image.label}/${image.name}` }).then(
      (pixels) => ({ pixels }),
      (error: unknown) => ({ error }),
    );
  const pending = images.slice(0, ahead).map(start);
  for (const [i, image] of images.entries()) {
    const next = images[i + ahead];
    const result = await pending.shift()!;
    if (next) pending.push(start(next));
    if ('pixels' in result) yield { image, pixels: result.pixels };
    else if (onProblem && result.error instanceof BadImageError) onProblem({ image, error: result.error });
    else throw result.error;
  }
}
