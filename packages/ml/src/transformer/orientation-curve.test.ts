import { describe, expect, it } from 'vitest';
import { regionOfInterest, type PixelImage } from '../geometry/index.ts';
import { orientationCurve, OrientationLoss, orientationDifference, roundTrip } from './index.ts';

const geometry = { kind: 'image', scale: { by: 'factor', value: 1 }, patch: 90, input: 128, stride: 45 } as const;
const roi = regionOfInterest(geometry);

/** Stripes that run at `degrees` to the x axis, inside the region of interest. */
function stripes(degrees: number, channels: 1 | 3 = 1): PixelImage {
  const angle = (degrees * Math.PI) / 180;
  const data = new Float32Array(128 * 128 * channels);
  for (let p = 0; p < 128 * 128; p++) {
    const [x, y] = [(p % 128) - 63.5, Math.floor(p / 128) - 63.5];
    const value = roi.data[p]! * (0.5 + 0.4 * Math.sin((x * Math.sin(angle) - y * Math.cos(angle)) / 2.5));
    data.fill(value, p * channels, (p + 1) * channels);
  }
  return { width: 128, height: 128, channels, data };
}

describe('the curve of J over a full turn', () => {
  const curve = orientationCurve(new OrientationLoss(roi), stripes(30), 120);

  it('repeats after half a turn', () => {
    const halves = Array.from({ length: 60 }, (_, k) => Math.abs(curve.values[k]! / curve.values[k + 60]! - 1));
    expect(Math.max(...halves)).toBeLessThan(1e-3);
  });

  it('is lowest where stripes lie across the gradient that J takes', () => {
    const lowest = curve.minima[0]!;
    expect(Math.abs(orientationDifference(lowest.angle, Math.PI / 6)) * (180 / Math.PI)).toBeLessThan(1.5);
    expect(lowest.value).toBeLessThan(0.3 * Math.max(...curve.values));
  });

  it('has one minimum for stripes of one direction: ripples are left out', () => {
    expect(curve.minima).toHaveLength(1);
  });

  it('refuses an odd number of angles', () => {
    expect(() => orientationCurve(new OrientationLoss(roi), stripes(0), 7)).toThrow(/even number/);
  });
});

it.each(['after', 'before', 'disc'] as const)('the picture of J holds exactly what J averages (%s)', (mask) => {
  const loss = new OrientationLoss(roi, mask);
  const image = stripes(50);
  const shape = { count: 1, side: 128, channels: 1 } as const;
  const { gradient, measured } = loss.picture(image.data, shape, 0.4);
  let [sum, count] = [0, 0];
  measured.data.forEach((inside, k) => {
    sum += inside * gradient.data[k]!;
    count += inside;
  });
  expect(sum / count).toBeCloseTo(loss.values(image.data, shape, [0.4])[0]!, 6);
});

describe('the round trip', () => {
  it('changes nothing without a turn but with the legacy sampler', () => {
    for (const channels of [1, 3] as const) {
      expect(roundTrip('bilinear', stripes(20, channels), 0, [19, 107]).mse).toBe(0);
      expect(roundTrip('nearest', stripes(20, channels), 0, [19, 107]).mse).toBe(0);
      expect(roundTrip('legacy', stripes(20, channels), 0, [19, 107]).mse).toBeGreaterThan(10);
    }
  });

  it('has the mean square of its difference, and refuses what is not square', () => {
    const { difference, mse } = roundTrip('bilinear', stripes(20), 0.5, [19, 107]);
    expect(difference.data.reduce((sum, value) => sum + value * value, 0) / difference.data.length).toBeCloseTo(mse, 3);
    expect(() => roundTrip('bilinear', { ...stripes(0), height: 64 }, 0, [0, 1])).toThrow(/only square/);
  });
});
