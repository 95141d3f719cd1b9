import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../engine/index.ts';
import { arrayLengths, hasWeights, kernelShape, type Layer } from './layers.ts';

/** A layer's weights as tensors cut out of the flat vector; null where it has none. */
export type LayerWeights = { readonly kernel: tf.Tensor4D; readonly bias: tf.Tensor1D } | null;

/** Cuts the flat weight vector into each layer's kernel and bias; the caller disposes them by `disposeWeights`. */
export function cutWeights(layers: readonly Layer[], flat: tf.Tensor1D): LayerWeights[] {
  const arrays = tf.split(flat, arrayLengths(layers));
  let next = 0;
  return layers.map((layer) => {
    if (!hasWeights(layer)) return null;
    const [values, bias] = [arrays[next++]!, arrays[next++] as tf.Tensor1D];
    const kernel = tf.reshape(values, [...kernelShape(layer)]) as tf.Tensor4D;
    values.dispose();
    return { kernel, bias };
  });
}

export function disposeWeights(weights: readonly LayerWeights[]): void {
  for (const arrays of weights) {
    arrays?.kernel.dispose();
    arrays?.bias.dispose();
  }
}

function layerForward(operations: Operations, layer: Layer, weights: LayerWeights, x: tf.Tensor4D): tf.Tensor4D {
  if (!weights) return operations.maxPool(x);
  const { kernel, bias } = weights;
  const outputShape = [x.shape[0], layer.outputSide, layer.outputSide, layer.outputs] as const;
  const linear =
    layer.kind === 'convolution'
      ? operations.convolve(x, kernel, layer.window)
      : operations.convolveBack(outputShape, kernel, x, layer.window);
  const output = operations.activate(linear, bias, layer.activation);
  linear.dispose();
  return output;
}

/**
 * Outputs of the layers one after another; only the last is kept, and belongs to the caller. A layer that takes fewer channels than it is given
 * takes the first ones: the decoder of a variational autoencoder, the means.
 */
export function predict(
  operations: Operations,
  layers: readonly Layer[],
  weights: readonly LayerWeights[],
  input: tf.Tensor4D,
): tf.Tensor4D {
  let x = input;
  for (const [i, layer] of layers.entries()) {
    const taken = layer.inputs < x.shape[3] ? firstChannels(x, layer.inputs) : x;
    const output = layerForward(operations, layer, weights[i]!, taken);
    if (taken !== x) taken.dispose();
    if (x !== input) x.dispose();
    x = output;
  }
  return x;
}

const firstChannels = (x: tf.Tensor4D, count: number): tf.Tensor4D => tf.slice(x, [0, 0, 0, 0], [-1, -1, -1, count]);

/** The output of every layer; all of them belong to the caller. `backward` needs them and disposes them. */
export function forward(
  operations: Operations,
  layers: readonly Layer[],
  weights: readonly LayerWeights[],
  input: tf.Tensor4D,
): tf.Tensor4D[] {
  const outputs: tf.Tensor4D[] = [];
  for (const [i, layer] of layers.entries()) outputs.push(layerForward(operations, layer, weights[i]!, outputs.at(-1) ?? input));
  return outputs;
}

export interface NetworkGradients {
  /** Towards all weights, as one flat vector in the order of `arrayLengths`. */
  readonly weights: tf.Tensor1D;
  /** Towards the network's input; null where nobody asked. */
  readonly input: tf.Tensor4D | null;
}

/**
 * Gradients of a loss; the caller's.
 * @param outputs what `forward` gave for `input`; disposed on the way, as memory is the bound here
 * @param gradient of the loss towards the last output; disposed
 * @param towardsInput whether the gradient towards `input` is wanted as well
 */
export function backward(
  operations: Operations,
  layers: readonly Layer[],
  weights: readonly LayerWeights[],
  input: tf.Tensor4D,
  outputs: readonly tf.Tensor4D[],
  gradient: tf.Tensor4D,
  towardsInput = false,
): NetworkGradients {
  const gradients: tf.Tensor1D[] = [];
  let after: tf.Tensor4D | null = gradient;
  for (let i = layers.length - 1; i >= 0; i--) {
    const [layer, own, output] = [layers[i]!, weights[i]!, outputs[i]!];
    const x = outputs[i - 1] ?? input;
    const wanted = i > 0 || towardsInput;
    const before: tf.Tensor4D | null = own
      ? layerBackward(operations, layer, own.kernel, x, output, after!, gradients, wanted)
      : operations.maxPoolGradient(after!, x, output);
    after!.dispose();
    output.dispose();
    after = before;
  }
  const flat = tf.concat(gradients);
  for (const array of gradients) array.dispose();
  return { weights: flat, input: after };
}

/** Puts the gradients towards kernel and bias in front of `gradients`, and gives the one towards the layer's input where it is wanted. */
function layerBackward(
  operations: Operations,
  layer: Layer,
  kernel: tf.Tensor4D,
  x: tf.Tensor4D,
  output: tf.Tensor4D,
  after: tf.Tensor4D,
  gradients: tf.Tensor1D[],
  towardsInput: boolean,
): tf.Tensor4D | null {
  const linear = operations.activationGradient(after, output, layer.activation);
  gradients.unshift(...weightGradients(operations, layer, x, linear));
  const before = towardsInput ? inputGradient(operations, layer, kernel, x, linear) : null;
  linear.dispose();
  return before;
}

function weightGradients(operations: Operations, layer: Layer, x: tf.Tensor4D, gradient: tf.Tensor4D): [tf.Tensor1D, tf.Tensor1D] {
  // The transposed convolution is a convolution read from its output to its input.
  const [from, to] = layer.kind === 'convolution' ? [x, gradient] : [gradient, x];
  const kernel = operations.kernelGradient(from, kernelShape(layer), to, layer.window);
  const flat = tf.reshape(kernel, [-1]) as tf.Tensor1D;
  kernel.dispose();
  return [flat, operations.biasGradient(gradient)];
}

/** Gradient towards a layer's input from the one before its activation; a new tensor. */
export function inputGradient(
  operations: Operations,
  layer: Layer,
  kernel: tf.Tensor4D,
  x: tf.Tensor4D,
  gradient: tf.Tensor4D,
): tf.Tensor4D {
  return layer.kind === 'convolution'
    ? operations.convolveBack(x.shape, kernel, gradient, layer.window)
    : operations.convolve(gradient, kernel, layer.window);
}
