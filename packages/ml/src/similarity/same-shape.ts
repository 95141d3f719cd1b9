import type { PixelImage } from '../geometry/index.ts';

/** @throws RangeError where two images differ in size or channels */
export function requireSameShape(a: PixelImage, b: PixelImage): void {
  if (a.width !== b.width || a.height !== b.height || a.channels !== b.channels)
    throw new RangeError(
      `images of ${a.width} × ${a.height} × ${a.channels} and ${b.width} × ${b.height} × ${b.channels} cannot be compared; they must have one shape`,
    );
}
