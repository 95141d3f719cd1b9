import * as tf from '@tensorflow/tfjs';
import { seededValues } from './random.ts';
import { type ConvolutionResult, type ConvolutionShape, convolutionReference } from './reference.ts';

/** Far above what another order of float32 sums makes, far below what a wrong kernel does. */
const tolerance = 1e-3;

/** The autoencoder's kind of convolution, small: 4×4 filter, stride 2, `same`, on a rectangle with an odd side. */
const probed: ConvolutionShape = {
  batch: 2,
  height: 10,
  width: 9,
  inChannels: 3,
  outChannels: 5,
  filterHeight: 4,
  filterWidth: 4,
  strideHeight: 2,
  strideWidth: 2,
  padTop: 1,
  padLeft: 1,
  outHeight: 5,
  outWidth: 5,
};

/**
 * Computes a convolution and its gradients on the current backend and compares them with the definition.
 * @returns null when they agree, else one clause naming what differs and by how much
 */
export async function probeConvolution(shape: ConvolutionShape = probed): Promise<string | null> {
  const { batch, height, width, inChannels, outChannels, filterHeight, filterWidth } = shape;
  const input = seededValues(batch * height * width * inChannels, 1);
  const filter = seededValues(filterHeight * filterWidth * inChannels * outChannels, 2);
  const upstream = seededValues(batch * shape.outHeight * shape.outWidth * outChannels, 3);
  const expected = convolutionReference(shape, input, filter, upstream);
  const tensors = tf.tidy(() => {
    const x = tf.tensor4d(input, [batch, height, width, inChannels]);
    const f = tf.tensor4d(filter, [filterHeight, filterWidth, inChannels, outChannels]);
    const dy = tf.tensor4d(upstream, [batch, shape.outHeight, shape.outWidth, outChannels]);
    const convolve = (a: tf.Tensor4D, b: tf.Tensor4D): tf.Tensor4D => tf.conv2d(a, b, [shape.strideHeight, shape.strideWidth], 'same');
    const { value, grads } = tf.valueAndGrads((a, b) => convolve(a as tf.Tensor4D, b as tf.Tensor4D))([x, f], dy);
    return { output: value, inputGradient: grads[0] as tf.Tensor, filterGradient: grads[1] as tf.Tensor };
  });
  try {
    for (const name of ['output', 'inputGradient', 'filterGradient'] as const satisfies (keyof ConvolutionResult)[]) {
      const error = relativeError(await tensors[name].data(), expected[name]);
      if (!(error <= tolerance)) return `a probed convolution's ${words[name]} is off by ${error.toPrecision(2)} of its largest value`;
    }
    return null;
  } finally {
    tf.dispose(tensors);
  }
}

const words = { output: 'output', inputGradient: 'gradient by its input', filterGradient: 'gradient by its filter' };

/** Largest difference as a share of the largest expected value; Infinity for another length or a value that is no number. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let worst = 0;
  let largest = Number.MIN_VALUE;
  for (let i = 0; i < expected.length; i++) {
    const wanted = expected[i] ?? NaN;
    const difference = Math.abs((actual[i] ?? NaN) - wanted);
    if (!(difference >= 0)) return Infinity;
    worst = Math.max(worst, difference);
    largest = Math.max(largest, Math.abs(wanted));
  }
  return worst / largest;
}
