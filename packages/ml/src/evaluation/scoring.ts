import { setImmediate } from 'node:timers/promises';
import { contentFields, cropMask, maskToInput, maskToNetworkScale, patchGrid, type Mask } from '../geometry/index.ts';
import { readFloat32Tiff, readPng8 } from '../images/index.ts';
import {
  bytesPerPositive,
  imageMetrics,
  PixelScorer,
  pointsOfImages,
  prCurve,
  proCurve,
  rocCurve,
  scoreHistogram,
  type ImageMetrics,
  type MetricsMode,
  type PaperMetrics,
  type PixelMetrics,
  type PixelScore,
  type PixelScorerOptions,
  type ScoredMap,
  type ScoreHistogram,
} from '../metrics/index.ts';
import type { Geometry, PatchGeometry } from '../recipes/index.ts';
import { invalidBorder, residualFields, validRegion, type Measure, type ResidualOptions } from '../residuals/index.ts';
import { throwIfAborted } from '../run/index.ts';
import { defectImageMetrics, DefectRanking, type DefectMetrics, type LabelledMap } from './by-defect.ts';
import type { Curves, Threshold } from './result.ts';
import type { SurveyedImage } from './survey.ts';

export interface MeasureScore {
  readonly metrics: { readonly pixel: PixelMetrics; readonly image: ImageMetrics };
  readonly curves: Curves;
  readonly histogram: ScoreHistogram;
  readonly byDefect: Readonly<Record<string, DefectMetrics>>;
  readonly paper: PaperMetrics | null;
}

/** How to score, whatever the measure. */
export interface Scoring {
  readonly images: readonly SurveyedImage[];
  readonly mode: MetricsMode;
  /** Absolute path of a file of the evaluation. */
  readonly path: (file: string) => string;
  readonly signal: AbortSignal | undefined;
}

/**
 * How the pixels of these images are ranked: as asked; else exactly where the sorted scores of their defects fit into the budget, by histogram where they
 * do not. The pixels without defect cost nothing.
 * @param budget bytes
 */
export function modeFor(images: readonly SurveyedImage[], asked: MetricsMode | 'auto', budget: number): MetricsMode {
  if (asked !== 'auto') return asked;
  // In the patch geometry the same defects can have more pixels at the network's size.
  const most = images.reduce((sum, { image, defectivePixels }) => {
    const enlarged = (image.networkWidth * image.networkHeight) / (image.width * image.height);
    return sum + defectivePixels * Math.max(1, enlarged);
  }, 0);
  // Once among all defects and once among those of its type.
  return 2 * most * bytesPerPositive <= budget ? 'exact' : 'histogram';
}

/** Shows every map twice, reading it anew: one is in memory at a time. What else looks at the maps sees them with the scorer. */
async function score<Shown extends ScoredMap>(
  maps: () => AsyncIterable<Shown>,
  options: PixelScorerOptions,
  signal: AbortSignal | undefined,
  also?: { collect(map: Shown): void; count(map: Shown): void },
): Promise<PixelScore> {
  const scorer = new PixelScorer(options);
  const pass = async (show: (map: Shown) => void): Promise<void> => {
    for await (const map of maps()) {
      await setImmediate();
      throwIfAborted(signal, 'Evaluation');
      show(map);
    }
  };
  await pass((map) => (scorer.collect(map), also?.collect(map)));
  await pass((map) => (scorer.count(map), also?.count(map)));
  return scorer.finish();
}

/**
 * Scores one measure from the exported maps themselves, so that anyone who reads them gets the same numbers. An image whose defect nobody outlined counts at
 * image level only.
 */
export async function scoreMeasure(
  measure: Measure,
  { images, mode, path, signal }: Scoring,
  threshold: Pick<Threshold, 'pixel' | 'image'> | null,
  paper: boolean,
): Promise<MeasureScore> {
  const validationThreshold = threshold?.pixel ?? null;
  async function* maps(): AsyncGenerator<LabelledMap> {
    for (const { image, readMask } of images)
      if (readMask) yield { label: image.label, map: await readFloat32Tiff(path(image.files.maps[measure])), mask: await readMask() };
  }
  const labels = images.map(({ image }) => image.label);
  const types = new DefectRanking(labels, mode);
  const { metrics, points, paper: byPaper } = await score(maps, { validationThreshold, mode, paper }, signal, types);
  const scored = images.map(({ image }) => ({ label: image.label, score: image.scores[measure] }));
  const byDefect = [...types.finish()].map(([label, pixel]): [string, DefectMetrics] => [
    label,
    { pixel, image: defectImageMetrics(label, scored, threshold?.image ?? null) },
  ]);
  const scores = images.map(({ image }) => image.scores[measure]);
  const defective = images.map(({ image }) => image.label !== 'good');
  const imagePoints = pointsOfImages(scores, defective);
  return {
    metrics: { pixel: metrics, image: imageMetrics(scores, defective) },
    curves: {
      pixel: { roc: rocCurve(points), pr: prCurve(points), pro: proCurve(points) },
      image: { roc: rocCurve(imagePoints), pr: prCurve(imagePoints) },
    },
    histogram: scoreHistogram(scores, defective),
    byDefect: Object.fromEntries(byDefect),
    paper: byPaper,
  };
}

/**
 * The paper's letter: pixels of the patches' regions of interest at the network's size, for SSIM without those whose window leaves the region ("only on the
 * central regions"). Residuals are derived again from the stored pictures, masks carried there by the nearest pixel; a patch is an image.
 */
export async function scorePatches(
  measure: Measure,
  { images, mode, path, signal }: Scoring,
  validationThreshold: number | null,
  paper: boolean,
  geometry: PatchGeometry,
  options: ResidualOptions,
): Promise<Pick<PixelScore, 'metrics' | 'paper'>> {
  const border = invalidBorder(measure, options);
  async function* maps(): AsyncGenerator<ScoredMap> {
    for (const { image, readMask } of images) {
      if (!readMask) continue;
      const [input, reconstruction] = await Promise.all([readPng8(path(image.files.input)), readPng8(path(image.files.reconstruction))]);
      const masks = maskFields(await readMask(), geometry);
      for (const [i, map] of residualFields(measure, input, reconstruction, geometry, options).entries())
        yield { map: validRegion(map, border), mask: validRegion(masks[i]!, border) };
    }
  }
  return await score(maps, { validationThreshold, mode, paper }, signal);
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
