import { describe, expect, it } from 'vitest';
import { excess, referenceAbsent, ReferenceCase, type ReferenceArray } from '../reference/index.ts';
import { angleGradients, rotate, rotateBack, type BatchShape, type Sampler } from './index.ts';

interface Inputs {
  images: ReferenceArray;
  alpha: number[];
  dy: ReferenceArray;
}
interface Expected {
  output: ReferenceArray;
  decided?: ReferenceArray;
  dImage: ReferenceArray;
  dAlpha: (number | null)[];
}
interface RoundTrip {
  rows: { sampler: Sampler; degrees: number; mseAll: number[]; mseInner: number[] }[];
}

function shapeOf(array: ReferenceArray): BatchShape {
  const [count, side, , channels] = array.shape as [number, number, number, 1 | 3];
  return { count, side, channels };
}

describe.skipIf(referenceAbsent !== '')(`The samplers agree with the reference${referenceAbsent}`, () => {
  const cases: [string, Sampler][] = [
    ['sampler-bilinear', 'bilinear'],
    ['sampler-bilinear-odd', 'bilinear'],
    ['sampler-legacy', 'legacy'],
    ['sampler-nearest', 'nearest'],
  ];
  it.each(cases)('%s: turned images, where the case decides them', (name, sampler) => {
    const reference = new ReferenceCase<Inputs, Expected>(name);
    const { images, alpha } = reference.inputs;
    const shape = shapeOf(images);
    const got = rotate(sampler, reference.floats(images), shape, alpha);
    const wanted = reference.floats(reference.expected.output);
    const { decided } = reference.expected;
    const where = decided ? reference.bytes(decided) : new Uint8Array(wanted.length / shape.channels).fill(1);
    const compared = (_: number, i: number) => where[Math.floor(i / shape.channels)] === 1;
    expect(where.filter((value) => value === 1).length / where.length).toBeGreaterThan(0.8);
    expect(excess(got.filter(compared), wanted.filter(compared), reference.tolerance('output'))).toBeLessThanOrEqual(0);
  });

  it('sampler-bilinear: gradients to the images and to the angles, the right-hand one at angle 0', () => {
    const reference = new ReferenceCase<Inputs, Expected>('sampler-bilinear');
    const { inputs, expected } = reference;
    const shape = shapeOf(inputs.images);
    const dy = reference.floats(inputs.dy);
    const dImages = rotateBack('bilinear', dy, shape, inputs.alpha);
    expect(excess(dImages, reference.floats(expected.dImage), reference.tolerance('dImage'))).toBeLessThanOrEqual(0);
    const dAlpha = angleGradients('bilinear', reference.floats(inputs.images), dy, shape, inputs.alpha);
    const compared = (_: unknown, n: number) => expected.dAlpha[n] !== null;
    expect(
      excess(dAlpha.filter(compared), expected.dAlpha.filter(compared) as number[], reference.tolerance('dAlpha')),
    ).toBeLessThanOrEqual(0);
  });

  it('sampler-roundtrip: what a turn there and back costs, per sampler', () => {
    const reference = new ReferenceCase<Pick<Inputs, 'images'>, RoundTrip>('sampler-roundtrip');
    const images = reference.floats(reference.inputs.images);
    const shape = shapeOf(reference.inputs.images);
    const { side, count } = shape;
    for (const row of reference.expected.rows) {
      const alpha = (row.degrees * Math.PI) / 180;
      const there = rotate(row.sampler, images, shape, new Float64Array(count).fill(alpha));
      const back = rotate(row.sampler, there, shape, new Float64Array(count).fill(-alpha));
      const mse = (n: number, from: number, to: number) => {
        let sum = 0;
        for (let y = from; y <= to; y++)
          for (let x = from; x <= to; x++) {
            const i = (n * side + y) * side + x;
            sum += (255 * (back[i]! - images[i]!)) ** 2;
          }
        return sum / (to - from + 1) ** 2;
      };
      const tolerance = reference.tolerance(row.sampler);
      const each = Array.from({ length: count }, (_, n) => n);
      expect(
        excess(
          each.map((n) => mse(n, 0, side - 1)),
          row.mseAll,
          tolerance,
        ),
      ).toBeLessThanOrEqual(0);
      expect(
        excess(
          each.map((n) => mse(n, 19, 107)),
          row.mseInner,
          tolerance,
        ),
      ).toBeLessThanOrEqual(0);
      if (row.degrees === 0 && row.sampler !== 'legacy') expect(back).toEqual(images);
    }
  });
});
