import { describe, expect, it } from 'vitest';
import { erodeMask, withChannels, type FloatMap, type Mask, type PixelImage } from '../geometry/index.ts';
import { excess, referenceAbsent, ReferenceCase, type ReferenceArray } from '../reference/index.ts';
import { meanInterior, meanOf, meanOverValid, squaredErrorMap, ssimMap } from './index.ts';

interface Run<Extra> {
  map: ReferenceArray;
  meanAll: number[];
  meanRoi: number[];
  extra: Extra;
}
interface SsimInputs {
  a: ReferenceArray;
  b: ReferenceArray;
  roi: ReferenceArray;
  window: { kind: 'uniform' | 'gaussian'; size: number; sigma?: number };
  K1: number;
  K2: number;
  runs: { id: string; scale: number; dataRange: number }[];
}
interface SsimExpected {
  runs: (Omit<Run<never>, 'extra'> & { id: string; meanInterior: number[]; meanRoiEroded: number[] })[];
  roiErodedPixels: number[];
}

/** Picture `n` of a batch stored as NHWC (or NHW for masks and maps). */
function pictureOf<T extends Float32Array | Uint8Array>(values: T, shape: readonly number[], n: number): T {
  const size = values.length / shape[0]!;
  return values.slice(n * size, (n + 1) * size) as T;
}

function imageOf(reference: ReferenceCase<unknown, unknown>, array: ReferenceArray, n: number, scale = 1): PixelImage {
  const [, height, width, channels] = array.shape as [number, number, number, 1 | 3];
  return { width, height, channels, data: pictureOf(reference.floats(array), array.shape, n).map((value) => value * scale) };
}

function maskOf(reference: ReferenceCase<unknown, unknown>, array: ReferenceArray, n: number): Mask {
  const [, height, width] = array.shape as [number, number, number];
  return { width, height, data: pictureOf(reference.bytes(array), array.shape, n) };
}

describe.skipIf(referenceAbsent)(`SSIM agrees with scikit-image${referenceAbsent}`, () => {
  it.each(['ssim-uniform-grey', 'ssim-uniform-colour', 'ssim-gaussian-grey', 'ssim-gaussian-colour'])('%s', (name) => {
    const reference = new ReferenceCase<SsimInputs, SsimExpected>(name);
    const { a, b, roi, window, K1, K2, runs } = reference.inputs;
    const radius = (window.size - 1) / 2;
    for (const [index, run] of runs.entries()) {
      const expected = reference.expected.runs[index]!;
      for (let n = 0; n < a.shape[0]!; n++) {
        const options = { window: window.kind, sigma: window.sigma ?? 0, size: window.size, dataRange: run.dataRange, k1: K1, k2: K2 };
        const map = ssimMap(imageOf(reference, a, n, run.scale), imageOf(reference, b, n, run.scale), options);
        const mask = maskOf(reference, roi, n);
        const wanted = pictureOf(reference.floats(expected.map), expected.map.shape, n);
        expect(excess(map.data, wanted, reference.tolerance('map')), `${run.id} map`).toBeLessThanOrEqual(0);
        const means: Record<string, number | null> = {
          meanAll: meanOf(map),
          meanInterior: meanInterior(map, radius),
          meanRoi: meanOf(map, mask),
          meanRoiEroded: meanOverValid(map, mask, radius),
        };
        for (const field of ['meanAll', 'meanInterior', 'meanRoi', 'meanRoiEroded'] as const)
          expect(
            excess([means[field] ?? NaN], [expected[field][n]!], reference.tolerance(field)),
            `${run.id} ${field}`,
          ).toBeLessThanOrEqual(0);
        const eroded = erodeMask(mask, radius).data.reduce((sum, value) => sum + value, 0);
        expect(eroded).toBe(reference.expected.roiErodedPixels[n]);
      }
    }
  });
});

interface ErrorInputs {
  a: ReferenceArray;
  b: ReferenceArray;
  roi: ReferenceArray;
}
interface ErrorExpected {
  map: ReferenceArray;
  meanAll: number[];
  meanRoi: number[];
}
type Kinds<T> = Record<'grey' | 'colour', T>;

describe.skipIf(referenceAbsent)(`squared error agrees with NumPy${referenceAbsent}`, () => {
  it.each(['grey', 'colour'] as const)('%s', (kind) => {
    const reference = new ReferenceCase<Kinds<ErrorInputs>, Kinds<ErrorExpected>>('residual-mse');
    const { a, b, roi } = reference.inputs[kind];
    const expected = reference.expected[kind];
    for (let n = 0; n < a.shape[0]!; n++) {
      const [x, y] = [imageOf(reference, a, n), imageOf(reference, b, n)];
      const wanted = pictureOf(reference.floats(expected.map), expected.map.shape, n);
      const check = (map: FloatMap) => {
        expect(excess(map.data, wanted, reference.tolerance('map'))).toBeLessThanOrEqual(0);
        expect(excess([meanOf(map)!], [expected.meanAll[n]!], reference.tolerance('meanAll'))).toBeLessThanOrEqual(0);
        expect(
          excess([meanOf(map, maskOf(reference, roi, n))!], [expected.meanRoi[n]!], reference.tolerance('meanRoi')),
        ).toBeLessThanOrEqual(0);
      };
      check(squaredErrorMap(x, y));
      if (kind === 'grey') check(squaredErrorMap(withChannels(x, 3), withChannels(y, 3)));
    }
  });
});
