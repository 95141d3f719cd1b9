import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../engine/index.ts';
import { kernelShape, type Layer } from './layers.ts';
import { inputGradient, type LayerWeights } from './network.ts';

/** How a network's outputs change along a direction of its input. Owns tensors until `backward`. */
export interface TangentPass {
  /** Derivative of the last output along the direction, of its shape. */
  readonly tangent: tf.Tensor4D;
  /** Gradient towards all weights, as one flat vector, of a loss on the tangent. @param gradient towards the tangent; disposed */
  backward(gradient: tf.Tensor4D): tf.Tensor1D;
}

/**
 * (∂output/∂input)·direction, exactly and in one pass, of convolutions whose activations are linear piece by piece: there the derivative is the network
 * itself with every unit's slope held and without biases, so that the gradient towards a bias or the input is 0.
 * @param outputs what `forward` gave where the derivative is taken; stay the caller's and must outlive the pass
 * @param direction of the input's shape; stays the caller's and must outlive the pass
 */
export function tangentPass(
  operations: Operations,
  layers: readonly Layer[],
  weights: readonly LayerWeights[],
  outputs: readonly tf.Tensor4D[],
  direction: tf.Tensor4D,
): TangentPass {
  const tangents: tf.Tensor4D[] = [];
  const steps = layers.map((layer, i) => {
    const own = weights[i];
    if (!own || layer.kind !== 'convolution' || layer.activation.kind === 'sigmoid')
      throw new Error(`${layer.name} is not linear piece by piece; no tangent goes through it`);
    return { layer, kernel: own.kernel, output: outputs[i]! };
  });
  for (const { layer, kernel, output } of steps) {
    const linear = operations.convolve(tangents.at(-1) ?? direction, kernel, layer.window);
    tangents.push(operations.activationGradient(linear, output, layer.activation));
    linear.dispose();
  }
  const backward = (gradient: tf.Tensor4D): tf.Tensor1D =>
    tf.tidy(() => {
      const gradients: tf.Tensor1D[] = [];
      let after = gradient;
      for (const [i, { layer, kernel, output }] of [...steps.entries()].reverse()) {
        const x = tangents[i - 1] ?? direction;
        const linear = operations.activationGradient(after, output, layer.activation);
        const ofKernel = operations.kernelGradient(x, kernelShape(layer), linear, layer.window);
        gradients.unshift(tf.reshape(ofKernel, [-1]) as tf.Tensor1D, tf.zeros([layer.outputs]));
        if (i > 0) after = inputGradient(operations, layer, kernel, x, linear);
      }
      tf.dispose([gradient, ...tangents]);
      return tf.concat(gradients);
    });
  return { tangent: tangents.at(-1)!, backward };
}
