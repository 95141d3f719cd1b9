import type { FloatMap, Mask } from '@plumbline/ml/geometry';
import { colourIndex, paintValues, packRgba, type ColourMap, type ColourRange } from '../colour/colour-map.ts';
import { outlineSegments } from '../pixels/outline.ts';
import type { Picture } from '../pixels/decode.ts';

export type Surface = OffscreenCanvas | HTMLCanvasElement;

/** What one pane shows, ready to be drawn by any renderer; all of it in network-scale coordinates unless said otherwise. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  /** One surface pixel per image pixel. */
  readonly base: Surface;
  /** Laid over the base and stretched to it (the mask has the original image's resolution). */
  readonly overlay: Surface | null;
  /** Ground truth, in the pixels of `of`. */
  readonly outline: { readonly path: Path2D; readonly of: { readonly width: number; readonly height: number } } | null;
  /** The texts to print inside a pixel (one a line) and whether the pixel is bright, i.e. wants dark ink. */
  readonly valueAt: (x: number, y: number) => { readonly lines: readonly string[]; readonly bright: boolean };
}

function surfaceOf(width: number, height: number, fill: (data: ImageData) => void): Surface {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no canvas to draw on: close other tabs or use a current browser.');
  const image = context.createImageData(width, height);
  fill(image);
  context.putImageData(image, 0, 0);
  return canvas;
}

export function pictureSurface(picture: Picture): Surface {
  return surfaceOf(picture.width, picture.height, (image) => image.data.set(picture.rgba));
}

export function residualSurface(map: FloatMap, colours: ColourMap, range: ColourRange): Surface {
  return surfaceOf(map.width, map.height, (image) => paintValues(map.data, colours, range, new Uint32Array(image.data.buffer)));
}

/** Colours of the mask: what is found rightly, falsely, and what is missed. Found and false differ from each other and from grey for every kind of colour vision. */
export const MASK_COLOURS = { found: [20, 184, 190], falsely: [245, 158, 11], missed: [217, 70, 160] } as const;

/** The mask at a threshold over nothing: found, falsely found and missed pixels in their colours. @param truth null = nothing is outlined: all found pixels in one colour */
export function maskSurface(map: FloatMap, truth: Mask | null, good: boolean, threshold: number): Surface {
  const [found, falsely] = [packRgba(...MASK_COLOURS.found, 150), packRgba(...MASK_COLOURS.falsely, 150)];
  // Fainter, so that the defect which was missed can still be seen.
  const missed = packRgba(...MASK_COLOURS.missed, 95);
  return surfaceOf(map.width, map.height, (image) => {
    const out = new Uint32Array(image.data.buffer);
    const values = map.data;
    const marked = truth?.data;
    for (let i = 0; i < out.length; i++) {
      const defect = marked ? marked[i]! > 0 : !good;
      if (values[i]! >= threshold) out[i] = defect ? found : falsely;
      else if (marked && defect) out[i] = missed;
    }
  });
}

export function outlinePath(mask: Mask): Scene['outline'] {
  const path = new Path2D();
  const segments = outlineSegments(mask);
  for (let i = 0; i < segments.length; i += 4) {
    path.moveTo(segments[i]!, segments[i + 1]!);
    path.lineTo(segments[i + 2]!, segments[i + 3]!);
  }
  return { path, of: { width: mask.width, height: mask.height } };
}

/** 8-bit values of a picture's pixel: one line, or red, green and blue. */
export function pictureValues(picture: Picture): Scene['valueAt'] {
  const { width, channels, rgba } = picture;
  return (x, y) => {
    const p = 4 * (y * width + x);
    const [r, g, b] = [rgba[p]!, rgba[p + 1]!, rgba[p + 2]!];
    const lines = channels === 1 || (r === g && g === b) ? [String(r)] : [String(r), String(g), String(b)];
    return { lines, bright: 0.299 * r + 0.587 * g + 0.114 * b > 140 };
  };
}

export function residualValues(map: FloatMap, colours: ColourMap, range: ColourRange, format: (value: number) => string): Scene['valueAt'] {
  return (x, y) => {
    const value = map.data[y * map.width + x]!;
    const c = 3 * colourIndex(value, range);
    return { lines: [format(value)], bright: 0.299 * colours.rgb[c]! + 0.587 * colours.rgb[c + 1]! + 0.114 * colours.rgb[c + 2]! > 140 };
  };
}
