import { describe, expect, it } from 'vitest';
import type { Mask } from '../geometry/index.ts';
import { excess, referenceAbsent, ReferenceCase, type ReferenceArray } from '../reference/index.ts';
import { GradientFilters } from './gradient-filters.ts';
import { OrientationLoss, rotate, type BatchShape, type OrientationMask } from './index.ts';
import { MeasuredRegion } from './measured-region.ts';
import { ReadPositions } from './read-positions.ts';
import { halve } from './reduced.ts';

interface Inputs {
  images: ReferenceArray;
  roi: ReferenceArray;
  curveDegrees: number[];
  gradientAlpha: number[];
  stageAlpha: number;
}
type Gradient = Record<'after' | 'before' | 'dAfter' | 'dBefore', number[]>;
interface Expected {
  curves: { image: number; after: number[]; before: number[]; minimumDegreesModulo180: number }[];
  gradients: (Gradient & { image: number })[];
  curveKeepPixels: number[];
  curveErodedPixels: number[];
  stages: Record<'turned' | 'small' | 'blurred' | 'gx' | 'keep' | 'eroded', ReferenceArray>;
}

const radians = (degrees: number) => (degrees * Math.PI) / 180;
const total = (mask: Mask) => mask.data.reduce((sum, value) => sum + value, 0);

describe.skipIf(referenceAbsent !== '')(`The normalisation loss agrees with the reference${referenceAbsent}`, () => {
  const reference = referenceAbsent === '' ? new ReferenceCase<Inputs, Expected>('normalisation-loss') : null!;
  const side = 128;
  const roi = (): Mask => ({ width: side, height: side, data: reference.bytes(reference.inputs.roi) });
  /** One image, as often as there are angles, grey or with three equal channels. */
  const repeated = (image: number, count: number, channels: 1 | 3): [Float32Array, BatchShape] => {
    const one = reference.floats(reference.inputs.images).subarray(image * side * side, (image + 1) * side * side);
    const length = one.length * channels;
    return [Float32Array.from({ length: count * length }, (_, i) => one[Math.floor((i % length) / channels)]!), { count, side, channels }];
  };

  it.each<[OrientationMask & ('after' | 'before'), 1 | 3]>([
    ['after', 1],
    ['before', 1],
    ['after', 3],
  ])('J over a full turn, mask %s, %d channel(s), and where it is lowest', (mask, channels) => {
    const { curveDegrees } = reference.inputs;
    const loss = new OrientationLoss(roi(), mask);
    for (const curve of reference.expected.curves) {
      const values = loss.values(...repeated(curve.image, curveDegrees.length, channels), curveDegrees.map(radians));
      expect(excess(values, curve[mask], reference.tolerance(mask))).toBeLessThanOrEqual(0);
      const half = values.slice(0, 36);
      if (mask === 'after') expect(curveDegrees[half.indexOf(Math.min(...half))]).toBe(curve.minimumDegreesModulo180);
    }
  });

  it.each([
    ['after', 'dAfter'],
    ['before', 'dBefore'],
  ] as const)('dJ/dα, mask %s', (mask, field) => {
    const { gradientAlpha } = reference.inputs;
    const loss = new OrientationLoss(roi(), mask);
    for (const expected of reference.expected.gradients) {
      const got = loss.gradients(...repeated(expected.image, gradientAlpha.length, 1), gradientAlpha);
      expect(excess(got.values, expected[mask], reference.tolerance(mask))).toBeLessThanOrEqual(0);
      expect(excess(got.angles, expected[field], reference.tolerance(field))).toBeLessThanOrEqual(0);
    }
  });

  it('the number of pixels kept and measured at every angle of the curve', () => {
    const region = new MeasuredRegion(roi());
    const positions = new ReadPositions(side, 'bilinear');
    const counts = reference.inputs.curveDegrees.map((degrees) => {
      positions.turn(radians(degrees));
      return [total(region.keepAt(positions)), total(region.erodedAt(positions))] as const;
    });
    expect(counts.map(([keep]) => keep)).toEqual(reference.expected.curveKeepPixels);
    expect(counts.map(([, eroded]) => eroded)).toEqual(reference.expected.curveErodedPixels);
  });

  it('every stage of one angle', () => {
    const { stages } = reference.expected;
    const { stageAlpha } = reference.inputs;
    const agrees = (got: ArrayLike<number>, stage: ReferenceArray) =>
      expect(excess(got, reference.floats(stage), reference.tolerance('stages'))).toBeLessThanOrEqual(0);
    const turned = rotate('bilinear', ...repeated(0, 1, 1), [stageAlpha]);
    agrees(turned, stages.turned);
    const filters = new GradientFilters(side / 2);
    const plane = new Float64Array((side * side) / 4);
    halve(turned, side, plane);
    agrees(plane, stages.small);
    filters.blur(plane, plane);
    agrees(plane, stages.blurred);
    filters.across(plane, plane);
    agrees(plane, stages.gx);
    const positions = new ReadPositions(side, 'bilinear');
    positions.turn(stageAlpha);
    const region = new MeasuredRegion(roi());
    expect(region.keepAt(positions).data).toEqual(reference.bytes(stages.keep));
    expect(region.erodedAt(positions).data).toEqual(reference.bytes(stages.eroded));
  });
});
