import * as tf from '@tensorflow/tfjs';
import { type Axis, phaseLength, phaseOf } from './convolution-geometry.ts';
import { cutSpatially } from './stretch.ts';

/**
 * Gradient of a convolution by its input (which is also the transposed convolution), from forward kernels:
 * one ordinary convolution for each remainder of the position modulo the stride, interleaved.
 * @param dy gradient of the output [batch, outHeight, outWidth, outChannels]
 * @param filter [filterHeight, filterWidth, inChannels, outChannels]
 * @returns [batch, rows.input, columns.input, inChannels]
 */
export function inputGradient(dy: tf.Tensor4D, filter: tf.Tensor4D, rows: Axis, columns: Axis): tf.Tensor4D {
  if (isSinglePosition(rows) && isSinglePosition(columns)) return singlePosition(dy, filter);
  const swapped = tf.transpose(filter, [0, 1, 3, 2]);
  if (rows.stride === 1 && columns.stride === 1) return phase(dy, swapped, rows, columns, 0, 0);
  const remainders = (axis: Axis): number[] => Array.from({ length: axis.stride }, (_, r) => r);
  const lines = remainders(rows).map((r) => remainders(columns).map((q) => phase(dy, swapped, rows, columns, r, q)));
  return interleave(lines, rows, columns);
}

/** The filter covers the input exactly. */
const isSinglePosition = (axis: Axis): boolean => axis.output === 1 && axis.pad === 0 && axis.filter === axis.input;

function singlePosition(dy: tf.Tensor4D, filter: tf.Tensor4D): tf.Tensor4D {
  const [height, width, inChannels, outChannels] = filter.shape;
  const batch = dy.shape[0];
  const flat = tf.reshape(filter, [height * width * inChannels, outChannels]);
  return tf.reshape(tf.matMul(tf.reshape(dy, [batch, outChannels]), flat, false, true), [batch, height, width, inChannels]);
}

/** The gradient at the positions with these remainders: [batch, phaseLength(rows), phaseLength(columns), inChannels]. */
function phase(dy: tf.Tensor4D, swapped: tf.Tensor4D, rows: Axis, columns: Axis, r: number, q: number): tf.Tensor4D {
  const [filterHeight, filterWidth, outChannels, inChannels] = swapped.shape;
  const y = phaseOf(rows, r);
  const x = phaseOf(columns, q);
  const empty: [number, number, number, number] = [dy.shape[0], phaseLength(rows), phaseLength(columns), inChannels];
  if (y.taps === 0 || x.taps === 0) return tf.zeros(empty);
  const { part, padding } = cutSpatially(dy, y.reads, x.reads);
  if (part.size === 0) return tf.zeros(empty);
  const whole = rows.stride === 1 && columns.stride === 1;
  const ends = [filterHeight, filterWidth, outChannels, inChannels];
  const taps = whole ? swapped : tf.stridedSlice(swapped, [y.firstTap, x.firstTap, 0, 0], ends, [rows.stride, columns.stride, 1, 1]);
  return tf.conv2d(part, tf.reverse(taps, [0, 1]) as tf.Tensor4D, 1, padding);
}

/** Puts result (u, v) of phase (r, q) at row u·stride + r, column v·stride + q, and cuts what lies beyond the input. */
function interleave(lines: tf.Tensor4D[][], rows: Axis, columns: Axis): tf.Tensor4D {
  const height = phaseLength(rows);
  const width = phaseLength(columns);
  const first = lines[0]?.[0] as tf.Tensor4D;
  const [batch, , , channels] = first.shape;
  const full = lines.map((line) => tf.reshape(tf.stack(line, 3), [batch, height, width * columns.stride * channels]));
  const whole = tf.reshape(tf.stack(full, 2), [batch, height * rows.stride, width * columns.stride, channels]) as tf.Tensor4D;
  if (whole.shape[1] === rows.input && whole.shape[2] === columns.input) return whole;
  return tf.slice(whole, [0, 0, 0, 0], [batch, rows.input, columns.input, channels]);
}
