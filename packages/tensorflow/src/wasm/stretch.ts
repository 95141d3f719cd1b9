import * as tf from '@tensorflow/tfjs';
import type { Stretch } from './convolution-geometry.ts';

interface Cut {
  readonly begin: number;
  readonly size: number;
  readonly before: number;
  readonly after: number;
}

function cutOf(length: number, stretch: Stretch): Cut {
  const begin = Math.min(Math.max(0, stretch.start), length);
  const end = Math.max(begin, Math.min(length, stretch.start + stretch.length));
  const before = Math.min(stretch.length, Math.max(0, -stretch.start));
  return { begin, size: end - begin, before, after: stretch.length - before - (end - begin) };
}

export type SpatialPadding = [[0, 0], [number, number], [number, number], [0, 0]];

/**
 * The part of an NHWC tensor inside two stretches, and how many zeros it lacks on each side
 * (handed to a convolution they cost nothing, where padding a tensor copies it).
 */
export function cutSpatially(x: tf.Tensor4D, rows: Stretch, columns: Stretch): { part: tf.Tensor4D; padding: SpatialPadding } {
  const [batch, height, width, channels] = x.shape;
  const y = cutOf(height, rows);
  const z = cutOf(width, columns);
  const whole = y.size === height && z.size === width;
  const part = whole ? x : tf.slice(x, [0, y.begin, z.begin, 0], [batch, y.size, z.size, channels]);
  return { part, padding: [[0, 0], [y.before, y.after], [z.before, z.after], [0, 0]] }; // prettier-ignore
}
