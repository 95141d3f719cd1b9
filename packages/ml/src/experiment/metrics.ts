import type { Measure } from '../residuals/index.ts';
import type { Direction } from '../statistics/index.ts';
import type { EvaluationDocument } from './document.ts';
import { fixed } from './format.ts';
import type { PaperMetric } from './paper.ts';

/** The four IoUs an evaluation has: the paper's is not defined. */
export type IouKind = 'iouBestOracle' | 'iouAtValidationThreshold' | 'iouMeanOverThresholds' | 'iouPerImageMean';

export const IOU_LABELS: Readonly<Record<IouKind, string>> = {
  iouBestOracle: 'best over thresholds, oracle',
  iouAtValidationThreshold: 'at the threshold of good validation images',
  iouMeanOverThresholds: 'mean over 256 thresholds',
  iouPerImageMean: 'mean of the defective images at the validation threshold',
};

/** The same in a row's label. */
const IOU_WORDS: Readonly<Record<IouKind, string>> = {
  iouBestOracle: 'oracle',
  iouAtValidationThreshold: 'validation threshold',
  iouMeanOverThresholds: 'mean over thresholds',
  iouPerImageMean: 'mean of images',
};

/** Shares of defective pixels and of defective images; null where the evaluations do not state them. */
export interface Prevalence {
  /** By measure: of a patch, SSIM counts only the pixels whose window fits. */
  readonly pixel: Readonly<Record<Measure, number | null>>;
  readonly image: number | null;
}

/** Which pixels: of the exported maps, or of the patches' regions of interest (the paper's letter). */
export type PixelSource = 'maps' | 'patches';

export interface MetricChoice {
  readonly iou: IouKind;
  readonly pixels: PixelSource;
}

/** A row of the tables. */
export interface Metric {
  readonly id: PaperMetric | `${'ssim' | 'mse'}.${'aupro' | 'imageRocAuc' | 'imageAveragePrecision'}`;
  readonly label: string;
  readonly better: Direction;
  readonly of: (document: EvaluationDocument, choice: MetricChoice) => number | null;
}

/** Rows of Tables 3–5: how well good images are reconstructed. */
export const RECONSTRUCTION: readonly Metric[] = [
  { id: 'reconstruction.mse', label: 'MSE', better: 'lower', of: ({ reconstruction }) => reconstruction.mse },
  { id: 'reconstruction.ssim', label: 'SSIM', better: 'higher', of: ({ reconstruction }) => reconstruction.ssim },
];

const both = ['ssim', 'mse'] as const;
/** Pixel metrics of the chosen pixels. */
export const pixelsOf = (document: EvaluationDocument, measure: Measure, { pixels }: MetricChoice) =>
  (pixels === 'patches' ? document.patches?.[measure] : document.measures[measure])?.pixel;

/** Rows of Tables 6–8, in their order: how well residuals show defective pixels. PRC is the average precision. */
export const DETECTION: readonly Metric[] = both.flatMap((measure): Metric[] => {
  const name = measure.toUpperCase();
  return [
    {
      id: `${measure}.rocAuc`,
      label: `${name} ROC`,
      better: 'higher',
      of: (document, choice) => pixelsOf(document, measure, choice)?.rocAuc ?? null,
    },
    {
      id: `${measure}.averagePrecision`,
      label: `${name} PRC`,
      better: 'higher',
      of: (document, choice) => pixelsOf(document, measure, choice)?.averagePrecision ?? null,
    },
    {
      id: `${measure}.iou`,
      label: `${name} IoU`,
      better: 'higher',
      of: (document, choice) => pixelsOf(document, measure, choice)?.[choice.iou] ?? null,
    },
  ];
});

/** Beyond the paper; they take no part in places and ranks. */
export const FURTHER: readonly Metric[] = both.flatMap((measure): Metric[] => {
  const name = measure.toUpperCase();
  return [
    {
      id: `${measure}.aupro`,
      label: `${name} AUPRO`,
      better: 'higher',
      of: (document, choice) => pixelsOf(document, measure, choice)?.aupro30 ?? null,
    },
    { id: `${measure}.imageRocAuc`, label: `${name} image ROC`, better: 'higher', of: ({ measures }) => measures[measure].image.rocAuc },
    {
      id: `${measure}.imageAveragePrecision`,
      label: `${name} image PRC`,
      better: 'higher',
      of: ({ measures }) => measures[measure].image.averagePrecision,
    },
  ];
});

/** What a row's name must not be read without: the prevalence beside every average precision, the kind of an IoU. */
export function qualifierOf({ id }: Metric, { iou }: MetricChoice, { pixel, image }: Prevalence): string | null {
  if (id.endsWith('.iou')) return IOU_WORDS[iou];
  const prevalence = id.endsWith('.averagePrecision')
    ? pixel[id.startsWith('ssim.') ? 'ssim' : 'mse']
    : id.endsWith('.imageAveragePrecision')
      ? image
      : null;
  return prevalence === null ? null : `prevalence ${fixed(prevalence)}`;
}
