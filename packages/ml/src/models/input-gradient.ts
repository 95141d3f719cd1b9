import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../engine/index.ts';
import type { Layer } from './layers.ts';
import { inputGradient, type LayerWeights } from './network.ts';

/**
 * Gradient of a loss on the outputs of a network with fixed weights, towards the network's input; the weights' own is not computed.
 * @param outputs what `forward` gave for `input`; stay the caller's
 * @param gradients of the loss towards each layer's output, null where the loss does not look at it; stay the caller's
 * @returns a new tensor of the caller
 */
export function backwardToInput(
  operations: Operations,
  layers: readonly Layer[],
  weights: readonly LayerWeights[],
  input: tf.Tensor4D,
  outputs: readonly tf.Tensor4D[],
  gradients: readonly (tf.Tensor4D | null)[],
): tf.Tensor4D {
  return tf.tidy(() => {
    let after = gradients.at(-1) ?? tf.zerosLike(outputs.at(-1)!);
    for (let i = layers.length - 1; i >= 0; i--) {
      const [layer, own, x] = [layers[i]!, weights[i]!, outputs[i - 1] ?? input];
      after = own
        ? inputGradient(operations, layer, own.kernel, x, operations.activationGradient(after, outputs[i]!, layer.activation))
        : operations.maxPoolGradient(after, x, outputs[i]!);
      const direct = gradients[i - 1];
      if (direct) after = tf.add(after, direct);
    }
    return after;
  });
}
