import { contentFields, cropMask, maskToInput, maskToNetworkScale, patchGrid, type FloatMap, type Mask } from '../geometry/index.ts';
import { readFloat32Tiff } from '../images/index.ts';
import {
  imageMetrics,
  pixelMetrics,
  pixelMetricsOf,
  pointsOfImages,
  pointsOfPixels,
  prCurve,
  proCurve,
  rocCurve,
  scoreHistogram,
  type ImageMetrics,
  type PixelMetrics,
  type ScoredMap,
  type ScoreHistogram,
} from '../metrics/index.ts';
import type { Geometry, PatchGeometry } from '../recipes/index.ts';
import type { Measure } from '../residuals/index.ts';
import type { Curves, EvaluatedImage, Threshold } from './result.ts';

export interface MeasureScore {
  readonly metrics: { readonly pixel: PixelMetrics; readonly image: ImageMetrics };
  readonly curves: Curves;
  readonly histogram: ScoreHistogram;
}

/**
 * Scores one measure from the exported maps themselves, so that anyone who reads them gets the same numbers. Holds that measure's maps in memory at once:
 * the metrics are exact over all pooled pixels.
 * @param masks one an image at the photograph's size; null for a defect that nobody outlined, which counts at image level only
 */
export async function scoreMeasure(
  measure: Measure,
  images: readonly EvaluatedImage[],
  masks: readonly (Mask | null)[],
  threshold: Threshold | null,
  path: (file: string) => string,
): Promise<MeasureScore> {
  const scored: ScoredMap[] = [];
  for (const [i, image] of images.entries()) {
    const mask = masks[i];
    if (mask) scored.push({ map: await readFloat32Tiff(path(image.files.maps[measure])), mask });
  }
  const points = pointsOfPixels(scored);
  const scores = images.map((image) => image.scores[measure]);
  const defective = images.map((image) => image.label !== 'good');
  const imagePoints = pointsOfImages(scores, defective);
  return {
    metrics: { pixel: pixelMetricsOf(scored, points, threshold?.pixel ?? null), image: imageMetrics(scores, defective) },
    curves: {
      pixel: { roc: rocCurve(points), pr: prCurve(points), pro: proCurve(points) },
      image: { roc: rocCurve(imagePoints), pr: prCurve(imagePoints) },
    },
    histogram: scoreHistogram(scores, defective),
  };
}

/** One image's patch maps and where they lie. */
export interface PatchMaps {
  readonly fields: readonly FloatMap[];
  /** At the photograph's size. */
  readonly mask: Mask | null;
}

/** The paper's letter: every pixel of the patches' regions of interest at the network's size, masks carried there by the nearest pixel. */
export function scorePatches(images: readonly PatchMaps[], geometry: PatchGeometry, threshold: Threshold | null): PixelMetrics {
  const maps: FloatMap[] = [];
  const masks: (Mask | null)[] = [];
  for (const { fields, mask } of images) {
    maps.push(...fields);
    masks.push(...(mask ? maskFields(mask, geometry) : fields.map(() => null)));
  }
  return pixelMetrics({ maps, masks, validationThreshold: threshold?.pixel ?? null });
}

function maskFields(mask: Mask, geometry: PatchGeometry): Mask[] {
  const scaled = maskToNetworkScale(mask, geometry);
  const field = contentFields({ width: 0, height: 0 }, geometry)[0]!;
  return patchGrid(scaled, geometry).map((at) =>
    cropMask(maskToInput(cropMask(scaled, at, geometry.patch, geometry.patch), geometry), field, field.width, field.height),
  );
}

/** Whether the geometry scores patches as well. */
export const isPatchGeometry = (geometry: Geometry): geometry is PatchGeometry => geometry.kind === 'patch';
