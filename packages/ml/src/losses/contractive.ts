import * as tf from '@tensorflow/tfjs';
import type { LatentTerm } from './latent-term.ts';

/**
 * Contractive codes (Rifai et al. 2011): weight · ‖∂z/∂x‖_F², mean over the batch, estimated along one direction u of independent standard normal
 * entries a step: E‖(∂z/∂x) u‖² is exactly that norm (Hutchinson 1990).
 * @param tangents (∂z/∂x) u for each code, [batch, d]; the gradient is towards them
 */
export function contractive(tangents: tf.Tensor2D, { weight }: { readonly weight: number }): LatentTerm {
  return tf.tidy(() => {
    const scale = weight / tangents.shape[0];
    return { value: tf.mul(tf.sum(tf.square(tangents)), scale) as tf.Scalar, gradient: tf.mul(tangents, 2 * scale) as tf.Tensor2D };
  });
}
