import type { FloatMap, Mask } from '@plumbline/ml/geometry';
import type { Point } from '../camera/camera.ts';
import { colourIndex, packRgba, paintValues, type ColourMap, type ColourRange } from '../colour/colour-map.ts';
import type { Picture } from '../pixels/decode.ts';
import { outlineSegments } from '../pixels/outline.ts';
import { reduceFurthest, reducePicture, type Blocks } from '../pixels/reduce.ts';
import { TiledSurface } from './tiled-surface.ts';

/** What one pane shows, ready to be drawn by any renderer. */
export interface Scene {
  /** Of the network image: the pixels that camera and cursor count in. */
  readonly width: number;
  readonly height: number;
  /** Stretched over the network image; its own pixels are those that values are printed in. */
  readonly base: TiledSurface;
  /** Laid over the base and stretched to it (the mask has the original image's resolution). */
  readonly overlay: TiledSurface | null;
  /** Ground truth, in the pixels of `of`. */
  readonly outline: Outline | null;
  /** Polygons in network-scale coordinates: where patches lie. */
  readonly frames: readonly PatchFrame[];
  /** False where the base is laid out otherwise than the network image, so that no pixel of it is the one under the cursor. */
  readonly aligned: boolean;
  /** The texts to print inside a pixel of the base (one a line) and whether the pixel is bright, i.e. wants dark ink. */
  readonly valueAt: (x: number, y: number) => { readonly lines: readonly string[]; readonly bright: boolean };
}

export interface PatchFrame {
  readonly corners: readonly Point[];
  /** The chosen one is drawn in full, the others are hinted at. */
  readonly chosen: boolean;
}

export interface Outline {
  readonly path: Path2D;
  readonly of: { readonly width: number; readonly height: number };
}

const packed = (image: ImageData): Uint32Array => new Uint32Array(image.data.buffer);

/** What panes of one picture or mask share is made once. */
function once<Of extends object, Made>(make: (of: Of) => Made): (of: Of) => Made {
  const known = new WeakMap<Of, Made>();
  return (of) => {
    const made = known.get(of) ?? make(of);
    known.set(of, made);
    return made;
  };
}

export const pictureSurface = once(
  (picture: Picture) => new TiledSurface(picture.width, picture.height, (blocks, image) => reducePicture(picture, blocks, image.data)),
);

export function residualSurface(map: FloatMap, colours: ColourMap, range: ColourRange): TiledSurface {
  return new TiledSurface(map.width, map.height, (blocks, image) =>
    paintValues(reduceFurthest(map, blocks), colours, range, packed(image)),
  );
}

/** Colours of the mask: what is found rightly, falsely, and what is missed. Found and false differ from each other and from grey for every kind of colour vision. */
export const MASK_COLOURS = { found: [20, 184, 190], falsely: [245, 158, 11], missed: [217, 70, 160] } as const;

/** The mask at a threshold over nothing: found, falsely found and missed pixels in their colours. @param truth null = nothing is outlined: all found pixels in one colour */
export function maskSurface(map: FloatMap, truth: Mask | null, good: boolean, threshold: number): TiledSurface {
  const [found, falsely] = [packRgba(...MASK_COLOURS.found, 150), packRgba(...MASK_COLOURS.falsely, 150)];
  // Fainter, so that the defect which was missed can still be seen.
  const missed = packRgba(...MASK_COLOURS.missed, 95);
  return new TiledSurface(map.width, map.height, (blocks, image) => {
    const out = packed(image);
    const values = reduceFurthest(map, blocks);
    const marked = truth && reduceFurthest(truth, blocks);
    for (let i = 0; i < out.length; i++) {
      const defect = marked ? marked[i]! > 0 : !good;
      if (values[i]! >= threshold) out[i] = defect ? found : falsely;
      else if (marked && defect) out[i] = missed;
    }
  });
}

export const outlinePath = once((mask: Mask): Outline => {
  const path = new Path2D();
  const segments = outlineSegments(mask);
  for (let i = 0; i < segments.length; i += 4) {
    path.moveTo(segments[i]!, segments[i + 1]!);
    path.lineTo(segments[i + 2]!, segments[i + 3]!);
  }
  return { path, of: { width: mask.width, height: mask.height } };
});

const isBright = (r: number, g: number, b: number): boolean => 0.299 * r + 0.587 * g + 0.114 * b > 140;

/** 8-bit values of a picture's pixel: one line, or red, green and blue. */
export function pictureValues(picture: Picture): Scene['valueAt'] {
  const { width, channels, rgba } = picture;
  return (x, y) => {
    const p = 4 * (y * width + x);
    const [r, g, b] = [rgba[p]!, rgba[p + 1]!, rgba[p + 2]!];
    const lines = channels === 1 || (r === g && g === b) ? [String(r)] : [String(r), String(g), String(b)];
    return { lines, bright: isBright(r, g, b) };
  };
}

export function residualValues(map: FloatMap, colours: ColourMap, range: ColourRange, format: (value: number) => string): Scene['valueAt'] {
  return (x, y) => {
    const value = map.data[y * map.width + x]!;
    const c = 3 * colourIndex(value, range);
    return { lines: [format(value)], bright: isBright(colours.rgb[c]!, colours.rgb[c + 1]!, colours.rgb[c + 2]!) };
  };
}

/** The pixels of a scene's base that a part of the network image covers, for printing only those. */
export function baseBlocks({ width, height, base }: Scene, part: { x0: number; y0: number; x1: number; y1: number }): Blocks {
  const [sx, sy] = [base.width / width, base.height / height];
  const [x, y] = [Math.max(0, Math.floor(part.x0 * sx)), Math.max(0, Math.floor(part.y0 * sy))];
  return {
    x,
    y,
    columns: Math.min(base.width, Math.ceil(part.x1 * sx)) - x,
    rows: Math.min(base.height, Math.ceil(part.y1 * sy)) - y,
    step: 1,
  };
}
