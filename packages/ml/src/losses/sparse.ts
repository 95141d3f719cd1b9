import * as tf from '@tensorflow/tfjs';
import type { LatentTerm } from './latent-term.ts';

/** Keeps a unit that never or always fires from a logarithm of 0. */
const EDGE = 1e-6;

/**
 * Sparse codes by divergence (Ng 2011, sparse autoencoder; Rádli & Czúni 2022, Section 2): weight · Σ over the code's units of KL(ρ ‖ ρ̂), the divergence of
 * two coins, where ρ̂ is the mean of sigmoid(z) over the batch.
 * @param codes [batch, d]
 * @param options ρ is `target`
 */
export function sparseDivergence(codes: tf.Tensor2D, options: { readonly weight: number; readonly target: number }): LatentTerm {
  const { weight, target } = options;
  return tf.tidy(() => {
    const active = tf.sigmoid(codes);
    const mean = tf.clipByValue(tf.mean(active, 0), EDGE, 1 - EDGE);
    const rest = tf.sub(1, mean);
    const own = target * Math.log(target) + (1 - target) * Math.log(1 - target);
    const cross = tf.add(tf.mul(tf.log(mean), target), tf.mul(tf.log(rest), 1 - target));
    const towardsMean = tf.sub(tf.div(1 - target, rest), tf.div(target, mean));
    const slope = tf.mul(active, tf.sub(1, active));
    return {
      value: tf.mul(tf.sum(tf.sub(own, cross)), weight) as tf.Scalar,
      gradient: tf.mul(slope, tf.mul(towardsMean, weight / codes.shape[0])) as tf.Tensor2D,
    };
  });
}

/** Sparse codes by their magnitude: weight · mean |z| over codes and units; at 0 the gradient is 0. @param codes [batch, d] */
export function sparseMagnitude(codes: tf.Tensor2D, { weight }: { readonly weight: number }): LatentTerm {
  return tf.tidy(() => ({
    value: tf.mul(tf.mean(tf.abs(codes)), weight) as tf.Scalar,
    gradient: tf.mul(tf.sign(codes), weight / codes.size) as tf.Tensor2D,
  }));
}
