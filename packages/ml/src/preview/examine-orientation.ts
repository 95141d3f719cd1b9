import { regionOfInterest, type PixelImage } from '../geometry/index.ts';
import type { Recipe } from '../recipes/index.ts';
import { orientationCurve, OrientationLoss, rotate, searchOrientation, type OrientationCurve } from '../transformer/index.ts';
import { mapPicture, maskPicture } from './map-picture.ts';

export interface ExaminedOrientation {
  readonly curve: OrientationCurve;
  /** By exhaustive search, radians modulo half a turn. */
  readonly search: number;
  /** Fig. 5: the network's input, turned by the chosen angle, |G_x| there (white at the largest that counts), and where J is measured. */
  readonly pictures: Readonly<Record<'input' | 'normalised' | 'gradient' | 'mask', PixelImage>>;
}

/**
 * All about the orientation of one network input.
 * @param chosen angle of the pictures, radians; default what search finds
 */
export function examineOrientation(
  input: PixelImage,
  recipe: Pick<Recipe, 'geometry' | 'orientation'>,
  chosen?: number,
): ExaminedOrientation {
  const loss = new OrientationLoss(regionOfInterest(recipe.geometry), recipe.orientation.mask);
  const shape = { count: 1, side: input.width, channels: input.channels };
  const search = searchOrientation(loss, input.data, shape).angles[0]!;
  const angle = chosen ?? search;
  const { gradient, measured } = loss.picture(input.data, shape, angle);
  const strongest = gradient.data.reduce((most, value, k) => Math.max(most, value * measured.data[k]!), 1e-6);
  return {
    curve: orientationCurve(loss, input),
    search,
    pictures: {
      input,
      normalised: { ...input, data: rotate('bilinear', input.data, shape, [angle]) },
      gradient: mapPicture(gradient, 0, strongest),
      mask: maskPicture(measured),
    },
  };
}
