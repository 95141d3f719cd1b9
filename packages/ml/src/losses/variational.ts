import * as tf from '@tensorflow/tfjs';
import type { LatentTerm } from './latent-term.ts';

/** The two halves of what the latent layer gives: mean μ and log-variance s, each [batch, d]. */
const halves = (statistics: tf.Tensor2D): readonly [tf.Tensor2D, tf.Tensor2D] => tf.split(statistics, 2, 1) as [tf.Tensor2D, tf.Tensor2D];

/**
 * Codes drawn from what the latent layer says of them, z = μ + e^(s/2)·n (Kingma & Welling 2014).
 * @param statistics [batch, 2d], means first
 * @param noise n, standard normal, [batch, d]
 */
export function sampledCodes(statistics: tf.Tensor2D, noise: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => {
    const [mean, logVariance] = halves(statistics);
    return tf.add(mean, tf.mul(tf.exp(tf.mul(logVariance, 0.5)), noise));
  });
}

/** Gradient of a loss towards [batch, 2d] means and log-variances from the one towards the codes drawn with `noise`. */
export function throughSampling(statistics: tf.Tensor2D, noise: tf.Tensor2D, gradient: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => {
    const [, logVariance] = halves(statistics);
    const towardsVariance = tf.mul(tf.mul(gradient, noise), tf.mul(tf.exp(tf.mul(logVariance, 0.5)), 0.5)) as tf.Tensor2D;
    return tf.concat([gradient, towardsVariance], 1);
  });
}

/**
 * Divergence of the codes from the standard normal (Kingma & Welling 2014; β of Higgins et al. 2017): β · ½ Σ over units (μ² + e^s − 1 − s), mean over the batch.
 * @param statistics [batch, 2d], means first; the gradient is towards them
 */
export function normalDivergence(statistics: tf.Tensor2D, { beta }: { readonly beta: number }): LatentTerm {
  return tf.tidy(() => {
    const [mean, logVariance] = halves(statistics);
    const variance = tf.exp(logVariance);
    const scale = beta / statistics.shape[0];
    const sum = tf.sum(tf.sub(tf.add(tf.square(mean), variance), tf.add(logVariance, 1)));
    return {
      value: tf.mul(sum, scale / 2) as tf.Scalar,
      gradient: tf.concat([tf.mul(mean, scale) as tf.Tensor2D, tf.mul(tf.sub(variance, 1), scale / 2) as tf.Tensor2D], 1),
    };
  });
}
