import type { FloatMap, Mask } from '@plumbline/ml/geometry';
import type { Point } from '../camera/camera.ts';
import { colourIndex, type ColourMap, type ColourRange } from '../colour/colour-map.ts';
import { PaintedSurface } from '../drawing/painted-surface.ts';
import type { Surface } from '../drawing/surface.ts';
import type { Picture } from '../pixels/decode.ts';
import { outlineSegments } from '../pixels/outline.ts';
import { reducePicture, type Blocks } from '../pixels/reduce.ts';

/** What one pane shows, ready to be drawn by any renderer. */
export interface Scene {
  /** Of the network image: the pixels that camera and cursor count in. */
  readonly width: number;
  readonly height: number;
  /** Stretched over the network image; its own pixels are those that values are printed in. */
  readonly base: Surface;
  /** Laid over the base and stretched to it (the mask has the original image's resolution). */
  readonly overlay: Surface | null;
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
  (picture: Picture): Surface => new PaintedSurface(picture, (blocks, image) => reducePicture(picture, blocks, image.data)),
);

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
