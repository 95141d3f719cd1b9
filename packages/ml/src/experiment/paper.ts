import { countPlaces, placesOf } from '../statistics/index.ts';

/** Regimes in the order of the paper's tables: AE | frozen | random | non-frozen. */
export const PAPER_REGIMES = ['ae', 'stn-frozen', 'stn-random', 'stn-finetuned'] as const;

/** Metrics of the paper's tables. */
export type PaperMetric =
  | 'reconstruction.mse'
  | 'reconstruction.ssim'
  | 'ssim.rocAuc'
  | 'ssim.averagePrecision'
  | 'ssim.iou'
  | 'mse.rocAuc'
  | 'mse.averagePrecision'
  | 'mse.iou';

export interface PaperClass {
  readonly name: string;
  /** Numbers of its tables of reconstruction and detection. */
  readonly tables: { readonly reconstruction: number; readonly detection: number };
  /** Averages of five runs, in the order of PAPER_REGIMES. */
  readonly values: Readonly<Record<PaperMetric, readonly number[]>>;
  /** Its part of Table 9 as printed: [place − 1][regime]. */
  readonly printedPlaces: readonly (readonly number[])[];
}

/** Tables 3–9 as printed (Rádli & Czúni 2022). */
export const PAPER: readonly PaperClass[] = [
  {
    name: 'Texture 1',
    tables: { reconstruction: 3, detection: 6 },
    values: {
      'reconstruction.mse': [82.4781, 77.1195, 83.0611, 74.8105],
      'reconstruction.ssim': [0.8453, 0.879, 0.8411, 0.8883],
      'ssim.rocAuc': [0.8622, 0.8752, 0.8591, 0.8712],
      'ssim.averagePrecision': [0.3996, 0.3993, 0.3882, 0.4008],
      'ssim.iou': [0.1228, 0.1228, 0.1228, 0.1227],
      'mse.rocAuc': [0.6514, 0.6694, 0.6635, 0.6672],
      'mse.averagePrecision': [0.2007, 0.2229, 0.2093, 0.2215],
      'mse.iou': [0.0744, 0.0796, 0.0768, 0.0803],
    },
    printedPlaces: [
      [1, 4, 0, 2],
      [1, 1, 0, 3],
      [1, 1, 3, 1],
      [3, 0, 3, 0],
    ],
  },
  {
    name: 'Texture 2',
    tables: { reconstruction: 4, detection: 7 },
    values: {
      'reconstruction.mse': [88.3534, 86.1341, 89.9087, 87.9534],
      'reconstruction.ssim': [0.7915, 0.8174, 0.7675, 0.7911],
      'ssim.rocAuc': [0.8379, 0.8409, 0.8216, 0.8253],
      'ssim.averagePrecision': [0.2785, 0.3228, 0.2648, 0.2683],
      'ssim.iou': [0.1148, 0.1242, 0.1113, 0.1141],
      'mse.rocAuc': [0.5826, 0.6087, 0.5833, 0.5879],
      'mse.averagePrecision': [0.1795, 0.1976, 0.171, 0.1808],
      'mse.iou': [0.0661, 0.0702, 0.0647, 0.0656],
    },
    printedPlaces: [
      [0, 6, 0, 0],
      [4, 0, 0, 2],
      [1, 0, 1, 4],
      [1, 0, 5, 0],
    ],
  },
  {
    name: 'Screw',
    tables: { reconstruction: 5, detection: 8 },
    values: {
      'reconstruction.mse': [36.2071, 34.2324, 37.7939, 35.2554],
      'reconstruction.ssim': [0.8729, 0.9075, 0.8707, 0.8893],
      'ssim.rocAuc': [0.7586, 0.7911, 0.7829, 0.7902],
      'ssim.averagePrecision': [0.4191, 0.4234, 0.4162, 0.4219],
      'ssim.iou': [0.0088, 0.0093, 0.0088, 0.0092],
      'mse.rocAuc': [0.5179, 0.5541, 0.4833, 0.4751],
      'mse.averagePrecision': [0.3136, 0.3228, 0.2886, 0.2823],
      'mse.iou': [0.0081, 0.0093, 0.0055, 0.0048],
    },
    printedPlaces: [
      [0, 6, 0, 0],
      [3, 0, 0, 3],
      [2, 0, 5, 0],
      [1, 0, 1, 3],
    ],
  },
];

const letters = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** The paper's class of that name, however it is written (texture_1, Texture 1, texture1); null for another. */
export function paperClassOf(className: string): PaperClass | null {
  return PAPER.find(({ name }) => letters(name) === letters(className)) ?? null;
}

/** Table 9 counted anew from the printed values of Tables 6–8: [place − 1][regime]. It departs from the printed one for Texture 1. */
export function recountedPlaces({ values }: PaperClass): number[][] {
  const detection = Object.entries(values).filter(([metric]) => !metric.startsWith('reconstruction.'));
  return countPlaces(
    detection.map(([, row]) => placesOf(row, 'higher')),
    PAPER_REGIMES.length,
  );
}
