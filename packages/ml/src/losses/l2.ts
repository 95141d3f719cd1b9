import * as tf from '@tensorflow/tfjs';

export interface LossAndGradient {
  /** Sums of the squared differences inside the region of interest over short runs of entries; the mean is taken from them in double precision. */
  readonly squares: tf.Tensor1D;
  /** Of the loss towards the network's output (after its activation). */
  readonly gradient: tf.Tensor4D;
}

/** Entries a partial sum runs over: short enough that float32 keeps six digits, long enough that few numbers leave the engine. Divides 128² for any number of channels. */
const RUN = 256;

/**
 * Mean squared difference between output and target over the region that counts, and its gradient 2·(output − target)/entries, written by hand.
 * @param roi 1 inside the region of interest, 0 outside; [1, side, side, channels]
 * @param counted entries of one image that count towards the loss (those of `roi`, or all)
 * @param region 'roi': only differences inside the region count; 'all': every entry does, and only the report is limited to the region
 */
export function l2Loss(
  output: tf.Tensor4D,
  target: tf.Tensor4D,
  roi: tf.Tensor4D,
  counted: number,
  region: 'roi' | 'all',
): LossAndGradient {
  return tf.tidy(() => {
    const difference = tf.sub(output, target);
    const inside = tf.mul(difference, roi);
    const scale = 2 / (output.shape[0] * counted);
    const entries = output.size;
    const squares = tf.sum(tf.reshape(tf.square(inside), [entries / RUN, RUN]), 1) as tf.Tensor1D;
    return { squares, gradient: tf.mul(region === 'roi' ? inside : difference, scale) as tf.Tensor4D };
  });
}

/** Mean squared difference on the 0–255 scale from the partial sums of a batch, in double precision. */
export function meanSquare255(squares: ArrayLike<number>, entries: number): number {
  let sum = 0;
  for (let i = 0; i < squares.length; i++) sum += squares[i]!;
  return (sum / entries) * 255 * 255;
}
