import type * as tf from '@tensorflow/tfjs';

/** What a term asks of the codes, in tensors of the caller. */
export interface LatentTerm {
  /** Its weight included. */
  readonly value: tf.Scalar;
  /** Of the value towards the codes, of their shape [batch, d]. */
  readonly gradient: tf.Tensor2D;
}
