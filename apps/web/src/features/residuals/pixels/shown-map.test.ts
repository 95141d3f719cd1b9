import { contentFields, crop, type PatchGeometry, type PixelImage } from '@plumbline/ml/geometry';
import { residualFields, residualMap } from '@plumbline/ml/residuals';
import { expect, test } from 'vitest';
import { shownMap } from './shown-map.ts';

const tiles: PatchGeometry = { kind: 'patch', resize: 256, patch: 128, padded: 181, input: 128 };
const options = { ssim: { window: 'gaussian' as const, sigma: 1.5, size: 11 } };
const noise = (seed: number): PixelImage => ({
  ...{ width: 256, height: 256, channels: 1 },
  data: Float32Array.from({ length: 256 * 256 }, (_, i) => Math.round(255 * Math.abs(Math.sin(i * 12.9898 + seed))) / 255),
});

test('of patches side by side the map is that of each one’s content, and 0 in the padding', () => {
  const [input, reconstruction] = [noise(1), noise(2)];
  for (const measure of ['ssim', 'mse'] as const) {
    const map = shownMap(measure, input, reconstruction, { ...options, tiles });
    const fields = residualFields(measure, input, reconstruction, tiles, options);
    let inside = 0;
    for (const [k, { x, y, width, height }] of contentFields(input, tiles).entries()) {
      inside += width * height;
      expect(crop({ ...map, channels: 1 }, { x, y }, width, height).data).toEqual(fields[k]!.data);
    }
    expect(inside).toBeLessThan(256 * 256);
    expect(map.data.filter((value) => value === 0).length).toBeGreaterThanOrEqual(256 * 256 - inside);
  }
});

test('of a whole image it is the library’s', () => {
  expect(shownMap('ssim', noise(1), noise(2), options)).toEqual(residualMap('ssim', noise(1), noise(2), options));
});
