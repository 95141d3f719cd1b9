import { contentFields, type FloatMap, type PixelImage } from '@plumbline/ml/geometry';
import { residualFields, residualMap } from '@plumbline/ml/residuals';
import type { MapOptions } from '../view/protocol.ts';
import type { Measure } from '../view/view-state.ts';

/**
 * The residual of two stored pictures at their own size, as the results have it: over the whole image, or, where the pictures are padded patches side
 * by side, inside each one's content, so that no window reaches into the padding, where the map is 0.
 */
export function shownMap(measure: Measure, input: PixelImage, reconstruction: PixelImage, { tiles, ...options }: MapOptions): FloatMap {
  if (!tiles) return residualMap(measure, input, reconstruction, options);
  const { width, height } = input;
  const map = { width, height, data: new Float32Array(width * height) };
  const fields = residualFields(measure, input, reconstruction, tiles, options);
  for (const [k, { x, y }] of contentFields(input, tiles).entries()) {
    const field = fields[k]!;
    for (let row = 0; row < field.height; row++)
      map.data.set(field.data.subarray(row * field.width, (row + 1) * field.width), (y + row) * width + x);
  }
  return map;
}
