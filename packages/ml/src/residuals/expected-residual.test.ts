import { describe, expect, it } from 'vitest';
import { contentFields, crop, erodeMask, filledMask, type FloatMap, type PixelImage } from '../geometry/index.ts';
import { resolveRecipe } from '../recipes/index.ts';
import { smoothedMap, squaredErrorMap } from '../similarity/index.ts';
import { gradientMagnitude } from './expected-residual.ts';
import { addToFit, ExpectedResidualFit, invalidBorder, residualFields, residualMap, validRegion } from './index.ts';

const { residual, geometry } = resolveRecipe('ae');

/** Left half flat, right half a ramp of `slope` grey levels a pixel. */
const ramp = (slope: number, width = 60, height = 40): PixelImage => ({
  width,
  height,
  channels: 1,
  data: Float32Array.from({ length: width * height }, (_, i) => (Math.max((i % width) - width / 2, 0) * slope) / 255),
});
/** The image, wrong by `flat` grey levels where it is flat and by `steep` on the ramp. */
const wrong = (image: PixelImage, flat: number, steep: number): PixelImage => ({
  ...image,
  data: image.data.map((value, i) => value + (i % image.width < image.width / 2 ? flat : steep) / 255),
});

describe('the gradient', () => {
  it('of a ramp is its slope, of a flat image 0, at borders as far as it can be seen', () => {
    const { data } = gradientMagnitude(ramp(4));
    expect(data[20 * 60 + 10]).toBe(0);
    expect(data[20 * 60 + 45]).toBeCloseTo(4, 4);
    expect(data[20 * 60 + 59]).toBeCloseTo(2, 4);
  });
  it('of the transposed image is the transposed gradient, and colour counts by root mean square', () => {
    const image = ramp(4, 40, 40);
    const transposed = (data: Float32Array) => data.map((_, i) => data[(i % 40) * 40 + Math.floor(i / 40)]!);
    const turned = gradientMagnitude({ ...image, data: transposed(image.data) });
    expect(turned.data).toEqual(transposed(gradientMagnitude(image).data));
    const red: PixelImage = {
      ...image,
      channels: 3,
      data: Float32Array.from({ length: 4800 }, (_, i) => (i % 3 === 0 ? image.data[i / 3]! : 0)),
    };
    expect(gradientMagnitude(red).data[20 * 40 + 30]).toBeCloseTo(4 / Math.sqrt(3), 4);
  });
});

describe('the table of expected residuals', () => {
  const image = ramp(4);
  const fit = new ExpectedResidualFit();
  addToFit(fit, image, wrong(image, 3, 10), geometry);
  const table = fit.table()!;

  it('is the mean squared error by gradient of the good images', () => {
    expect(table.values).toHaveLength(table.edges.length - 1);
    expect(table.values[0]).toBeCloseTo(9, 1);
    expect(table.values.at(-1)).toBeCloseTo(100, 1);
    expect(table.edges).toEqual(table.edges.toSorted((a, b) => a - b));
  });
  it('survives JSON, so that a browser computes the same map from metrics.json', () => {
    const options = { ...residual, mse: { sigma: 1.5, expected: true } };
    const sent = JSON.parse(JSON.stringify(table));
    expect(residualMap('mse', image, wrong(image, 5, 5), { ...options, expected: sent })).toEqual(
      residualMap('mse', image, wrong(image, 5, 5), { ...options, expected: table }),
    );
  });
  it('makes an error count by what is usual there: the same error weighs more where images are flat', () => {
    const options = { ...residual, mse: { sigma: 0, expected: true }, expected: table };
    const { data } = residualMap('mse', image, wrong(image, 10, 10), options);
    expect(data[20 * 60 + 10]).toBeCloseTo(100 / 9, 1);
    expect(data[20 * 60 + 45]).toBeCloseTo(1, 1);
    expect(residualMap('ssim', image, wrong(image, 10, 10), options)).toEqual(residualMap('ssim', image, wrong(image, 10, 10), residual));
  });
  it('does not fall below one squared grey level, nor depend on the order of images', () => {
    const [one, other] = [new ExpectedResidualFit(), new ExpectedResidualFit()];
    const images = [0, 3, 7].map((slope) => ramp(slope));
    for (const each of images) addToFit(one, each, each, geometry);
    for (const each of images.toReversed()) addToFit(other, each, each, geometry);
    expect(new Set(one.table()!.values)).toEqual(new Set([1]));
    expect(other.table()).toEqual(one.table());
    expect(new ExpectedResidualFit().table()).toBeNull();
  });
  it('is asked for where it is missing and refused where it is damaged', () => {
    const options = { ...residual, mse: { sigma: 0, expected: true } };
    expect(() => residualMap('mse', image, image, options)).toThrow(/residual\.mse\.expected needs the table/);
    for (const expected of [
      { edges: [0, 1], values: [] },
      { edges: [1, 0], values: [1] },
      { edges: [0, 1], values: [0] },
    ])
      expect(() => residualMap('mse', image, image, { ...options, expected })).toThrow(/ascending edges/);
  });
});

it('smoothing acts on the squared error and leaves SSIM alone', () => {
  const [a, b] = [ramp(4), wrong(ramp(4), 3, 10)];
  const options = { ...residual, mse: { sigma: 2, expected: false } };
  expect(residualMap('mse', a, b, options)).toEqual(smoothedMap(squaredErrorMap(a, b), 2));
  expect(residualMap('ssim', a, b, options)).toEqual(residualMap('ssim', a, b, residual));
});

it("a patch's valid region is its region of interest eroded by the window's radius", () => {
  const paper = resolveRecipe('paper/ae');
  if (paper.geometry.kind !== 'patch') throw new Error('paper/ae is in the patch geometry');
  const field = contentFields({ width: 0, height: 0 }, paper.geometry)[0]!;
  const frame = filledMask(128, 128, 0);
  for (let y = 0; y < field.height; y++) frame.data.fill(1, (field.y + y) * 128 + field.x, (field.y + y) * 128 + field.x + field.width);
  const border = invalidBorder('ssim', paper.residual);
  const eroded = erodeMask(frame, border);
  const index: FloatMap = { width: 128, height: 128, data: Float32Array.from({ length: 128 * 128 }, (_, i) => i) };
  const inside = crop({ ...index, channels: 1 }, field, field.width, field.height);
  const kept = validRegion(inside, border);
  expect([kept.width, kept.height]).toEqual([81, 81]);
  expect([...kept.data]).toEqual([...index.data].filter((i) => eroded.data[i] === 1));
  expect(invalidBorder('mse', paper.residual)).toBe(0);
  expect(
    validRegion(residualFields('mse', { ...index, channels: 1 }, { ...index, channels: 1 }, geometry, residual)[0]!, 70).data,
  ).toHaveLength(0);
});
