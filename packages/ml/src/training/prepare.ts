import { decodeImages, imagesOf, withValidationSplit, type Dataset, type DatasetImage, type ImageProblem } from '../datasets/index.ts';
import { BadImageError, fromBytes8, quantise8, regionOfInterest, type PixelImage } from '../geometry/index.ts';
import { networkImage } from '../reconstruction/index.ts';
import type { Recipe } from '../recipes/index.ts';
import { RunError, throwIfAborted } from '../run/index.ts';
import { drawPatches, PatchStore } from './patches.ts';
import type { PatchRecipe } from '../augmentation/index.ts';
import { HeldPatches } from './recovery.ts';
import { regionStatistics, type RegionStatistics } from './statistics.ts';

/** A validation photograph at network scale, a byte a value. */
export class ValidationImage {
  readonly id: string;
  readonly #bytes: Uint8Array;
  readonly #shape: Omit<PixelImage, 'data'>;

  constructor(id: string, image: PixelImage) {
    this.id = id;
    this.#bytes = quantise8(image);
    this.#shape = { width: image.width, height: image.height, channels: image.channels };
  }

  pixels(): PixelImage {
    return fromBytes8(this.#bytes, this.#shape.width, this.#shape.height, this.#shape.channels);
  }
}

export interface PreparedData {
  readonly trainImages: number;
  readonly patches: PatchStore;
  readonly statistics: RegionStatistics;
  readonly validation: readonly ValidationImage[];
  /** Photographs held out, whatever is made of them. */
  readonly heldImages: number;
  /** Pairs of held-out patches for a training of the orientation; empty otherwise. */
  readonly held: HeldPatches;
}

export interface PrepareOptions {
  readonly recipe: Recipe;
  readonly dataset: Dataset;
  readonly seed: number;
  readonly signal?: AbortSignal;
  readonly onProblem: (problem: ImageProblem) => void;
}

/**
 * Decodes every image once and keeps what training needs: patches and validation images, a byte a value. Split by photograph before any patch is cut.
 * Files that cannot be used are reported and left out.
 * @throws RunError where nothing is left to train on
 */
export async function prepareData(options: PrepareOptions): Promise<PreparedData> {
  const { recipe, seed } = options;
  const split = withValidationSplit(options.dataset, recipe.data.validationShare, seed);
  const sources = imagesOf(split, 'train').filter((image) => image.label === 'good');
  if (sources.length === 0)
    throw new RunError(`${options.dataset.name} has no training images; put photographs of good parts into its train/good folder.`);
  const drawn = drawnBy(recipe);
  const patches = new PatchStore();
  let trainImages = 0;
  await eachImage(sources, options, (image, pixels) => {
    patches.add(drawPatches(pixels, drawn, seed, image.id, shareOf(drawn.total, sources, image)));
    trainImages += 1;
  });
  if (patches.count === 0)
    throw new RunError(
      `None of the ${sources.length} training images of ${options.dataset.name} can be used; see the warnings for each one's reason.`,
    );
  const validation: ValidationImage[] = [];
  const held = new HeldPatches();
  let heldImages = 0;
  const good = imagesOf(split, 'validation').filter((image) => image.label === 'good');
  await eachImage(good, options, (image, pixels) => {
    if (recipe.regime.kind === 'orientation') held.add(pixels, drawn, seed, image.id, shareOf(HELD, good, image) ?? 0);
    else validation.push(new ValidationImage(image.id, networkImage(pixels, recipe.geometry, recipe.channels, image.name)));
    heldImages += 1;
  });
  const statistics = regionStatistics(patches, regionOfInterest(recipe.geometry), recipe.channels);
  return { trainImages, patches, statistics, validation, heldImages, held };
}

/** Pairs of patches on which known rotations are recovered. */
const HELD = 256;

/** How training patches are drawn, and how many in all (null: as many as the grid lays): an orientation is learnt from patches turned every way. */
function drawnBy(recipe: Recipe): PatchRecipe & { readonly total: number | null } {
  const { orientation, data, regime } = recipe;
  if (regime.kind !== 'orientation') return { ...recipe, total: data.trainPatches };
  const total = orientation.patches ?? data.trainPatches;
  if (orientation.degrees === null) return { ...recipe, total };
  const rotation = { probability: 1, degrees: orientation.degrees };
  return { ...recipe, augmentation: { ...recipe.augmentation, rotation }, total };
}

/** An image's share of a wanted total, the first ones taking the remainder; null where each image gives what its grid holds. */
function shareOf(total: number | null, sources: readonly DatasetImage[], image: DatasetImage): number | null {
  if (total === null) return null;
  return Math.floor(total / sources.length) + (sources.indexOf(image) < total % sources.length ? 1 : 0);
}

async function eachImage(
  images: readonly DatasetImage[],
  { signal, onProblem }: PrepareOptions,
  use: (image: DatasetImage, pixels: PixelImage) => void,
): Promise<void> {
  for await (const { image, pixels } of decodeImages(images, onProblem)) {
    throwIfAborted(signal, 'Training');
    try {
      use(image, pixels);
    } catch (error) {
      if (!(error instanceof BadImageError)) throw error;
      onProblem({ image, error });
    }
  }
}
