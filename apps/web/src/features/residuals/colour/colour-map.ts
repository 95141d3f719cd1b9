import { cividis, inferno } from '@plumbline/ml/figures';

/** Perceptually uniform sequential colour maps; cividis reads the same with and without colour vision deficiency. */
export type ColourMapName = 'inferno' | 'cividis';
export const colourMapNames: readonly ColourMapName[] = ['inferno', 'cividis'];

/** The absolute values that the two ends of a colour map stand for, in the measure's own unit. */
export interface ColourRange {
  readonly minimum: number;
  readonly maximum: number;
}

export interface ColourMap {
  readonly name: ColourMapName | 'vik';
  /** 256 × 3 bytes: red, green, blue. */
  readonly rgb: Uint8Array;
  /** 256 entries ready to be written into the 32-bit view of ImageData, opaque. */
  readonly packed: Uint32Array;
}

const littleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** Packs bytes so that a Uint32Array over ImageData's buffer holds red, green, blue, alpha in memory order. */
export function packRgba(red: number, green: number, blue: number, alpha: number): number {
  return littleEndian
    ? ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0
    : ((red << 24) | (green << 16) | (blue << 8) | alpha) >>> 0;
}

function build(name: ColourMapName, table: string): ColourMap {
  const rgb = Uint8Array.from(atob(table), (character) => character.charCodeAt(0));
  const packed = new Uint32Array(256);
  for (let i = 0; i < 256; i++) packed[i] = packRgba(rgb[3 * i]!, rgb[3 * i + 1]!, rgb[3 * i + 2]!, 255);
  return { name, rgb, packed };
}

export const colourMaps: Readonly<Record<ColourMapName, ColourMap>> = {
  inferno: build('inferno', inferno),
  cividis: build('cividis', cividis),
};

/** Index 0…255 of a value on an absolute range; values outside take the end's colour, NaN takes the first. */
export function colourIndex(value: number, range: ColourRange): number {
  const position = ((value - range.minimum) / (range.maximum - range.minimum)) * 255;
  return position >= 255 ? 255 : position > 0 ? Math.round(position) : 0;
}

/** Colours of a map at equal distances, enough for a gradient: red, green and blue with a separator between them. */
export function gradientStops({ rgb }: ColourMap, separator = ' '): string[] {
  return Array.from({ length: 17 }, (_, k) => {
    const i = 3 * Math.round((k * 255) / 16);
    return `rgb(${rgb.subarray(i, i + 3).join(separator)})`;
  });
}

/** CSS gradient of the whole map for a legend, left to right. */
export function cssGradient(map: ColourMap, direction = 'to right'): string {
  return `linear-gradient(${direction}, ${gradientStops(map).join(', ')})`;
}

/**
 * Colours every value of a map on an absolute range.
 * @param values row-major values; @param out 32-bit view of RGBA pixels, as long as values
 */
export function paintValues(values: Float32Array, map: ColourMap, range: ColourRange, out: Uint32Array): void {
  const factor = 255 / (range.maximum - range.minimum);
  const { packed } = map;
  for (let i = 0; i < values.length; i++) {
    const position = (values[i]! - range.minimum) * factor;
    out[i] = packed[position >= 255 ? 255 : position > 0 ? (position + 0.5) | 0 : 0]!;
  }
}

/**
 * Lays the coloured residual over a picture: not at all in the lowest 15 % of the range, then rising to `strength` at 65 %, so that an
 * inconspicuous part stays the photograph and a conspicuous one is read by its colour.
 * @param picture RGBA bytes of the same pixels as values; @param out RGBA bytes
 */
export function paintOverlay(
  values: Float32Array,
  picture: Uint8ClampedArray,
  map: ColourMap,
  range: ColourRange,
  strength: number,
  out: Uint8ClampedArray,
): void {
  const factor = 1 / (range.maximum - range.minimum);
  for (let i = 0; i < values.length; i++) {
    const t = Math.min(1, Math.max(0, (values[i]! - range.minimum) * factor));
    const weight = strength * Math.min(1, Math.max(0, (t - 0.15) / 0.5));
    const c = 3 * Math.round(t * 255);
    const p = 4 * i;
    for (let k = 0; k < 3; k++) out[p + k] = picture[p + k]! * (1 - weight) + map.rgb[c + k]! * weight;
    out[p + 3] = 255;
  }
}

/** The smallest readable number (two digits at most) that is not below the value: the end of a scale. */
export function niceCeiling(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9, 10].find((s) => s * power >= value * (1 - 1e-9)) ?? 10;
  return Number((step * power).toPrecision(3));
}
