import type { Measure } from '../residuals/index.ts';
import { columnsOf, type Column, type Placed } from './columns.ts';
import { requireComparable } from './comparable.ts';
import type { ComparedEvaluation } from './document.ts';
import { ComparisonError } from './errors.ts';
import { DECIMALS } from './format.ts';
import { imageRocDifferences, type ImageRocDifference } from './image-roc.ts';
import {
  DETECTION,
  FURTHER,
  IOU_LABELS,
  pixelsOf,
  RECONSTRUCTION,
  type IouKind,
  type Metric,
  type PixelSource,
  type Prevalence,
} from './metrics.ts';
import { notesOf } from './notes.ts';
import { paperClassOf, recountedPlaces } from './paper.ts';
import { placesOfRows, rankingOfRows, type Places, type Ranking } from './ranking.ts';
import { rowOf, type Row, type RowOptions } from './rows.ts';

export interface CompareOptions {
  /** Which IoU the tables show; default `iouBestOracle`, which looks at the labels it is judged by. */
  readonly iou?: IouKind;
  /** Name of the column that the others are compared with; default the first. */
  readonly reference?: string;
  /** Of the bootstrap; default 2000. */
  readonly resamples?: number;
}

/** The paper's part of a class that is also the paper's. */
export interface PaperPart {
  readonly name: string;
  readonly tables: { readonly reconstruction: number; readonly detection: number };
  /** Table 9 as printed, and counted anew from the printed Tables 6–8; [place − 1][regime]. */
  readonly places: { readonly printed: readonly (readonly number[])[]; readonly recounted: readonly (readonly number[])[] };
}

export interface ComparedClass {
  readonly name: string;
  /** What the PRC of a random map and of random image scores comes to. */
  readonly prevalence: Prevalence;
  /** Seeds of each column, ascending. */
  readonly seeds: readonly (readonly number[])[];
  /** Tables 3–5. */
  readonly reconstruction: readonly Row[];
  /** Tables 6–8. */
  readonly detection: readonly Row[];
  /** Beyond the paper. */
  readonly further: readonly Row[];
  /** Table 9. */
  readonly places: Places;
  readonly paper: PaperPart | null;
}

/** statistics.json: variants side by side. */
export interface Comparison {
  readonly protocol: {
    readonly geometry: 'image' | 'patch';
    readonly imageScore: string;
    readonly split: string | null;
    readonly checkpoint: string | null;
    readonly pixels: PixelSource;
    readonly iou: IouKind;
    readonly iouLabel: string;
    readonly reference: string;
    readonly resamples: number;
    /** Of the printed means; places, ties and ranks are counted on them. */
    readonly decimals: number;
  };
  readonly columns: readonly Column[];
  readonly classes: readonly ComparedClass[];
  /** Table 9 over all classes. */
  readonly places: Places;
  /** Over the rows of Tables 6–8 of all classes; null where ranks say nothing. */
  readonly ranking: Ranking | null;
  readonly imageRoc: readonly ImageRocDifference[];
  /** What a reader must know, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Puts evaluations side by side: the numbers of the paper's Tables 3–9, paired differences against a reference, ranks over metrics × classes.
 * Pure and deterministic: the same evaluations give the same document in the command line and on a page.
 * @throws ComparisonError for evaluations that cannot be compared, or a reference that is none of the columns
 */
export function compareEvaluations(evaluations: readonly ComparedEvaluation[], options: CompareOptions = {}): Comparison {
  return comparisonsOf(evaluations)(options);
}

/**
 * The same for several options of one set: the bootstrap over images, which takes the longest, is done once for each reference.
 * @throws ComparisonError for evaluations that cannot be compared
 */
export function comparisonsOf(evaluations: readonly ComparedEvaluation[]): (options?: CompareOptions) => Comparison {
  requireComparable(evaluations);
  const { columns, placed } = columnsOf(evaluations);
  const names = columns.map(({ name }) => name);
  const pixels: PixelSource = placed.every(({ metrics }) => metrics.patches) ? 'patches' : 'maps';
  const classNames = [...new Set(placed.map(({ metrics }) => metrics.class))];
  const [first] = placed as [Placed, ...Placed[]];
  const imageRocs = new Map<string, readonly ImageRocDifference[]>();
  return (options = {}) => {
    const reference = options.reference === undefined ? 0 : columnCalled(columns, options.reference);
    if (reference < 0)
      throw new ComparisonError(
        `${options.reference} is none of the variants to compare; the reference must be one of ${columns.map(({ name, title }) => (name === title ? name : `${title} (${name})`)).join(', ')}.`,
      );
    const { iou = 'iouBestOracle', resamples = 2000 } = options;
    const rowOptions: RowOptions = { columns, reference, resamples, choice: { iou, pixels } };
    const classes = classNames.map((name) => {
      const group = placed.filter(({ metrics }) => metrics.class === name);
      return comparedClass(name, group, rowOptions);
    });
    const detection = classes.flatMap((entry) => entry.detection);
    const asked = `${reference} ${resamples}`;
    const imageRoc = imageRocs.get(asked) ?? imageRocDifferences(placed, rowOptions);
    imageRocs.set(asked, imageRoc);
    return {
      protocol: {
        geometry: first.metrics.geometry,
        imageScore: first.metrics.imageScore,
        split: stated(placed, ({ metrics }) => metrics.split),
        checkpoint: stated(placed, ({ metrics }) => metrics.checkpoint?.which),
        pixels,
        iou,
        iouLabel: IOU_LABELS[iou],
        reference: names[reference]!,
        resamples,
        decimals: DECIMALS,
      },
      columns,
      classes,
      places: placesOfRows(detection, columns.length),
      ranking: rankingOfRows(detection, names),
      imageRoc,
      notes: notesOf(columns, classes, placed, rowOptions.choice),
    };
  };
}

/** Index of the column of that name, else of that title; −1 for none. */
function columnCalled(columns: readonly Column[], called: string): number {
  const named = columns.findIndex(({ name }) => name === called);
  return named >= 0 ? named : columns.findIndex(({ title }) => title === called);
}

function comparedClass(name: string, group: readonly Placed[], options: RowOptions): ComparedClass {
  const paper = paperClassOf(name);
  const pixel = (measure: Measure) => stated(group, ({ metrics }) => pixelsOf(metrics, measure, options.choice)?.prevalence);
  const prevalence: Prevalence = {
    pixel: { ssim: pixel('ssim'), mse: pixel('mse') },
    image: stated(group, ({ metrics }) => metrics.measures.ssim.image.prevalence),
  };
  const part = { evaluations: group, paper, prevalence };
  const rows = (metrics: readonly Metric[]): Row[] => metrics.map((metric) => rowOf(metric, part, options));
  const detection = rows(DETECTION);
  return {
    name,
    prevalence,
    seeds: options.columns.map((column) =>
      group
        .filter((evaluation) => evaluation.column === column.name)
        .map(({ metrics }) => metrics.seed)
        .sort((a, b) => a - b),
    ),
    reconstruction: rows(RECONSTRUCTION),
    detection,
    further: rows(FURTHER),
    places: placesOfRows(detection, options.columns.length),
    paper: paper && {
      name: paper.name,
      tables: paper.tables,
      places: { printed: paper.printedPlaces, recounted: recountedPlaces(paper) },
    },
  };
}

/** What the first evaluation that states it states. */
function stated<T>(group: readonly Placed[], of: (evaluation: Placed) => T | null | undefined): T | null {
  for (const evaluation of group) {
    const value = of(evaluation);
    if (value !== null && value !== undefined) return value;
  }
  return null;
}
