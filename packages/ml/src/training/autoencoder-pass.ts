import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../engine/index.ts';
import { backward, cutWeights, disposeWeights, forward, latentLayer, type Layer, type LayerWeights } from '../models/index.ts';
import type { CodeDraw } from './code-draw.ts';

export interface AutoencoderGradients {
  /** Towards all weights, as one flat vector; of an encoder's pass, towards the encoder's. */
  readonly weights: tf.Tensor1D;
  /** Towards the encoder's input; null where nobody asked. */
  readonly input: tf.Tensor4D | null;
}

/** What reaches the encoder besides the reconstruction's gradient; disposed by the pass. */
export interface CodePull {
  /** Towards the code. */
  readonly code: tf.Tensor4D | null;
  /** Of another pass of the encoder. */
  readonly again: AutoencoderGradients | null;
}

/** Another way through the encoder alone. Owns tensors until `backward`. */
export interface EncoderPass {
  readonly code: tf.Tensor4D;
  /** @param gradient towards the code; disposed */
  backward(gradient: tf.Tensor4D, towardsInput: boolean): AutoencoderGradients;
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

  /** The encoder's view of another input, with the same weights; to be gone back through before this pass is. @param input stays the caller's */
  encodeAgain(input: tf.Tensor4D): EncoderPass {
    const { layers, weights } = this.#encoder;
    const outputs = forward(this.#operations, layers, weights, input);
    return {
      code: outputs.at(-1)!,
      backward: (gradient, towardsInput) => backward(this.#operations, layers, weights, input, outputs, gradient, towardsInput),
    };
  }

  /**
   * Gradients of a loss, and the end of the pass: its tensors are disposed.
   * @param gradient towards the reconstruction; disposed
   * @param pull what the code is pulled by besides
   */
  backward(gradient: tf.Tensor4D, pull: CodePull = { code: null, again: null }, towardsInput = false): AutoencoderGradients {
    // `backward` ends the code as the encoder's last output; the decoder still reads it as its input then.
    const decoder = halfBackward(this.#operations, this.#decoder, this.#drawn, gradient, true);
    const towardsCode = sum(this.#throughDraw(decoder.input!), pull.code);
    const encoder = halfBackward(this.#operations, this.#encoder, this.input, towardsCode, towardsInput);
    const ofEncoder = sum(encoder.weights, pull.again?.weights ?? null);
    const weights = tf.concat([ofEncoder, decoder.weights]);
    tf.dispose([ofEncoder, decoder.weights]);
    return { weights, input: encoder.input && sum(encoder.input, pull.again?.input ?? null) };
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
