import { corrupt, cutPatch, cutPatchMask, placePatch, type PatchPlace } from '../augmentation/index.ts';
import {
  maskToInput,
  maskToNetworkScale,
  padSquare,
  padSquareMask,
  patchToInput,
  regionOfInterest,
  toNetworkScale,
  withChannels,
  type Geometry,
  type Mask,
  type PixelImage,
} from '../geometry/index.ts';
import { Random } from '../random/index.ts';
import { needsLocalisation, type Recipe } from '../recipes/index.ts';
import { OrientationLoss, rotate, searchOrientation } from '../transformer/index.ts';

/** The parts of a recipe that a picture passes through before the network; the others do not change what is seen. */
export type SeenRecipe = Pick<Recipe, 'geometry' | 'channels' | 'augmentation' | 'loss' | 'regime' | 'orientation'>;

/** One step on the way of a picture to the network. */
export interface PreviewStep {
  readonly kind: 'scaled' | 'patch' | 'padded' | 'input' | 'corrupted' | 'turned' | 'back';
  readonly image: PixelImage;
  /** The region of interest carried along: where the patch's content lies; null before there is a patch. */
  readonly roi: Mask | null;
  /** The defect carried along; null where the image has no mask. */
  readonly mask: Mask | null;
}

export interface PatchSteps {
  readonly steps: readonly PreviewStep[];
  /** Where in the picture at network scale the patch was cut. */
  readonly place: PatchPlace;
  /** How the regime turns the patch (radians), or null where it turns none. */
  readonly alpha: number | null;
}

/** A patch as it is drawn: seed, name of its source, and number within it. */
export interface Draw {
  readonly seed: number;
  readonly source: string;
  readonly index: number;
}

const paddedSide = (geometry: Geometry): number => (geometry.kind === 'patch' ? geometry.padded : geometry.input);

/** The photograph and its mask at network scale with the recipe's channels: what does not change with a draw. @throws BadImageError */
export function scaledFor(
  photograph: PixelImage,
  mask: Mask | null,
  recipe: Pick<Recipe, 'geometry' | 'channels'>,
  name?: string,
): { image: PixelImage; mask: Mask | null } {
  const image = toNetworkScale(withChannels(photograph, recipe.channels), recipe.geometry, name);
  return { image, mask: mask && maskToNetworkScale(mask, recipe.geometry, name) };
}

/**
 * One training patch through every step until the network sees it, by the functions that train: cut and turned as the augmentation draws it, padded,
 * brought to the input's side, corrupted where the loss asks for it, and turned where the regime turns. A localisation network is not at hand before it
 * is trained: in its place stands the exhaustive search, which is what a perfect one would answer.
 * @throws BadImageError where the photograph does not hold a patch; RangeError where the region leaves no pixel to measure J on
 */
export function patchSteps(scaled: { image: PixelImage; mask: Mask | null }, recipe: SeenRecipe, draw: Draw): PatchSteps {
  const { geometry, loss, channels } = recipe;
  const place = placePatch(scaled.image, recipe, draw.seed, draw.source, draw.index);
  const patch = cutPatch(scaled.image, place);
  const patchMask = scaled.mask && cutPatchMask(scaled.mask, place);
  const side = paddedSide(geometry);
  const whole: Mask = { width: patch.width, height: patch.height, data: new Uint8Array(patch.width * patch.height).fill(1) };
  const roi = regionOfInterest(geometry);
  const inputMask = patchMask && maskToInput(patchMask, geometry);
  const steps: PreviewStep[] = [
    { kind: 'scaled', image: scaled.image, roi: null, mask: scaled.mask },
    { kind: 'patch', image: patch, roi: whole, mask: patchMask },
    { kind: 'padded', image: padSquare(patch, side), roi: padSquareMask(whole, side), mask: patchMask && padSquareMask(patchMask, side) },
    { kind: 'input', image: patchToInput(patch, geometry), roi, mask: inputMask },
  ];
  // Without the reduction the padded patch is the input already.
  if (geometry.kind === 'image') steps.splice(2, 1);
  let seen = steps.at(-1)!.image;
  if (loss.corruption.kind !== 'none') {
    const random = Random.of('corruption', draw.seed, draw.source, draw.index);
    seen = { ...seen, data: corrupt(seen.data, roi, channels, loss.corruption, random).values };
    steps.push({ kind: 'corrupted', image: seen, roi, mask: inputMask });
  }
  const alpha = alphaOf(seen, roi, recipe, draw);
  const sampler = 'sampler' in recipe.regime ? recipe.regime.sampler : 'bilinear';
  if (alpha !== null) {
    const turnMask = (mask: Mask, angle: number): Mask => {
      const shape = { count: 1, side: mask.width, channels: 1 as const };
      return { ...mask, data: Uint8Array.from(rotate('nearest', Float32Array.from(mask.data), shape, [angle])) };
    };
    const turn = (image: PixelImage, angle: number): PixelImage => ({
      ...image,
      data: rotate(sampler, image.data, { count: 1, side: image.width, channels: image.channels }, [angle]),
    });
    const turned = {
      kind: 'turned',
      image: turn(seen, alpha),
      roi: turnMask(roi, alpha),
      mask: inputMask && turnMask(inputMask, alpha),
    } as const;
    steps.push(turned, {
      kind: 'back',
      image: turn(turned.image, -alpha),
      roi: turnMask(turned.roi, -alpha),
      mask: turned.mask && turnMask(turned.mask, -alpha),
    });
  }
  return { steps, place, alpha };
}

function alphaOf(input: PixelImage, roi: Mask, recipe: SeenRecipe, { seed, source, index }: Draw): number | null {
  const { kind } = recipe.regime;
  if (kind === 'ae') return null;
  if (kind === 'sampler-only') return 2 * Math.PI * Random.of('turn', seed, `${source}/${index}`).next();
  const loss = new OrientationLoss(roi, recipe.orientation.mask);
  const shape = { count: 1, side: input.width, channels: input.channels };
  return searchOrientation(loss, input.data, shape).angles[0]!;
}

/** Whether the angle that `patchSteps` shows stands in for a localisation network's. */
export function alphaStandsIn(recipe: Recipe): boolean {
  return needsLocalisation(recipe) || recipe.regime.kind === 'stn-random' || recipe.regime.kind === 'orientation';
}
