import * as tf from '@tensorflow/tfjs';
import { type Axis, coveredInput } from './convolution-geometry.ts';
import { cutSpatially } from './stretch.ts';

/**
 * Gradient of a convolution by its filter, from forward kernels: the input's channels become the batch, the batch becomes the channels,
 * and the output gradient is the filter, dilated by the stride.
 * @param x input [batch, height, width, inChannels]
 * @param dy gradient of the output [batch, outHeight, outWidth, outChannels]
 * @returns [filterHeight, filterWidth, inChannels, outChannels]
 */
export function filterGradient(x: tf.Tensor4D, dy: tf.Tensor4D, rows: Axis, columns: Axis): tf.Tensor4D {
  const { part, padding } = cutSpatially(x, coveredInput(rows), coveredInput(columns));
  const covered = padding.flat().some((zeros) => zeros > 0) ? tf.pad(part, padding) : part;
  if (rows.output === 1 && columns.output === 1) return singlePosition(covered, dy, rows, columns);
  const swapped = tf.transpose(covered, [3, 1, 2, 0]);
  const filter = tf.transpose(dy, [1, 2, 0, 3]);
  const gradient = tf.conv2d(swapped, filter, 1, 'valid', 'NHWC', [rows.stride, columns.stride]);
  return tf.transpose(gradient, [1, 2, 0, 3]);
}

/** The filter lies on one place only: a product of two matrices. */
function singlePosition(covered: tf.Tensor4D, dy: tf.Tensor4D, rows: Axis, columns: Axis): tf.Tensor4D {
  const [batch, , , inChannels] = covered.shape;
  const outChannels = dy.shape[3];
  const taps = tf.reshape(covered, [batch, rows.filter * columns.filter * inChannels]);
  const product = tf.matMul(taps, tf.reshape(dy, [batch, outChannels]), true, false);
  return tf.reshape(product, [rows.filter, columns.filter, inChannels, outChannels]);
}
