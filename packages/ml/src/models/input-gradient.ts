import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../engine/index.ts';
import type { Layer } from './layers.ts';
import { inputGradient, type LayerWeights } from './network.ts';

/**
 * Gradient of a loss on the outputs of a network with fixed weights, towards the network's input; the weights' own is not computed.
 * @param outputs what `forward` gave for `input`; stay the caller's
 * @param gradients of the loss towards each layer's output, null where the loss does not look at it; stay the caller's. The last one is given.
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
      const layer = layers[i]!;
      const before = operations.activationGradient(after, outputs[i]!, layer.activation);
      after = inputGradient(operations, layer, weights[i]!.kernel, outputs[i - 1] ?? input, before);
      const own = gradients[i - 1];
      if (own) after = tf.add(after, own);
    }
    return after;
  });
}
