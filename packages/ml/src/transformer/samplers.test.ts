import { describe, expect, it } from 'vitest';
import { Random } from '../random/index.ts';
import { angleGradients, rotate, rotateBack, rotateGradients, type BatchShape, type Sampler } from './index.ts';

const samplers: Sampler[] = ['bilinear', 'legacy', 'nearest'];
const shapes: BatchShape[] = [
  { count: 3, side: 16, channels: 1 },
  { count: 3, side: 15, channels: 3 },
];
const angles = [0.3, -2.1, 1.2];

function noise(shape: BatchShape, seed: number): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: shape.count * shape.side ** 2 * shape.channels }, () => 2 * random.next() - 1);
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/**
 * Σ dy · turned image in float64, written down anew: every pixel of the input weighs in by its distance to the read position (tent function).
 * `legacy` reads other positions and only those whose four neighbours exist.
 */
function projected(sampler: Sampler, image: Float32Array, dy: Float32Array, { side, channels }: BatchShape, alpha: number): number {
  const c = (side - 1) / 2;
  const legacy = sampler === 'legacy';
  const stretch = legacy ? side / (side - 1) : 1;
  const middle = legacy ? side / 2 : c;
  const [cos, sin] = [Math.cos(alpha), Math.sin(alpha)];
  let sum = 0;
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const sx = (cos * (x - c) - sin * (y - c)) * stretch + middle;
      const sy = (sin * (x - c) + cos * (y - c)) * stretch + middle;
      if (legacy && !(sx >= 0 && sx < side - 1 && sy >= 0 && sy < side - 1)) continue;
      for (let v = 0; v < side; v++)
        for (let u = 0; u < side; u++) {
          const weight = Math.max(0, 1 - Math.abs(sx - u)) * Math.max(0, 1 - Math.abs(sy - v));
          if (weight === 0) continue;
          for (let k = 0; k < channels; k++) sum += weight * image[(v * side + u) * channels + k]! * dy[(y * side + x) * channels + k]!;
        }
    }
  return sum;
}

describe.each(shapes)('With $channels channel(s) of side $side', (shape) => {
  const images = noise(shape, 1);
  const dy = noise(shape, 2);
  const each = images.length / shape.count;
  const one = { ...shape, count: 1 };
  const part = (values: Float32Array, n: number) => values.subarray(n * each, (n + 1) * each);

  it.each(['bilinear', 'nearest'] as const)('%s: a turn by 0 gives the very same values', (sampler) => {
    expect(rotate(sampler, images, shape, [0, 0, 0])).toEqual(images);
  });

  it.each(['bilinear', 'nearest'] as const)('%s: half a turn reverses the pixels, and two give the picture back', (sampler) => {
    const half = [Math.PI, -Math.PI, Math.PI];
    const once = rotate(sampler, images, shape, half);
    const { side, channels } = shape;
    for (const [x, y] of [
      [0, 0],
      [3, 5],
      [side - 1, 2],
    ] as const)
      expect(once[(y * side + x) * channels]).toBeCloseTo(images[((side - 1 - y) * side + side - 1 - x) * channels]!, 6);
    const twice = rotate(sampler, once, shape, half);
    expect(Math.max(...twice.map((value, i) => Math.abs(value - images[i]!)))).toBeLessThan(1e-6);
  });

  it.each(samplers)('%s: the gradient towards the images is the adjoint, ⟨R x, y⟩ = ⟨x, Rᵀ y⟩', (sampler) => {
    const forward = dot(rotate(sampler, images, shape, angles), dy);
    const backward = dot(images, rotateBack(sampler, dy, shape, angles));
    expect(Math.abs(forward - backward)).toBeLessThan(1e-5);
    expect(Math.abs(forward)).toBeGreaterThan(0.1);
  });

  it.each(['bilinear', 'legacy'] as const)('%s: the gradient towards the angle is the central difference', (sampler) => {
    const got = angleGradients(sampler, images, dy, shape, angles);
    const step = 1e-6;
    for (let n = 0; n < shape.count; n++) {
      const at = (alpha: number) => projected(sampler, part(images, n), part(dy, n), one, alpha);
      expect(dot(rotate(sampler, part(images, n), one, [angles[n]!]), part(dy, n))).toBeCloseTo(at(angles[n]!), 4);
      expect(got[n]).toBeCloseTo((at(angles[n]! + step) - at(angles[n]! - step)) / (2 * step), 5);
    }
  });

  it.each(samplers)('%s: both gradients at once are those of each alone', (sampler) => {
    expect(rotateGradients(sampler, images, dy, shape, angles)).toEqual({
      images: rotateBack(sampler, dy, shape, angles),
      angles: angleGradients(sampler, images, dy, shape, angles),
    });
  });

  it('nearest passes no gradient to the angle', () => {
    expect(angleGradients('nearest', images, dy, shape, angles)).toEqual(new Float64Array(3));
  });

  it.each(samplers)('%s: an image is turned alike alone and in a batch, and into an array that held something', (sampler) => {
    const used = new Float32Array(images.length).fill(7);
    const together = rotate(sampler, images, shape, angles, used);
    expect(together).toBe(used);
    expect(part(together, 1)).toEqual(rotate(sampler, part(images, 1), one, [angles[1]!]));
    const back = rotateBack(sampler, dy, shape, angles, new Float32Array(images.length).fill(7));
    expect(part(back, 2)).toEqual(rotateBack(sampler, part(dy, 2), one, [angles[2]!]));
  });
});

describe('What does not fit is refused in one sentence:', () => {
  const shape: BatchShape = { count: 2, side: 4, channels: 1 };
  it('images of another shape', () => {
    expect(() => rotate('bilinear', new Float32Array(31), shape, [0, 0])).toThrow('the images hold 31 values, but 2 of 4 × 4 × 1 have 32');
  });
  it('a missing angle', () => {
    expect(() => rotateBack('bilinear', new Float32Array(32), shape, [0])).toThrow('2 images need 2 angles, not 1');
  });
  it('an angle that is not a number', () => {
    expect(() => rotate('nearest', new Float32Array(32), shape, [0, NaN])).toThrow('angle 1 of the batch is NaN');
  });
});
