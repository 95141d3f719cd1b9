import * as tf from '@tensorflow/tfjs';
import type { Shape4D, Window } from './operations.ts';

/** Up to so many output channels TensorFlow's own way wastes most of its vector width: 18 ms against 6 for the last layer at batch 32. */
const NARROW = 4;

/** Whether `narrowTransposed` computes this transposed convolution. @param kernelShape [k, k, out, in] */
export function isNarrowTransposed(kernelShape: Shape4D, window: Window): boolean {
  const [height, width, outputs] = kernelShape;
  return height === 4 && width === 4 && outputs <= NARROW && window.stride === 2 && window.padding === 'same';
}

/**
 * A transposed convolution of kernel 4, stride 2, to few channels, as a plain 3×3 convolution that gives the four output pixels of an input pixel
 * side by side as channels, which are then dealt out (depth to space). Output row 2u + r reads input rows u − 1, u, u + 1 with kernel rows
 * 3, 1, – for r = 0 and –, 2, 0 for r = 1; columns alike.
 */
export function narrowTransposed(kernel: tf.Tensor4D, x: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => {
    const [, , outputs, inputs] = kernel.shape;
    const rows = tf.pad(tf.reshape(kernel, [16, outputs * inputs]) as tf.Tensor2D, [
      [0, 1],
      [0, 0],
    ]);
    const taps = tf.reshape(tf.gather(rows, tf.tensor1d(TAPS, 'int32')), [3, 3, 4, outputs, inputs]);
    const plain = tf.reshape(tf.transpose(taps, [0, 1, 4, 2, 3]), [3, 3, inputs, 4 * outputs]) as tf.Tensor4D;
    return tf.depthToSpace(tf.conv2d(x, plain, 1, 'same'), 2);
  });
}

/** Kernel row that output phase r takes from each of the three input rows; null where it takes none. */
const PHASES = [
  [3, 1, null],
  [null, 2, 0],
] as const;

/** Flat index into the 4×4 kernel (16 = the row of zeros) for each input offset (dy, dx) and output phase (ry, rx). */
const TAPS: number[] = [];
for (let dy = 0; dy < 3; dy++) {
  for (let dx = 0; dx < 3; dx++) {
    for (const vertical of PHASES) {
      for (const horizontal of PHASES) {
        const [ky, kx] = [vertical[dy] ?? null, horizontal[dx] ?? null];
        TAPS.push(ky === null || kx === null ? 16 : 4 * ky + kx);
      }
    }
  }
}
