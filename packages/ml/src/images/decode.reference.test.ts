import { describe, expect, it } from 'vitest';
import { excess, referenceAbsent, ReferenceCase, type ReferenceArray, type Tolerance } from '../reference/index.ts';
import { withChannels } from '../geometry/index.ts';
import { decodeImage } from './decode.ts';

interface Expected {
  files: { file: string; pixels: ReferenceArray; mode: string; tolerance: Tolerance }[];
}

describe.skipIf(referenceAbsent)(`decoding agrees with Pillow${referenceAbsent}`, () => {
  const reference = referenceAbsent ? null : new ReferenceCase<unknown, Expected>('image-decoding');
  it.each(reference?.expected.files ?? [])('$file ($mode)', async ({ file, pixels, mode, tolerance }) => {
    const image = await decodeImage(reference!.path(file));
    expect([1, image.height, image.width, 3]).toEqual(pixels.shape);
    expect(image.channels).toBe(['L', 'LA', 'I;16', '1'].includes(mode) ? 1 : 3);
    expect(excess(withChannels(image, 3).data, reference!.floats(pixels), tolerance)).toBeLessThanOrEqual(0);
  });
});
