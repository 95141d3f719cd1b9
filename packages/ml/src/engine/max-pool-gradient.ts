import * as tf from '@tensorflow/tfjs';

/**
 * Gradient of a 2 × 2 maximum, composed: the WebAssembly kernel gives it to every pixel of a window that ties, and a patch's padding, one value
 * throughout, is all ties. Here as in TensorFlow the first largest pixel in reading order takes all of it.
 */
export function composedMaxPoolGradient(gradient: tf.Tensor4D, x: tf.Tensor4D, output: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => {
    const [count, side, width, channels] = x.shape;
    // A window's four pixels lie in two rows, side by side as channels of half as many columns.
    const rows = tf.reshape(x, [(count * side) / 2, 2, width / 2, 2 * channels]) as tf.Tensor4D;
    const shape = [(count * side) / 2, 1, width / 2, channels];
    const [largest, share] = [tf.reshape(output, shape), tf.reshape(gradient, shape)];
    let open = tf.onesLike(largest);
    const taken = [0, 1, 2, 3].map((place) => {
      const begin = [0, place >> 1, 0, (place & 1) * channels] as [number, number, number, number];
      const pixel = tf.slice4d(rows, begin, shape as [number, number, number, number]);
      const here = tf.mul(open, tf.cast(tf.equal(pixel, largest), 'float32'));
      open = tf.sub(open, here);
      return tf.mul(here, share) as tf.Tensor4D;
    });
    const pairs = [tf.concat([taken[0]!, taken[1]!], 3), tf.concat([taken[2]!, taken[3]!], 3)];
    return tf.reshape(tf.concat(pairs, 1), x.shape) as tf.Tensor4D;
  });
}
