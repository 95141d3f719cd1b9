import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../engine/index.ts';
import {
  backward,
  cutWeights,
  disposeWeights,
  forward,
  latentLayer,
  tangentPass,
  type Layer,
  type LayerWeights,
  type TangentPass,
} from '../models/index.ts';
import type { CodeDraw } from './code-draw.ts';

export interface AutoencoderGradients {
  /** Towards all weights, as one flat vector. */
  readonly weights: tf.Tensor1D;
  /** Towards the encoder's input; null where nobody asked. */
  readonly input: tf.Tensor4D | null;
}

/** What reaches the encoder besides the reconstruction's gradient; disposed by the pass. */
export interface CodePull {
  /** Towards the code. */
  readonly code: tf.Tensor4D | null;
  /** Towards the encoder's weights, as one flat vector, by another way than the code. */
  readonly encoder: tf.Tensor1D | null;
}

/** One way forward through encoder and decoder, kept for the way back. Owns tensors until `backward`. */
export class AutoencoderPass {
  /** What the encoder gives, [count, 1, 1, d]: z, or of a variational autoencoder means and log-variances, 2d. */
  readonly code: tf.Tensor4D;
  /** The reconstruction, [count, side, side, channels]. */
  readonly output: tf.Tensor4D;
  /** The caller's. */
  readonly input: tf.Tensor4D;
  readonly #operations: Operations;
  readonly #encoder: Half;
  readonly #decoder: Half;
  readonly #draw: CodeDraw | null;
  /** What the decoder is given. */
  readonly #drawn: tf.Tensor4D;

  /**
   * @param flat the weight vector; stays the caller's, as does `input`
   * @param input [count, side, side, channels] as the encoder sees it
   * @param draw what lies between encoder and decoder; becomes the pass's
   */
  constructor(operations: Operations, layers: readonly Layer[], flat: tf.Tensor1D, input: tf.Tensor4D, draw: CodeDraw | null = null) {
    const weights = cutWeights(layers, flat);
    const middle = latentLayer(layers) + 1;
    this.#operations = operations;
    this.input = input;
    this.#encoder = halfForward(operations, layers.slice(0, middle), weights.slice(0, middle), input);
    this.code = this.#encoder.outputs.at(-1)!;
    this.#draw = draw;
    this.#drawn = draw ? draw.forward(this.code) : this.code;
    this.#decoder = halfForward(operations, layers.slice(middle), weights.slice(middle), this.#drawn);
    this.output = this.#decoder.outputs.at(-1)!;
  }

  /** How the code changes along a direction of the input; to be gone back through before this pass is. @param direction outlives it */
  along(direction: tf.Tensor4D): TangentPass {
    const { layers, weights, outputs } = this.#encoder;
    return tangentPass(this.#operations, layers, weights, outputs, direction);
  }

  /**
   * Gradients of a loss, and the end of the pass: its tensors are disposed.
   * @param gradient towards the reconstruction; disposed
   * @param pull what the code is pulled by besides
   */
  backward(gradient: tf.Tensor4D, pull: CodePull = { code: null, encoder: null }, towardsInput = false): AutoencoderGradients {
    // `backward` ends the code as the encoder's last output; the decoder still reads it as its input then.
    const decoder = halfBackward(this.#operations, this.#decoder, this.#drawn, gradient, true);
    const towardsCode = sum(this.#throughDraw(decoder.input!), pull.code);
    const encoder = halfBackward(this.#operations, this.#encoder, this.input, towardsCode, towardsInput);
    const ofEncoder = sum(encoder.weights, pull.encoder);
    const weights = tf.concat([ofEncoder, decoder.weights]);
    tf.dispose([ofEncoder, decoder.weights]);
    return { weights, input: encoder.input };
  }

  #throughDraw(gradient: tf.Tensor4D): tf.Tensor4D {
    if (!this.#draw) return gradient;
    const towardsCode = this.#draw.backward(this.code, gradient);
    tf.dispose([gradient, this.#drawn]);
    this.#draw.dispose();
    return towardsCode;
  }
}

/** Both are disposed where there are two. */
function sum<T extends tf.Tensor>(a: T, b: T | null): T {
  if (!b) return a;
  const result = tf.add<T>(a, b);
  tf.dispose([a, b]);
  return result;
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
