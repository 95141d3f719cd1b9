import * as tf from '@tensorflow/tfjs';

/** Which entries of an image a loss looks at, and how much each of them counts. */
export interface Counted {
  /** [1 or batch, side, side, channels], 0 where an entry does not count; the same in all channels of a pixel. */
  readonly counts: tf.Tensor4D;
  /** Entries of one image that a mean is taken over: those of the region, whatever they count. */
  readonly entries: number;
}

/** A loss of a batch and its gradient. */
export interface Measured {
  /** Sum to the loss. Each is a sum over a row at most, so that float32 keeps six digits and the rest is summed in double precision. */
  readonly parts: tf.Tensor1D;
  /** Of the loss towards the network's output (after its activation). */
  readonly gradient: tf.Tensor4D;
}

/** How a reconstruction is compared with what it should be. Owns its constant tensors until `dispose`. */
export interface ImageLoss {
  /**
   * @param output the network's, [batch, side, side, channels]
   * @param target in [0,1], of the same shape
   * @returns tensors of the caller
   */
  measure(output: tf.Tensor4D, target: tf.Tensor4D, counted: Counted): Measured;
  dispose(): void;
}

/** Sum of partial sums, in double precision. */
export function total(parts: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < parts.length; i++) sum += parts[i]!;
  return sum;
}

/** Sums over the rows of each image (or over whole features of a pixel row), times `scale`. */
export function rowSums(values: tf.Tensor, scale: number): tf.Tensor1D {
  const [images = 1, rows = 1, ...rest] = values.shape;
  return tf.tidy(() => tf.mul(tf.sum(tf.reshape(values, [images * rows, rest.reduce((a, b) => a * b, 1)]), 1), scale) as tf.Tensor1D);
}
