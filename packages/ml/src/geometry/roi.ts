import { maskToInput } from './crop.ts';
import { filledMask, type Mask } from './image.ts';
import { padLead } from './patches.ts';
import type { Geometry } from './scale.ts';

/** The region of interest in the network's `input`² frame: where the patch's content lies, a mask of ones carried through the geometry. */
export function regionOfInterest(geometry: Geometry): Mask {
  return maskToInput(filledMask(geometry.patch, geometry.patch, 1), geometry);
}

/** Where the content lies along one side of the network's input. Indices are inclusive. */
export interface ContentSpan {
  /** Continuous coordinates; pixel i covers [i, i+1). */
  readonly rect: readonly [number, number];
  /** The region of interest (by nearest). */
  readonly nearest: readonly [number, number];
  /** Pixels that mix no padding when reduced by area. */
  readonly area: readonly [number, number];
  /** Pixels that mix no padding when reduced bilinearly. */
  readonly bilinear: readonly [number, number];
}

/** See ContentSpan; in the `image` geometry everything lies on whole pixels and the four agree. */
export function contentSpan(geometry: Geometry): ContentSpan {
  const padded = geometry.kind === 'image' ? geometry.input : geometry.padded;
  const lead = padLead(geometry.patch, padded);
  const scale = padded / geometry.input;
  const rect = [lead / scale, (lead + geometry.patch) / scale] as const;
  const firstAndLast = (inside: (i: number) => boolean) => {
    const indices = Array.from({ length: geometry.input }, (_, i) => i).filter(inside);
    return [indices[0]!, indices.at(-1)!] as const;
  };
  const end = lead + geometry.patch;
  return {
    rect,
    nearest: firstAndLast((i) => Math.floor((i + 0.5) * scale) >= lead && Math.floor((i + 0.5) * scale) < end),
    area: firstAndLast((i) => i * scale >= lead && (i + 1) * scale <= end),
    bilinear: firstAndLast((i) => (i + 0.5) * scale - 0.5 >= lead && (i + 0.5) * scale - 0.5 <= end - 1),
  };
}

/** The mask eroded by a square of side 2·radius + 1; outside the image counts as outside the mask. */
export function erodeMask(mask: Mask, radius: number): Mask {
  const { width, height } = mask;
  const rows = new Uint8Array(width * height);
  const data = new Uint8Array(width * height);
  // `run` counts ones in a row up to here: a full window ends where it reaches the window's side.
  const side = 2 * radius + 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0, run = 0; x < width; x++) {
      run = mask.data[y * width + x] ? run + 1 : 0;
      if (run >= side) rows[y * width + x - radius] = 1;
    }
  }
  for (let x = 0; x < width; x++) {
    for (let y = 0, run = 0; y < height; y++) {
      run = rows[y * width + x] ? run + 1 : 0;
      if (run >= side) data[(y - radius) * width + x] = 1;
    }
  }
  return { width, height, data };
}
