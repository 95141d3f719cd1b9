import * as tf from '@tensorflow/tfjs';
import { rowSums, type Counted, type ImageLoss } from './image-loss.ts';

/** Mean squared difference alone, without its gradient; sums to the loss. */
export function squaredDifferenceParts(output: tf.Tensor4D, target: tf.Tensor4D, { counts, entries }: Counted): tf.Tensor1D {
  return tf.tidy(() => rowSums(tf.mul(tf.square(tf.sub(output, target)), counts), 1 / (output.shape[0] * entries)));
}

/** Mean squared difference (Rádli & Czúni 2022, Eq. 1): Σ counts·(output − target)² / (batch · entries). */
export const squaredDifference: ImageLoss = {
  measure: (output, target, { counts, entries }) =>
    tf.tidy(() => {
      const scale = 1 / (output.shape[0] * entries);
      const difference = tf.sub(output, target);
      const counting = tf.mul(difference, counts) as tf.Tensor4D;
      return { parts: rowSums(tf.mul(counting, difference), scale), gradient: tf.mul(counting, 2 * scale) as tf.Tensor4D };
    }),
  dispose: () => undefined,
};
