import type { CurvePoint, ImageMetrics, ImageScore, MetricsMode, PaperMetrics, PixelMetrics, ScoreHistogram } from '../metrics/index.ts';
import type { Rectangle } from '../geometry/index.ts';
import type { ExpectedResidual, MapStatistics, Measure } from '../residuals/index.ts';
import type { Split } from '../datasets/index.ts';
import type { RegimeKind } from '../recipes/index.ts';
import type { DefectMetrics } from './by-defect.ts';

export interface Threshold {
  /** A pixel at or above it counts as defective; an image whose score is at or above `image` does. */
  readonly pixel: number;
  readonly image: number;
  readonly quantile: number;
  /** What it was fitted on, in words. */
  readonly origin: string;
}

/** metrics.json. Undefined values are null, each with its reason in `undefinedBecause`. */
export interface EvaluationMetrics {
  readonly class: string;
  readonly recipe: string;
  readonly recipeHash: string;
  /** Of the recipe as it was trained; differs from `recipeHash` where the evaluation changed residual options. */
  readonly trainedRecipeHash: string;
  readonly regime: RegimeKind;
  readonly seed: number;
  /** Of the data the run was trained on. */
  readonly dataHash: string;
  /** Of the data that was evaluated; differs from `dataHash` where a run is tried on other images. */
  readonly evaluatedDataHash: string;
  readonly geometry: 'image' | 'patch';
  readonly imageScore: ImageScore;
  readonly split: Split;
  readonly checkpoint: { readonly which: 'best' | 'last'; readonly epoch: number; readonly sha256: string | null };
  readonly images: {
    readonly good: number;
    readonly defective: number;
    readonly withoutMask: number;
    readonly unusable: readonly string[];
  };
  /** How pixels were ranked; in `histogram` every block of pixel metrics has `bounds`. */
  readonly mode: MetricsMode;
  /** Whether `paper` was asked for. */
  readonly paperMode: boolean;
  /** Over the exported maps, at the photographs' size. */
  readonly measures: Record<Measure, { readonly pixel: PixelMetrics; readonly image: ImageMetrics }>;
  /** For each label but `good`: its images, those nobody outlined, and how well they are told from the good ones. */
  readonly byDefect: Readonly<
    Record<string, { readonly images: number; readonly withoutMask: number; readonly measures: Record<Measure, DefectMetrics> }>
  >;
  /** In the `patch` geometry: over the pixels of the patches' regions of interest at the network's size, for SSIM those with a full window. */
  readonly patches?: Record<Measure, { readonly pixel: PixelMetrics }>;
  /** In paper mode: the paper's sweep, over the pixels of `patches` where the geometry has them, else over those of `measures`. */
  readonly paper?: Record<Measure, PaperMetrics>;
  /** What the `mse` maps were divided by, where the recipe asks for it (`residual.mse.expected`). */
  readonly expectedResidual: ExpectedResidual | null;
  readonly thresholds: Record<Measure, Threshold | null>;
  /** Means over the good images: squared difference (0–255 scale) and SSIM where its window fits; null without good images. */
  readonly reconstruction: { readonly mse: number | null; readonly ssim: number | null; readonly images: number };
  readonly throughput: {
    readonly images: number;
    readonly patches: number;
    /** Of decoding, reconstruction, residuals and files together. */
    readonly imagesPerSecond: number;
    /** Of the network alone. */
    readonly patchesPerSecond: number;
    readonly seconds: number;
  };
}

export interface EvaluatedImage {
  readonly imageId: string;
  readonly label: string;
  /** Of the photograph. */
  readonly width: number;
  readonly height: number;
  /** Of the stored input and reconstruction. */
  readonly networkWidth: number;
  readonly networkHeight: number;
  /** Where the content lies in them, when it is not all of it (`patch` geometry). */
  readonly fields?: readonly Rectangle[];
  /** α of each patch in the order they are cut, degrees in [0, 360); absent where the regime turns none. */
  readonly orientations?: readonly number[];
  readonly scores: Record<Measure, number>;
  /** Of the residual map at network scale. */
  readonly statistics: Record<Measure, MapStatistics>;
  /** Relative to the evaluation's folder. */
  readonly files: { readonly input: string; readonly reconstruction: string; readonly maps: Record<Measure, string> };
}

export interface Curves {
  readonly pixel: { readonly roc: readonly CurvePoint[]; readonly pr: readonly CurvePoint[]; readonly pro: readonly CurvePoint[] };
  readonly image: { readonly roc: readonly CurvePoint[]; readonly pr: readonly CurvePoint[] };
}

export interface EvaluationResult {
  readonly metrics: EvaluationMetrics;
  readonly images: readonly EvaluatedImage[];
  readonly thresholds: Record<Measure, Threshold | null>;
  readonly histogram: Record<Measure, ScoreHistogram>;
  readonly curves: Record<Measure, Curves>;
}

export type EvaluationEvent =
  | {
      readonly kind: 'progress';
      readonly phase: 'validation' | 'images' | 'metrics';
      readonly done: number;
      readonly total: number;
      readonly secondsLeft: number | null;
    }
  | { readonly kind: 'warning'; readonly code: 'unusable-image' | 'unusable-mask'; readonly message: string };
