import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../engine/index.ts';
import { backward, cutWeights, disposeWeights, forward, latentLayer, type Layer, type LayerWeights } from '../models/index.ts';

export interface AutoencoderGradients {
  /** Towards all weights, as one flat vector. */
  readonly weights: tf.Tensor1D;
  /** Towards the encoder's input; null where nobody asked. */
  readonly input: tf.Tensor4D | null;
}

/** One way forward through encoder and decoder, kept for the way back. Owns tensors until `backward`. */
export class AutoencoderPass {
  /** z, [count, 1, 1, d]. */
  readonly code: tf.Tensor4D;
  /** The reconstruction, [count, side, side, channels]. */
  readonly output: tf.Tensor4D;
  readonly #operations: Operations;
  readonly #input: tf.Tensor4D;
  readonly #encoder: Half;
  readonly #decoder: Half;

  /**
   * @param flat the weight vector; stays the caller's, as does `input`
   * @param input [count, side, side, channels] as the encoder sees it
   */
  constructor(operations: Operations, layers: readonly Layer[], flat: tf.Tensor1D, input: tf.Tensor4D) {
    const weights = cutWeights(layers, flat);
    const middle = latentLayer(layers) + 1;
    this.#operations = operations;
    this.#input = input;
    this.#encoder = halfForward(operations, layers.slice(0, middle), weights.slice(0, middle), input);
    this.code = this.#encoder.outputs.at(-1)!;
    this.#decoder = halfForward(operations, layers.slice(middle), weights.slice(middle), this.code);
    this.output = this.#decoder.outputs.at(-1)!;
  }

  /**
   * Gradients of a loss, and the end of the pass: its tensors are disposed.
   * @param gradient towards the reconstruction; disposed
   * @param towardsCode a gradient that reaches the code besides; disposed
   */
  backward(gradient: tf.Tensor4D, towardsCode: tf.Tensor4D | null = null, towardsInput = false): AutoencoderGradients {
    // `backward` ends the code as the encoder's last output; the decoder still reads it as its input then.
    const decoder = halfBackward(this.#operations, this.#decoder, this.code, gradient, true);
    const code = towardsCode ? tf.add(decoder.input!, towardsCode) : decoder.input!;
    if (towardsCode) tf.dispose([decoder.input!, towardsCode]);
    const encoder = halfBackward(this.#operations, this.#encoder, this.#input, code as tf.Tensor4D, towardsInput);
    const weights = tf.concat([encoder.weights, decoder.weights]);
    tf.dispose([encoder.weights, decoder.weights]);
    return { weights, input: encoder.input };
  }
}

interface Half {
  readonly layers: readonly Layer[];
  readonly weights: readonly LayerWeights[];
  readonly outputs: readonly tf.Tensor4D[];
}

function halfForward(operations: Operations, layers: readonly Layer[], weights: readonly LayerWeights[], input: tf.Tensor4D): Half {
  return { layers, weights, outputs: forward(operations, layers, weights, input) };
}

function halfBackward(operations: Operations, half: Half, input: tf.Tensor4D, gradient: tf.Tensor4D, towardsInput: boolean) {
  const gradients = backward(operations, half.layers, half.weights, input, half.outputs, gradient, towardsInput);
  disposeWeights(half.weights);
  return gradients;
}
