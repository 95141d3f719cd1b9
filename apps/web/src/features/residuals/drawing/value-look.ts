import type { FloatMap, Mask } from '@plumbline/ml/geometry';
import { packRgba, paintValues, type ColourMap, type ColourRange } from '../colour/colour-map.ts';
import { reduceFurthest } from '../pixels/reduce.ts';
import type { Fill } from './painted-surface.ts';

/** Colours of the mask: what is found rightly, falsely, and what is missed. Found and false differ from each other and from grey for every kind of colour vision. */
export const MASK_COLOURS = { found: [20, 184, 190], falsely: [245, 158, 11], missed: [217, 70, 160] } as const;
/** Opacities of the mask, 0…255. What was missed is fainter, so that the defect can still be seen. */
export const MASK_ALPHA = { found: 150, falsely: 150, missed: 95 } as const;

/** How the values of a map become colours. */
export type ValueLook =
  | { readonly kind: 'scale'; readonly colours: ColourMap; readonly range: ColourRange }
  /** The mask at a threshold over nothing. @param truth null = nothing is outlined: all found pixels in one colour, by whether the image is good */
  | { readonly kind: 'mask'; readonly threshold: number; readonly truth: Mask | null; readonly good: boolean };

const packed = (image: ImageData): Uint32Array => new Uint32Array(image.data.buffer);

/** Paints a map's values by the processor. Of the values that fall into one block the one furthest from 0 is shown. */
export function fillByProcessor(map: FloatMap, look: ValueLook): Fill {
  if (look.kind === 'scale') return (blocks, image) => paintValues(reduceFurthest(map, blocks), look.colours, look.range, packed(image));
  const { threshold, truth, good } = look;
  const colourOf = (name: keyof typeof MASK_COLOURS): number => {
    const [red, green, blue] = MASK_COLOURS[name];
    return packRgba(red, green, blue, MASK_ALPHA[name]);
  };
  const [found, falsely, missed] = [colourOf('found'), colourOf('falsely'), colourOf('missed')];
  return (blocks, image) => {
    const out = packed(image);
    const values = reduceFurthest(map, blocks);
    const marked = truth && reduceFurthest(truth, blocks);
    for (let i = 0; i < out.length; i++) {
      const defect = marked ? marked[i]! > 0 : !good;
      if (values[i]! >= threshold) out[i] = defect ? found : falsely;
      else if (marked && defect) out[i] = missed;
    }
  };
}
