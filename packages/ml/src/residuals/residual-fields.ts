import {
  contentFields,
  crop,
  patchGrid,
  pointToInput,
  type FloatMap,
  type Geometry,
  type PatchGeometry,
  type PixelImage,
} from '../geometry/index.ts';
import { residualMap, type Measure, type ResidualOptions } from './residual-map.ts';
import { upsampleMap } from './statistics.ts';

/**
 * Residual maps of a network image, one for each rectangle of content: the whole image in the `image` geometry, each patch's region of interest
 * in `patch`. Pixels without a full SSIM window inside their rectangle take the nearest valid pixel's value.
 */
export function residualFields(
  measure: Measure,
  input: PixelImage,
  reconstruction: PixelImage,
  geometry: Geometry,
  options: ResidualOptions,
): FloatMap[] {
  return contentFields(input, geometry).map((field) =>
    residualMap(measure, crop(input, field, field.width, field.height), crop(reconstruction, field, field.width, field.height), options),
  );
}

/** The map at the photograph's own size, bilinearly with half-pixel centres: what is exported and scored. */
export function atOriginalSize(fields: readonly FloatMap[], geometry: Geometry, width: number, height: number): FloatMap {
  const whole = geometry.kind === 'image' ? fields[0]! : joined(fields, geometry);
  return upsampleMap(whole, width, height);
}

/** The patches' maps back in the frame of the `resize`² image: every patch pixel reads its map where the geometry put it, clamped at the rim. */
function joined(fields: readonly FloatMap[], geometry: PatchGeometry): FloatMap {
  const size = geometry.resize;
  const data = new Float32Array(size * size);
  const lead = contentFields({ width: 0, height: 0 }, geometry)[0]!.x;
  const places = Array.from({ length: geometry.patch }, (_, i) => pointToInput(i, geometry) - lead);
  for (const [k, origin] of patchGrid({ width: size, height: size }, geometry).entries()) {
    const field = fields[k]!;
    for (let y = 0; y < geometry.patch; y++) {
      for (let x = 0; x < geometry.patch; x++) data[(origin.y + y) * size + origin.x + x] = sampled(field, places[x]!, places[y]!);
    }
  }
  return { width: size, height: size, data };
}

function sampled({ width, height, data }: FloatMap, x: number, y: number): number {
  const cx = Math.min(Math.max(x, 0), width - 1);
  const cy = Math.min(Math.max(y, 0), height - 1);
  const [x0, y0] = [Math.floor(cx), Math.floor(cy)];
  const [x1, y1] = [Math.min(x0 + 1, width - 1), Math.min(y0 + 1, height - 1)];
  const at = (px: number, py: number): number => data[py * width + px]!;
  const top = at(x0, y0) + (at(x1, y0) - at(x0, y0)) * (cx - x0);
  const bottom = at(x0, y1) + (at(x1, y1) - at(x0, y1)) * (cx - x0);
  return top + (bottom - top) * (cy - y0);
}
