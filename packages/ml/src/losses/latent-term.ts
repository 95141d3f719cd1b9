import type * as tf from '@tensorflow/tfjs';

/** What a term asks of the codes, in tensors of the caller. */
export interface LatentTerm {
  /** Its weight included. */
  readonly value: tf.Scalar;
  /** Of the value towards the codes, of their shape [batch, d]. */
  readonly gradient: tf.Tensor2D;
}

/** A term that looks at a second pass of the encoder as well. */
export interface PairedLatentTerm extends LatentTerm {
  /** Towards the codes of the second pass. */
  readonly gradientSecond: tf.Tensor2D;
}
