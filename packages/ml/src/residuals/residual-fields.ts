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
import { squaredErrorMap, windowRadius } from '../similarity/index.ts';
import type { ExpectedResidualFit } from './expected-residual.ts';
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

/** Shows one good image to the fit of expected residuals, by the same rectangles as its maps. */
export function addToFit(fit: ExpectedResidualFit, input: PixelImage, reconstruction: PixelImage, geometry: Geometry): void {
  for (const field of contentFields(input, geometry)) {
    const [a, b] = [crop(input, field, field.width, field.height), crop(reconstruction, field, field.width, field.height)];
    fit.add(a, squaredErrorMap(a, b));
  }
}

/** Pixels at a field's border whose SSIM window reaches out of it; a squared error needs no window. */
export function invalidBorder(measure: Measure, options: ResidualOptions): number {
  return measure === 'ssim' ? windowRadius(options.ssim) : 0;
}

/** A field's valid region: its rectangle without the border, as a region of interest eroded by the window's radius. Empty where the window fits nowhere. */
export function validRegion<T extends { readonly width: number; readonly height: number; readonly data: Float32Array | Uint8Array }>(
  field: T,
  border: number,
): T {
  if (border === 0) return field;
  const [width, height] = [Math.max(field.width - 2 * border, 0), Math.max(field.height - 2 * border, 0)];
  const data = field.data instanceof Float32Array ? new Float32Array(width * height) : new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const start = (y + border) * field.width + border;
    data.set(field.data.subarray(start, start + width), y * width);
  }
  return { ...field, width, height, data };
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
