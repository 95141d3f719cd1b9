import { colourMaps, packRgba, paintValues, type ColourRange } from '#web/features/residuals/colour/colour-map.ts';

/** The mask's colour over the photograph: the one that nothing on a part has. */
export const MASK_COLOUR = [236, 72, 153] as const;

/** The three pictures of a result, of the photograph's size. */
export type PaneKind = 'photograph' | 'residual' | 'mask';

interface Painted {
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly map: Float32Array;
  readonly range: ColourRange;
  /** From which a pixel counts as defective; null marks none. */
  readonly threshold: number | null;
}

/** RGBA bytes of one picture. */
export function paint(kind: PaneKind, { rgba, map, range, threshold }: Painted): Uint8ClampedArray<ArrayBuffer> {
  if (kind === 'photograph') return rgba;
  const out = new Uint8ClampedArray(rgba.length);
  const packed = new Uint32Array(out.buffer);
  if (kind === 'residual') {
    paintValues(map, colourMaps.inferno, range, packed);
    return out;
  }
  out.set(rgba);
  if (threshold === null) return out;
  const [r, g, b] = MASK_COLOUR;
  const blend = (value: number, colour: number): number => Math.round(0.35 * value + 0.65 * colour);
  for (let i = 0; i < map.length; i++)
    if (map[i]! >= threshold) packed[i] = packRgba(blend(rgba[4 * i]!, r), blend(rgba[4 * i + 1]!, g), blend(rgba[4 * i + 2]!, b), 255);
  return out;
}

/** Pixels at or above the threshold. */
export function countDefective(map: Float32Array, threshold: number | null): number {
  if (threshold === null) return 0;
  let count = 0;
  for (let i = 0; i < map.length; i++) if (map[i]! >= threshold) count++;
  return count;
}
