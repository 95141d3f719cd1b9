import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../engine/index.ts';
import { arrayLengths, kernelShape, type Layer } from './layers.ts';

/** A layer's weights as tensors cut out of the flat vector. */
export interface LayerWeights {
  readonly kernel: tf.Tensor4D;
  readonly bias: tf.Tensor1D;
}

/** Cuts the flat weight vector into each layer's kernel and bias; the caller disposes them by `disposeWeights`. */
export function cutWeights(layers: readonly Layer[], flat: tf.Tensor1D): LayerWeights[] {
  return tf.tidy(() => {
    const arrays = tf.split(flat, arrayLengths(layers));
    return layers.map((layer, i) => ({
      kernel: tf.keep(tf.reshape(arrays[2 * i]!, [...kernelShape(layer)]) as tf.Tensor4D),
      bias: tf.keep(arrays[2 * i + 1] as tf.Tensor1D),
    }));
  });
}

export function disposeWeights(weights: readonly LayerWeights[]): void {
  for (const { kernel, bias } of weights) {
    kernel.dispose();
    bias.dispose();
  }
}

function layerForward(operations: Operations, layer: Layer, { kernel, bias }: LayerWeights, x: tf.Tensor4D): tf.Tensor4D {
  const outputShape = [x.shape[0], layer.outputSide, layer.outputSide, layer.outputs] as const;
  const linear =
    layer.kind === 'convolution'
      ? operations.convolve(x, kernel, layer.window)
      : operations.convolveBack(outputShape, kernel, x, layer.window);
  const output = operations.activate(linear, bias, layer.activation);
  linear.dispose();
  return output;
}

/** Outputs of the layers one after another; only the last is kept, and belongs to the caller. */
export function predict(
  operations: Operations,
  layers: readonly Layer[],
  weights: readonly LayerWeights[],
  input: tf.Tensor4D,
): tf.Tensor4D {
  let x = input;
  for (const [i, layer] of layers.entries()) {
    const output = layerForward(operations, layer, weights[i]!, x);
    if (x !== input) x.dispose();
    x = output;
  }
  return x;
}

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

/**
 * Gradient of a loss towards all weights, as one flat vector in the order of `arrayLengths`.
 * @param outputs what `forward` gave for `input`; disposed on the way, as memory is the bound here
 * @param gradient of the loss towards the last output; disposed
 */
export function backward(
  operations: Operations,
  layers: readonly Layer[],
  weights: readonly LayerWeights[],
  input: tf.Tensor4D,
  outputs: readonly tf.Tensor4D[],
  gradient: tf.Tensor4D,
): tf.Tensor1D {
  const gradients: tf.Tensor1D[] = [];
  let after = gradient;
  for (let i = layers.length - 1; i >= 0; i--) {
    const layer = layers[i]!;
    const output = outputs[i]!;
    const x = outputs[i - 1] ?? input;
    const before = operations.activationGradient(after, output, layer.activation);
    after.dispose();
    output.dispose();
    const [kernel, bias] = weightGradients(operations, layer, x, before);
    gradients.unshift(kernel, bias);
    if (i > 0) after = inputGradient(operations, layer, weights[i]!.kernel, x, before);
    before.dispose();
  }
  const flat = tf.concat(gradients);
  for (const array of gradients) array.dispose();
  return flat;
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
