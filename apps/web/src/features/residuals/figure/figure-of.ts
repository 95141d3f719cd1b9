import { truthAt } from '../data/images.ts';
import { describeFormat, describeSsim, formatsOf } from '../view/protocol.ts';
import { letterOf } from '../view/shown-evaluation.ts';
import type { Panes } from '../viewer/variant-scene.ts';
import { panesFigure } from './panes-figure.ts';
import { seenPanes } from './seen-panes.ts';

/** What is seen of an opened image, as an SVG document. @param host holds the panes */
export function figureOf({ image, shown, places, lead, view }: Panes, host: Element | null): string {
  const { protocol } = shown[lead]!;
  const measure = describeFormat(formatsOf(protocol)[view.measure]);
  const made = view.measure === 'ssim' ? `${measure}, ${describeSsim(view.ssim ?? protocol.ssim)}` : measure;
  const variants = places.map((place) => `${letterOf(place)} ${shown[place]!.name}, ${shown[place]!.detail}`);
  return panesFigure(`${truthAt(image, lead).label} / ${image.name}`, [`Residual: ${made}`, ...variants], host ? seenPanes(host) : []);
}
