import * as tf from '@tensorflow/tfjs';
import { rowSums, type ImageLoss } from './image-loss.ts';

/** Mean absolute difference: Σ counts·|output − target| / (batch · entries); where both are equal the gradient is 0. As a loss of images: Zhao et al. 2017. */
export const absoluteDifference: ImageLoss = {
  measure: (output, target, { counts, entries }) =>
    tf.tidy(() => {
      const scale = 1 / (output.shape[0] * entries);
      const difference = tf.sub(output, target);
      const sides = tf.mul(tf.sign(difference), counts) as tf.Tensor4D;
      return { parts: rowSums(tf.mul(sides, difference), scale), gradient: tf.mul(sides, scale) as tf.Tensor4D };
    }),
  dispose: () => undefined,
};
