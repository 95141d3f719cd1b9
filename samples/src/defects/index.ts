import { meanAndSpread, type Grey } from '../grey.ts';
import type { Canvas, Drawing } from './canvas.ts';
import { fibre, transplant, warp } from './foreign.ts';
import { blur, dent, scratch, stain } from './surface.ts';

/** Kinds of defects, by the name of their folder. */
const draughtsmen = { scratch, stain, dent, blur, fibre, transplant, warp } satisfies Record<string, (canvas: Canvas) => Drawing>;
export type DefectKind = keyof typeof draughtsmen;
export const defectKinds = Object.keys(draughtsmen) as DefectKind[];

/** Blending weights below this are cut to nothing: the mask is exactly where the picture was touched. */
const cut = 0.12;

/** The mean brightness over the defect may move by this many of 256 levels, so that brightness alone does not find it. */
export const largestShift = 6;

/** A drawing must change at least this share of its mask's pixels, by this share of the texture's spread on average, to count as a defect. */
export const leastChanged = 0.85;
const leastEffect = 0.3;
const attempts = 400;

export interface DrawnDefect {
  readonly image: Grey;
  readonly mask: Uint8Array;
}

/** Mean change and mean absolute change over the mask, and the share of its pixels whose stored 8-bit value changed. */
function change(clean: Float32Array, values: Float32Array, mask: Uint8Array): { mean: number; absolute: number; share: number } {
  let pixels = 0;
  let sum = 0;
  let absolute = 0;
  let changed = 0;
  for (let index = 0; index < mask.length; index++) {
    if (mask[index] === 0) continue;
    const difference = values[index]! - clean[index]!;
    pixels++;
    sum += difference;
    absolute += Math.abs(difference);
    if (Math.round(values[index]!) !== Math.round(clean[index]!)) changed++;
  }
  const count = Math.max(1, pixels);
  return { mean: sum / count, absolute: absolute / count, share: changed / count };
}

/** Blends the drawing over the clean picture and brings its mean brightness within `largestShift` of the clean surface's. */
function blend(clean: Float32Array, { altered, coverage }: Drawing): { values: Float32Array; mask: Uint8Array } {
  const mask = Uint8Array.from(coverage, (weight) => (weight >= cut ? 1 : 0));
  const blended = (lift: number): Float32Array =>
    clean.map((value, index) => {
      if (mask[index] === 0) return value;
      return Math.min(255, Math.max(0, value + coverage[index]! * (altered[index]! + lift - value)));
    });
  const values = blended(0);
  const { mean } = change(clean, values, mask);
  if (Math.abs(mean) <= largestShift) return { values, mask };
  let weights = 0;
  let pixels = 0;
  for (let index = 0; index < mask.length; index++) {
    if (mask[index] === 0) continue;
    weights += coverage[index]!;
    pixels++;
  }
  return { values: blended(((Math.sign(mean) * 0.9 * largestShift - mean) * pixels) / weights), mask };
}

/**
 * Draws one defect. The mask holds 1 where the blending weight is not zero; everywhere else the picture is untouched.
 * A drawing that would hardly change anything where it fell (a blur on a plain brick) is drawn anew elsewhere.
 */
export function drawDefect(kind: DefectKind, canvas: Canvas): DrawnDefect {
  const clean = canvas.clean.data;
  const { spread } = meanAndSpread(clean);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const { values, mask } = blend(clean, draughtsmen[kind](canvas));
    const { mean, absolute, share } = change(clean, values, mask);
    if (share >= leastChanged && absolute >= leastEffect * spread && Math.abs(mean) <= largestShift) {
      return { image: { ...canvas.clean, data: values }, mask };
    }
  }
  throw new Error(`No place was found where a ${kind} shows on this texture after ${String(attempts)} attempts.`);
}
