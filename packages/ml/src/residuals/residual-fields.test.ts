import { expect, test } from 'vitest';
import { blankImage, type PixelImage } from '../geometry/index.ts';
import { networkImage } from '../reconstruction/index.ts';
import { resolveRecipe } from '../recipes/index.ts';
import { atOriginalSize, residualFields, residualMap } from './index.ts';

const { residual } = resolveRecipe('ae');

function photograph(side: number, spot: { x: number; y: number } | null): PixelImage {
  const image = blankImage(side, side, 1);
  image.data.fill(0.4);
  if (spot) for (let y = -6; y <= 6; y++) for (let x = -6; x <= 6; x++) image.data[(spot.y + y) * side + spot.x + x] = 1;
  return image;
}

test('in the image geometry a residual map is that of the whole image', () => {
  const { geometry } = resolveRecipe('ae', ['geometry.scale.by=factor', 'geometry.scale.value=1']);
  const [a, b] = [photograph(120, { x: 30, y: 80 }), photograph(120, null)];
  expect(residualFields('mse', a, b, geometry, residual)).toEqual([residualMap('mse', a, b, residual)]);
});

test("in the paper's geometry a defect's residual returns to its place in the photograph, and padding never shows", () => {
  const { geometry } = resolveRecipe('paper/ae');
  for (const spot of [
    { x: 60, y: 200 },
    { x: 130, y: 120 },
    { x: 500, y: 10 },
  ]) {
    const [a, b] = [networkImage(photograph(512, spot), geometry, 1), networkImage(photograph(512, null), geometry, 1)];
    const map = atOriginalSize(residualFields('mse', a, b, geometry, residual), geometry, 512, 512);
    const best = map.data.indexOf(map.data.reduce((x, y) => Math.max(x, y), 0));
    expect(Math.hypot((best % 512) - spot.x, Math.floor(best / 512) - spot.y)).toBeLessThan(8);
    const far = map.data.filter((_, i) => Math.hypot((i % 512) - spot.x, Math.floor(i / 512) - spot.y) > 24);
    expect(far.reduce((x, y) => Math.max(x, y), 0)).toBe(0);
  }
});
