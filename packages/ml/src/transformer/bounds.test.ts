import { describe, expect, it } from 'vitest';
import { Random } from '../random/index.ts';
import { boundsOf } from './bounds.ts';
import { angleSlope, read, spread } from './kernels.ts';
import { angleGradients, rotate, rotateBack, rotateGradients, type Sampler } from './index.ts';
import { framedLength, intoFrame, outOfFrame, ReadPositions } from './read-positions.ts';

const side = 32;

/** A picture of noise in columns left … right and rows top … bottom, 0 elsewhere. */
function padded(channels: 1 | 3, seed: number, [left, right, top, bottom]: readonly number[]): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: side * side * channels }, (_, i) => {
    const pixel = Math.floor(i / channels);
    const [x, y] = [pixel % side, Math.floor(pixel / side)];
    return x >= left! && x <= right! && y >= top! && y <= bottom! ? random.next() - 0.5 : 0;
  });
}

describe('Bounds of what a picture holds', () => {
  it.each([1, 3] as const)('are those of the values other than 0, %i channel(s)', (channels) => {
    const images = new Float32Array(2 * side * side * channels);
    images.set(padded(channels, 1, [5, 20, 7, 9]), side * side * channels);
    expect(boundsOf(images, 1, side, channels)).toEqual({ left: 5, right: 20, top: 7, bottom: 9 });
    images.fill(0);
    images[channels - 1] = -1;
    images[side * side * channels - channels] = NaN;
    expect(boundsOf(images, 0, side, channels)).toEqual({ left: 0, right: 31, top: 0, bottom: 31 });
    expect(boundsOf(images, 1, side, channels)).toMatchObject({ top: 0, bottom: -1 });
  });
});

/** To the last bit; +0 and −0 are the same. */
function expectSame(found: Float32Array, expected: Float32Array): void {
  expect(found.findIndex((value, i) => value !== expected[i])).toBe(-1);
}

/** Gradient and turn with every position of the frame, whatever the picture holds. */
function everywhere(sampler: Sampler, image: Float32Array, dy: Float32Array, channels: 1 | 3, alpha: number) {
  const positions = new ReadPositions(side, sampler);
  positions.turn(alpha);
  const framed = new Float32Array(framedLength(side, channels));
  intoFrame(image, 0, side, channels, framed);
  const turned = new Float32Array(image.length).fill(7);
  read(framed, positions, channels, turned, 0);
  const sums = new Float64Array(framed.length);
  spread(dy, 0, positions, channels, sums);
  const back = new Float32Array(image.length);
  outOfFrame(sums, 0, side, channels, back);
  return { turned, back, slope: angleSlope(framed, dy, 0, positions, alpha, channels) };
}

describe.each(['bilinear', 'legacy', 'nearest'] as const)('A padded picture turned by %s', (sampler) => {
  it.each([
    [1, [4, 26, 5, 27]],
    [3, [4, 26, 5, 27]],
    [1, [0, 31, 0, 31]],
    [1, [31, 31, 0, 0]],
    [3, [9, 8, 9, 8]],
  ] as const)('has the very values that every position gives, %i channel(s), held in %j', (channels, held) => {
    const image = padded(channels, 1, held);
    const dy = padded(channels, 2, [3, 25, 6, 30]);
    const shape = { count: 1, side, channels };
    const stale = new Float32Array(image.length).fill(9);
    for (let step = -40; step <= 40; step++) {
      const alpha = (step * Math.PI) / 20 + (step % 3) * 0.0123;
      const expected = everywhere(sampler, image, dy, channels, alpha);
      expectSame(rotate(sampler, image, shape, [alpha], stale.fill(9)), expected.turned);
      expectSame(rotateBack(sampler, dy, shape, [alpha]), expected.back);
      const both = rotateGradients(sampler, image, dy, shape, [alpha]);
      expectSame(both.images, expected.back);
      const slope = sampler === 'nearest' ? 0 : expected.slope;
      expect(both.angles[0]).toBeCloseTo(slope, 12);
      expect(angleGradients(sampler, image, dy, shape, [alpha])[0]).toBeCloseTo(slope, 12);
    }
  });
});
