import * as tf from '@tensorflow/tfjs';
import { composedMaxPoolGradient } from './max-pool-gradient.ts';

/** How a convolution slides. Transposed convolutions carry the window of the convolution that they turn round. */
export interface Window {
  readonly stride: number;
  readonly padding: 'same' | 'valid';
}

/** Of a layer's output. `leaky-relu` with slope 0 is the plain ReLU. */
export type Activation =
  { readonly kind: 'linear' } | { readonly kind: 'sigmoid' } | { readonly kind: 'leaky-relu'; readonly slope: number };

export type Shape4D = readonly [number, number, number, number];

/**
 * What a training step is made of, one function an operation, on whatever engine is open. Images are NHWC, kernels [k, k, in, out] of the plain
 * convolution. Every function returns a new tensor that belongs to the caller, and disposes nothing it was given.
 */
export interface Operations {
  /** Cross-correlation of x with the kernel. */
  convolve(x: tf.Tensor4D, kernel: tf.Tensor4D, window: Window): tf.Tensor4D;
  /** Gradient of a convolution towards its input of shape `inputShape`; as a forward operation, the transposed convolution. */
  convolveBack(inputShape: Shape4D, kernel: tf.Tensor4D, gradient: tf.Tensor4D, window: Window): tf.Tensor4D;
  /** Gradient of a convolution towards its kernel. */
  kernelGradient(x: tf.Tensor4D, kernelShape: Shape4D, gradient: tf.Tensor4D, window: Window): tf.Tensor4D;
  /** activation(x + bias), bias along the last axis. */
  activate(x: tf.Tensor4D, bias: tf.Tensor1D, activation: Activation): tf.Tensor4D;
  /** Gradient before the activation from the one after it and the activation's output (whose sign tells the leaky ReLU's side). */
  activationGradient(gradient: tf.Tensor4D, output: tf.Tensor4D, activation: Activation): tf.Tensor4D;
  /** Sum over all axes but the last. */
  biasGradient(gradient: tf.Tensor4D): tf.Tensor1D;
  /** The largest of every 2 × 2 pixels; sides are even. */
  maxPool(x: tf.Tensor4D): tf.Tensor4D;
  /** Gradient of `maxPool` towards x: all of it to the first largest pixel of each window, in reading order. */
  maxPoolGradient(gradient: tf.Tensor4D, x: tf.Tensor4D, output: tf.Tensor4D): tf.Tensor4D;
}

const convolutionAttributes = (window: Window) => ({ strides: window.stride, pad: window.padding, dataFormat: 'NHWC' });

/** The operations as tfjs kernels: they exist on every backend. Convolution gradients of the WebAssembly backend come from @plumbline/tensorflow. */
export const plainOperations: Operations = {
  convolve: (x, kernel, window) => run('Conv2D', { x, filter: kernel }, { ...convolutionAttributes(window), dilations: 1 }) as tf.Tensor4D,
  convolveBack: (inputShape, kernel, gradient, window) =>
    run(
      'Conv2DBackpropInput',
      { dy: gradient, filter: kernel },
      { ...convolutionAttributes(window), inputShape: [...inputShape] },
    ) as tf.Tensor4D,
  kernelGradient: (x, kernelShape, gradient, window) =>
    run('Conv2DBackpropFilter', { x, dy: gradient }, { ...convolutionAttributes(window), filterShape: [...kernelShape] }) as tf.Tensor4D,
  activate: (x, bias, activation) => tf.tidy(() => activated(tf.add(x, bias), activation)),
  activationGradient: (gradient, output, activation) =>
    tf.tidy(() => {
      if (activation.kind === 'linear') return gradient.clone();
      if (activation.kind === 'sigmoid') return tf.mul(gradient, tf.mul(output, tf.sub(1, output)));
      return tf.where(tf.greater(output, 0), gradient, tf.mul(gradient, activation.slope)) as tf.Tensor4D;
    }),
  biasGradient: (gradient) => tf.sum(gradient, [0, 1, 2]),
  maxPool: (x) => tf.maxPool(x, 2, 2, 'valid'),
  maxPoolGradient: composedMaxPoolGradient,
};

function activated(x: tf.Tensor4D, activation: Activation): tf.Tensor4D {
  if (activation.kind === 'linear') return x;
  return activation.kind === 'sigmoid' ? tf.sigmoid(x) : tf.leakyRelu(x, activation.slope);
}

function run(kernel: string, inputs: tf.NamedTensorMap, attributes: object): tf.Tensor {
  return tf.engine().runKernel(kernel, inputs, attributes as Parameters<ReturnType<typeof tf.engine>['runKernel']>[2]) as tf.Tensor;
}
