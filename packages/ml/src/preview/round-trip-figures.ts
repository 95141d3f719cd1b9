import { binned, histogramChart } from '../figures/index.ts';
import type { PixelImage } from '../geometry/index.ts';
import type { RoundTrip } from '../transformer/index.ts';
import { mapPicture } from './map-picture.ts';

/** Differences up to this many grey levels are told apart in pictures and histograms; the same for all, so that they compare. */
export const DIFFERENCE_RANGE = 64;

/** The difference as a picture: grey is 0. */
export const differencePicture = ({ difference }: RoundTrip): PixelImage => mapPicture(difference, -DIFFERENCE_RANGE, DIFFERENCE_RANGE);

/** How many pixels changed by how much, on a logarithmic axis; what changed more is counted at the ends. */
export function differenceHistogram({ difference }: RoundTrip, title: string): string {
  return histogramChart({
    title,
    x: { label: 'difference (grey levels, 0–255 scale)', domain: [-DIFFERENCE_RANGE, DIFFERENCE_RANGE], step: 32 },
    y: { label: 'pixels', scale: 'log' },
    bins: binned(difference.data, -DIFFERENCE_RANGE, DIFFERENCE_RANGE, 64),
  });
}
