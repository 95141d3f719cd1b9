import * as tf from '@tensorflow/tfjs';
import type { LatentTerm } from './latent-term.ts';

/** Keeps the cosine of a code of zeros finite. */
const TINY = 1e-6;

/**
 * Siamese codes (Alaverdyan et al. 2020): weight · mean over pairs of 1 − cos(z₁, z₂). The pairs are the two halves of the batch, first with first (the
 * batch's order is random); of an odd batch the last one has no partner, and a batch of one no pair: then both value and gradient are 0.
 * @param codes [batch, d]
 */
export function siamese(codes: tf.Tensor2D, { weight }: { readonly weight: number }): LatentTerm {
  const [batch, length] = codes.shape;
  const pairs = Math.floor(batch / 2);
  if (pairs === 0) return { value: tf.scalar(0), gradient: tf.zerosLike(codes) };
  return tf.tidy(() => {
    const [a, b] = [tf.slice(codes, [0, 0], [pairs, length]), tf.slice(codes, [pairs, 0], [pairs, length])];
    const norm = (x: tf.Tensor) => tf.add(tf.sqrt(tf.sum(tf.square(x), 1, true)), TINY);
    const [lengthA, lengthB] = [norm(a), norm(b)];
    const [unitA, unitB] = [tf.div(a, lengthA), tf.div(b, lengthB)];
    const cosine = tf.sum(tf.mul(unitA, unitB), 1, true);
    const scale = weight / pairs;
    const towards = (unit: tf.Tensor, other: tf.Tensor, norm: tf.Tensor) =>
      tf.mul(tf.div(tf.sub(tf.mul(cosine, unit), other), norm), scale) as tf.Tensor2D;
    const alone = tf.zeros([batch - 2 * pairs, length]);
    const halves = [towards(unitA, unitB, lengthA), towards(unitB, unitA, lengthB)];
    return {
      value: tf.mul(tf.sum(tf.sub(1, cosine)), scale) as tf.Scalar,
      gradient: tf.concat(batch > 2 * pairs ? [...halves, alone as tf.Tensor2D] : halves, 0),
    };
  });
}
