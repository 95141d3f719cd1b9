import { describe, expect, it } from 'vitest';
import type { PixelImage } from '../geometry/index.ts';
import { excess, referenceAbsent, ReferenceCase, type ReferenceArray } from '../reference/index.ts';
import { roundTrip, type Sampler } from './index.ts';

interface Expected {
  rows: { sampler: Sampler; degrees: number; mseAll: number[]; mseInner: number[] }[];
}

describe.skipIf(referenceAbsent !== '')(`The round trip agrees with the reference${referenceAbsent}`, () => {
  it('sampler-roundtrip: mean squared difference of the whole frame and of the content, per sampler and image', () => {
    const reference = new ReferenceCase<{ images: ReferenceArray }, Expected>('sampler-roundtrip');
    const { images } = reference.inputs;
    const [count, side] = images.shape as [number, number];
    const values = reference.floats(images);
    for (const row of reference.expected.rows) {
      const trips = Array.from({ length: count }, (_, n) => {
        const image: PixelImage = { width: side, height: side, channels: 1, data: values.slice(n * side * side, (n + 1) * side * side) };
        return roundTrip(row.sampler, image, (row.degrees * Math.PI) / 180, [19, 107]);
      });
      const tolerance = reference.tolerance(row.sampler);
      expect(
        excess(
          trips.map(({ mse }) => mse),
          row.mseAll,
          tolerance,
        ),
      ).toBeLessThanOrEqual(0);
      expect(
        excess(
          trips.map(({ mseInner }) => mseInner ?? NaN),
          row.mseInner,
          tolerance,
        ),
      ).toBeLessThanOrEqual(0);
    }
  });
});
