import { describe, expect, it } from 'vitest';
import { excess, referenceAbsent, ReferenceCase, type ReferenceArray } from '../reference/index.ts';
import {
  contentSpan,
  gridOrigins,
  maskToInput,
  padLead,
  padSize,
  padSquare,
  patchToInput,
  pointToInput,
  regionOfInterest,
  resizeArea,
  resizeBilinear,
  type PatchGeometry,
} from './index.ts';

const paper: PatchGeometry = { kind: 'patch', resize: 256, patch: 128, padded: 181, input: 128 };

interface Side {
  size: number;
  patch: number;
  stride: number;
}
interface GridInputs {
  sides: Side[];
  image: { height: number; width: number; patch: number; stride: number };
  padSize: { patches: number[] };
}
interface GridExpected {
  sides: number[][];
  image: [number, number][];
  padSize: { patch: number; padded: number; lead: number }[];
}

describe.skipIf(referenceAbsent)(`the plain grid agrees with the reference${referenceAbsent}`, () => {
  const reference = referenceAbsent ? null : new ReferenceCase<GridInputs, GridExpected>('geometry-grid');

  it('patch origins along a side', () => {
    const { inputs, expected } = reference!;
    expect(inputs.sides.map((side) => gridOrigins(side.size, side))).toEqual(expected.sides);
  });

  it('patch origins of an image, rows outside', () => {
    const { image } = reference!.inputs;
    const origins = gridOrigins(image.height, image).flatMap((y) => gridOrigins(image.width, image).map((x) => [y, x]));
    expect(origins).toEqual(reference!.expected.image);
  });

  it('padding and its lead', () => {
    const got = reference!.inputs.padSize.patches.map((patch) => ({ patch, padded: padSize(patch), lead: padLead(patch, padSize(patch)) }));
    expect(got).toEqual(reference!.expected.padSize);
  });
});

interface ResizeInputs {
  patch: ReferenceArray;
  defectMask: ReferenceArray;
  points: [number, number][];
  reduce: { image: ReferenceArray; height: number; width: number };
}
interface ResizeExpected {
  area: ReferenceArray;
  bilinear: ReferenceArray;
  defectMask128: ReferenceArray;
  roi: {
    rect: number[];
    mask: ReferenceArray;
    nearest: number[];
    contentOnlyArea: number[];
    contentOnlyBilinear: number[];
  };
  points: [number, number][];
  reduce: ReferenceArray;
}

describe.skipIf(referenceAbsent)(`the paper's geometry agrees with the reference${referenceAbsent}`, () => {
  const reference = referenceAbsent ? null : new ReferenceCase<ResizeInputs, ResizeExpected>('geometry-pad-resize');
  const patch = () => ({ width: 128, height: 128, channels: 1 as const, data: reference!.floats(reference!.inputs.patch) });

  it('128 → 181 → 128 by area', () => {
    const got = patchToInput(patch(), paper).data;
    expect(excess(got, reference!.floats(reference!.expected.area), reference!.tolerance('area'))).toBeLessThanOrEqual(0);
  });

  it('128 → 181 → 128 bilinearly', () => {
    const got = resizeBilinear(padSquare(patch(), 181), 128, 128).data;
    expect(excess(got, reference!.floats(reference!.expected.bilinear), reference!.tolerance('bilinear'))).toBeLessThanOrEqual(0);
  });

  it('masks travel by nearest', () => {
    const mask = { width: 128, height: 128, data: reference!.bytes(reference!.inputs.defectMask) };
    expect(maskToInput(mask, paper).data).toEqual(reference!.bytes(reference!.expected.defectMask128));
  });

  it('the region of interest, as mask and as spans', () => {
    const { roi } = reference!.expected;
    const span = contentSpan(paper);
    expect(regionOfInterest(paper).data).toEqual(reference!.bytes(roi.mask));
    expect(excess(span.rect, roi.rect, reference!.tolerance('roi'))).toBeLessThanOrEqual(0);
    expect([span.nearest, span.area, span.bilinear]).toEqual([roi.nearest, roi.contentOnlyArea, roi.contentOnlyBilinear]);
  });

  it('points in the network frame', () => {
    const got = reference!.inputs.points.flat().map((coordinate) => pointToInput(coordinate, paper));
    expect(excess(got, reference!.expected.points.flat(), reference!.tolerance('points'))).toBeLessThanOrEqual(0);
  });

  it('area reduction to a size that does not divide, channel by channel', () => {
    const { image, width, height } = reference!.inputs.reduce;
    const [, rows, columns, channels] = image.shape as [number, number, number, number];
    const source = reference!.floats(image);
    const expected = reference!.floats(reference!.expected.reduce);
    for (let c = 0; c < channels; c++) {
      const channel = (values: Float32Array) => values.filter((_, i) => i % channels === c);
      const got = resizeArea({ width: columns, height: rows, channels: 1, data: channel(source) }, width, height).data;
      expect(excess(got, channel(expected), reference!.tolerance('reduce'))).toBeLessThanOrEqual(0);
    }
  });
});
