import {
  coverCentre,
  coverOrigin,
  crop,
  cropMask,
  cutTurned,
  cutTurnedMask,
  insideCentre,
  patchToInput,
  uniformOrigin,
  type Mask,
  type PixelImage,
  type Size,
  type TurnedCut,
} from '../geometry/index.ts';
import { Random } from '../random/index.ts';
import type { Recipe } from '../recipes/index.ts';

export type PatchRecipe = Pick<Recipe, 'geometry' | 'channels' | 'augmentation'>;

/** Where a training patch is cut from a photograph at network scale; `angle` is 0 where it is cut straight, on whole pixels. */
export interface PatchPlace extends TurnedCut {
  readonly turned: boolean;
}

/**
 * Place and angle of one training patch. They follow from (seed, source, index) alone: whatever was drawn before, and in whatever order, the same three
 * give the same place.
 */
export function placePatch(scaled: Size, recipe: PatchRecipe, seed: number, source: string, index: number): PatchPlace {
  const { geometry, augmentation } = recipe;
  const random = Random.of('patch', seed, source, index);
  const [u, v, lot, turn] = [random.next(), random.next(), random.next(), random.next()];
  const size = geometry.patch;
  if (lot >= augmentation.rotation.probability) {
    const origin = augmentation.cover ? coverOrigin : uniformOrigin;
    const middle = (size - 1) / 2;
    const centre = { x: origin(u, scaled.width, size) + middle, y: origin(v, scaled.height, size) + middle };
    return { turned: false, centre, angle: 0, size };
  }
  const middle = augmentation.cover ? coverCentre : insideCentre;
  const centre = { x: middle(u, scaled.width, size), y: middle(v, scaled.height, size) };
  return { turned: true, centre, angle: ((2 * turn - 1) * augmentation.rotation.degrees * Math.PI) / 180, size };
}

const originOf = ({ centre, size }: PatchPlace) => ({ x: centre.x - (size - 1) / 2, y: centre.y - (size - 1) / 2 });

/** The patch at its place, [size]² pixels. */
export function cutPatch(scaled: PixelImage, place: PatchPlace): PixelImage {
  return place.turned ? cutTurned(scaled, place) : crop(scaled, originOf(place), place.size, place.size);
}

/** The mask at the same place, by the nearest pixel. */
export function cutPatchMask(scaled: Mask, place: PatchPlace): Mask {
  return place.turned ? cutTurnedMask(scaled, place) : cropMask(scaled, originOf(place), place.size, place.size);
}

/** One training patch as the network's input ([input]² pixels in [0,1]), drawn from a photograph at network scale at the place of `placePatch`. */
export function drawPatch(scaled: PixelImage, recipe: PatchRecipe, seed: number, source: string, index: number): PixelImage {
  return patchToInput(cutPatch(scaled, placePatch(scaled, recipe, seed, source, index)), recipe.geometry);
}
