import { describe, expect, it } from 'vitest';
import type { FloatMap, PixelImage } from '../geometry/index.ts';
import { defaultSsim, ssimMap } from '../similarity/index.ts';
import { mapStatistics, residualMap, upsampleMap } from './index.ts';

const noisy = (seed: number): PixelImage => ({
  width: 40,
  height: 30,
  channels: 3,
  data: Float32Array.from({ length: 3600 }, (_, i) => Math.round(255 * Math.abs(Math.sin(i * 1.7 + seed))) / 255),
});
const options = { ssim: { window: 'gaussian', sigma: 1.5, size: 11 } } as const;

describe('residual maps', () => {
  it('are 0 everywhere for an image and itself', () => {
    const image = noisy(1);
    expect(Math.max(...residualMap('ssim', image, image, options).data.map(Math.abs))).toBeLessThan(1e-6);
    expect(new Set(residualMap('mse', image, image, options).data)).toEqual(new Set([0]));
  });

  it('are 1 − SSIM where the window fits and the nearest such pixel elsewhere', () => {
    const [a, b] = [noisy(1), noisy(2)];
    const similarity = ssimMap(a, b, defaultSsim);
    const map = residualMap('ssim', a, b, options);
    for (let y = 0; y < 30; y++) {
      for (let x = 0; x < 40; x++) {
        const nearest = Math.min(Math.max(y, 5), 24) * 40 + Math.min(Math.max(x, 5), 34);
        expect(map.data[y * 40 + x]).toBe(Math.fround(1 - similarity.data[nearest]!));
      }
    }
  });

  it('take the window of the options', () => {
    const [a, b] = [noisy(1), noisy(2)];
    const uniform = residualMap('ssim', a, b, { ssim: { window: 'uniform', sigma: 0, size: 7 } });
    expect(uniform.data).not.toEqual(residualMap('ssim', a, b, options).data);
  });

  it('refuse images of different shapes, even windows and windows larger than the image', () => {
    const [a, b] = [noisy(1), { ...noisy(1), width: 30, height: 40 }];
    expect(() => residualMap('mse', a, b, options)).toThrow(/one shape/);
    expect(() => residualMap('ssim', a, a, { ssim: { ...options.ssim, size: 10 } })).toThrow(/odd whole number/);
    expect(() => residualMap('ssim', a, a, { ssim: { ...options.ssim, size: 31 } })).toThrow(/take a smaller one/);
    expect(() => residualMap('ssim', a, a, { ssim: { ...options.ssim, sigma: 0 } })).toThrow(/sigma above 0/);
  });
});

describe('upsampled maps', () => {
  it('put two pixels’ values at the quarter points between half-pixel centres', () => {
    const map: FloatMap = { width: 2, height: 1, data: Float32Array.from([0, 1]) };
    expect([...upsampleMap(map, 4, 1).data]).toEqual([0, 0.25, 0.75, 1]);
  });
});

describe('statistics of a map', () => {
  it('are those of its sorted values', () => {
    const data = Float32Array.from({ length: 201 }, (_, i) => ((i * 37) % 201) - 5);
    expect(mapStatistics({ width: 201, height: 1, data })).toEqual({ min: -5, max: 195, mean: 95, p99: 193 });
  });
});
