import { z } from 'zod';
import type { Measure, Split } from '../view/view-state.ts';
import type { EvaluatedImage, MapStatistics, Truth, VariantImage } from './images.ts';

/** A column by its shape alone: looking at each of a hundred thousand values would take longer than showing them. */
const column = <T>() => z.custom<readonly T[]>(Array.isArray);
const numbers = column<number | null>();
const statistics = z.object({ score: numbers, minimum: numbers, maximum: numbers, mean: numbers, p99: numbers });

/** The images of one evaluation as `Evaluation.imagesUrl` answers them: a list for each value, all as long and in the same order. */
const columnsSchema = z.object({
  datasetVersionId: z.string(),
  imageId: column<string>(),
  name: column<string>(),
  label: column<string>(),
  split: column<Split>(),
  width: column<number>(),
  height: column<number>(),
  mask: column<string | null>(),
  reconstructionId: column<string>(),
  /** Alike where the network's inputs are alike, whichever evaluation stored them. */
  input: column<string>(),
  networkWidth: column<number>(),
  networkHeight: column<number>(),
  measures: z.object({ ssim: statistics, mse: statistics }),
});
export type ImageColumns = z.infer<typeof columnsSchema>;

/** @throws Error with one sentence where it is no such answer */
export function parseColumns(json: unknown): ImageColumns {
  const { data } = columnsSchema.safeParse(json);
  if (!data) throw new Error('The list of images could not be read: reload the page, which may be older than the platform.');
  return data;
}

/** @param inputs addresses of the image's inputs by what is in them: variants of one input share its first address, so that it is fetched and decoded once */
function storedImage(columns: ImageColumns, at: number, inputs: Map<string, string>): VariantImage {
  const reconstructionId = columns.reconstructionId[at]!;
  const input = columns.input[at]!;
  const inputUrl = inputs.get(input) ?? `/files/reconstructions/${reconstructionId}/input.png`;
  inputs.set(input, inputUrl);
  return {
    reconstructionId,
    networkWidth: columns.networkWidth[at]!,
    networkHeight: columns.networkHeight[at]!,
    inputUrl,
    reconstructionUrl: `/files/reconstructions/${reconstructionId}/reconstruction.png`,
    statistics: { ssim: storedMap(columns, at, 'ssim'), mse: storedMap(columns, at, 'mse') },
  };
}

/** Null where the evaluation has no map of the measure. */
function storedMap(columns: ImageColumns, at: number, measure: Measure): MapStatistics | null {
  const of = columns.measures[measure];
  const [score = null, minimum = null, maximum = null, mean = null, p99 = null] = [of.score[at], of.minimum[at], of.maximum[at], of.mean[at], of.p99[at]];
  if (score === null || minimum === null || maximum === null || mean === null || p99 === null) return null;
  return { score, minimum, maximum, mean, p99, tiffUrl: `/files/residuals/${columns.reconstructionId[at]!}/${measure}.tiff` };
}

interface Joined {
  readonly image: EvaluatedImage & { readonly variants: (VariantImage | null)[] };
  readonly mask: string | null;
  readonly inputs: Map<string, string>;
}

/**
 * Joins the images of several evaluations by the id of the Image, whatever dataset version each measured: every image that one of them has, in
 * the order of the first that has it. What an image is called and labelled is told by that one too; label and mask of a version that says otherwise
 * stay with its evaluation.
 * @param all columns by place; null for an evaluation that is still loaded or has none
 */
export function joinColumns(all: readonly (ImageColumns | null)[]): EvaluatedImage[] {
  const found = new Map<string, Joined>();
  for (const [place, columns] of all.entries()) {
    if (!columns) continue;
    for (const [at, id] of columns.imageId.entries()) {
      const mask = columns.mask[at] ?? null;
      let known = found.get(id);
      if (!known) {
        known = { image: { ...factsOf(columns, at, id), variants: all.map(() => null) }, mask, inputs: new Map() };
        found.set(id, known);
      }
      const { image, inputs } = known;
      const alike = columns.label[at] === image.label && mask === known.mask;
      image.variants[place] = { ...storedImage(columns, at, inputs), ...(alike ? {} : { otherTruth: truthOf(columns, at, id) }) };
    }
  }
  return [...found.values()].map(({ image }) => image);
}

function truthOf(columns: ImageColumns, at: number, id: string): Truth {
  const label = columns.label[at]!;
  const mask = columns.mask[at] ?? null;
  return {
    label,
    defective: label !== 'good',
    maskUrl: mask === null ? null : `/files/versions/${columns.datasetVersionId}/${id}/mask?v=${mask}`,
  };
}

const factsOf = (columns: ImageColumns, at: number, id: string): Omit<EvaluatedImage, 'variants'> => ({
  ...truthOf(columns, at, id),
  id,
  name: columns.name[at]!,
  split: columns.split[at]!,
  width: columns.width[at]!,
  height: columns.height[at]!,
});
