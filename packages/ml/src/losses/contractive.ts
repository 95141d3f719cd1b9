import * as tf from '@tensorflow/tfjs';
import type { PairedLatentTerm } from './latent-term.ts';

/** Length of the step along the random direction, in units of the network's input: small against its deviation, large against float32's grain. */
export const CONTRACTIVE_STEP = 1e-2;

/**
 * Contractive codes (Rifai et al. 2011): weight · ‖∂z/∂x‖_F², mean over the batch. For u of independent standard normal entries, E‖(∂z/∂x) u‖² is
 * exactly that norm (Hutchinson 1990), so that one direction a step estimates it without bias, and ‖(z(x + εu) − z(x))/ε‖² is that but for the kinks
 * that the step crosses: the network is linear between them.
 * @param codes z(x), [batch, d]
 * @param moved z(x + εu), from a second pass of the encoder
 */
export function contractive(codes: tf.Tensor2D, moved: tf.Tensor2D, { weight }: { readonly weight: number }): PairedLatentTerm {
  return tf.tidy(() => {
    const scale = weight / (CONTRACTIVE_STEP ** 2 * codes.shape[0]);
    const difference = tf.sub(moved, codes);
    const gradientSecond = tf.mul(difference, 2 * scale) as tf.Tensor2D;
    return { value: tf.mul(tf.sum(tf.square(difference)), scale) as tf.Scalar, gradient: tf.neg(gradientSecond), gradientSecond };
  });
}
