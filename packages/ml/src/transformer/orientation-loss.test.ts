import { describe, expect, it } from 'vitest';
import { filledMask } from '../geometry/index.ts';
import { Random } from '../random/index.ts';
import { cuts, geometry, roi, waves } from './fixture.ts';
import { GradientFilters } from './gradient-filters.ts';
import { OrientationLoss, rotate, type OrientationMask } from './index.ts';
import { MeasuredRegion } from './measured-region.ts';
import { ReadPositions } from './read-positions.ts';

const masks: OrientationMask[] = ['after', 'before', 'disc'];
const angles = [0.2, 1.3, -0.7, 2.9];

function noise(length: number, seed: number): Float64Array {
  const random = new Random(seed);
  return Float64Array.from({ length }, () => random.next() - 0.5);
}

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

describe('The filters', () => {
  const side = 9;
  const filters = new GradientFilters(side);
  const [x, y] = [noise(side * side, 1), noise(side * side, 2)];
  const through = (name: 'blur' | 'across' | 'down', plane: Float64Array) => {
    const out = new Float64Array(side * side);
    filters[name](plane, out);
    return out;
  };
  const transposed = (plane: Float64Array) => plane.map((_, i) => plane[(i % side) * side + Math.floor(i / side)]!);

  it('blur is its own adjoint, and the gradient to the right is minus its own', () => {
    expect(dot(through('blur', x), y)).toBeCloseTo(dot(x, through('blur', y)), 12);
    expect(dot(through('across', x), y)).toBeCloseTo(-dot(x, through('across', y)), 12);
  });

  it('the gradient downwards is that to the right of the transposed plane', () => {
    const expected = transposed(through('across', transposed(x)));
    through('down', x).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 12));
  });

  it('a ramp of 1 a pixel has the gradient 8 inside, whatever the blur', () => {
    const ramp = Float64Array.from({ length: side * side }, (_, i) => i % side);
    expect(through('across', through('blur', ramp))[4 * side + 4]).toBeCloseTo(8, 12);
    expect(through('down', ramp)[4 * side + 4]).toBeCloseTo(0, 12);
  });
});

describe('The inscribed disc', () => {
  it('lies within the eroded region at every angle, and nearly fills it', () => {
    const region = new MeasuredRegion(roi);
    const disc = region.disc().data;
    const positions = new ReadPositions(geometry.input, 'bilinear');
    let least = Infinity;
    for (let degrees = 0; degrees < 180; degrees += 7) {
      positions.turn((degrees * Math.PI) / 180);
      const eroded = region.erodedAt(positions).data;
      expect(disc.every((value, k) => value <= eroded[k]!)).toBe(true);
      least = Math.min(
        least,
        eroded.reduce((sum, value) => sum + value, 0),
      );
    }
    expect(disc.reduce((sum, value) => sum + value, 0) / least).toBeGreaterThan(0.6);
  });
});

describe.each(masks)('J with the mask %s', (mask) => {
  const loss = new OrientationLoss(roi, mask);
  const [images, shape] = cuts(waves, [0, 0.4, 0, 0.4]);

  it('has a period of 180°', () => {
    const there = loss.values(images, shape, angles);
    const opposite = loss.values(
      images,
      shape,
      angles.map((angle) => angle + Math.PI),
    );
    there.forEach((value, n) => expect(opposite[n]).toBeCloseTo(value, 6));
  });

  it('has the gradient of its central difference where no masked pixel changes', () => {
    const step = 5e-5;
    const got = loss.gradients(images, shape, angles);
    expect(got.values).toEqual(loss.values(images, shape, angles));
    const above = loss.values(
      images,
      shape,
      angles.map((angle) => angle + step),
    );
    const below = loss.values(
      images,
      shape,
      angles.map((angle) => angle - step),
    );
    for (let n = 0; n < shape.count; n++) {
      const difference = (above[n]! - below[n]!) / (2 * step);
      expect(Math.abs(difference)).toBeGreaterThan(0.01);
      expect(Math.abs(got.angles[n]! - difference)).toBeLessThan(0.02 * Math.abs(difference) + 1e-3);
    }
  });

  it('of three channels is that of their mean', () => {
    const random = new Random(3);
    const colours = Float32Array.from({ length: 3 * images.length }, () => random.next());
    const grey = images.map((_, i) => (colours[3 * i]! + colours[3 * i + 1]! + colours[3 * i + 2]!) / 3);
    expect(loss.values(colours, { ...shape, channels: 3 }, angles)).toEqual(loss.values(grey, shape, angles));
  });
});

it('With the disc, J of a turned patch is J of the patch at the sum of the angles, but for interpolation', () => {
  const loss = new OrientationLoss(roi, 'disc');
  const [images, shape] = cuts(waves, [0]);
  const turned = rotate('bilinear', images, shape, [0.5]);
  const [whole] = loss.values(images, shape, [1.2]);
  const [parts] = loss.values(turned, shape, [0.7]);
  expect(Math.abs(parts! - whole!) / whole!).toBeLessThan(0.03);
});

describe('What J cannot measure is refused in one sentence:', () => {
  const images = new Float32Array(64 * 64);
  const shape = { count: 1, side: 64, channels: 1 } as const;
  it('a region that leaves no pixel', () => {
    expect(() => new OrientationLoss(filledMask(64, 64, 0)).values(images, shape, [0])).toThrow('the region of interest is too small');
    expect(() => new OrientationLoss(filledMask(64, 64, 0), 'disc').gradients(images, shape, [0])).toThrow('too small');
  });
  it('a region of another side than the images', () => {
    expect(() => new OrientationLoss(roi).values(images, shape, [0])).toThrow(
      'the region of interest has 128 px a side, but the images have 64',
    );
  });
  it('a region that is no square of an even side', () => {
    expect(() => new OrientationLoss(filledMask(63, 63, 1))).toThrow('square frames of an even side');
  });
});
