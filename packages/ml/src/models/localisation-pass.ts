import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../engine/index.ts';
import type { Recipe } from '../recipes/index.ts';
import type { Layer } from './layers.ts';
import { anglesOfHead, headGradient } from './localisation.ts';
import { backward, cutWeights, disposeWeights, forward, predict, type LayerWeights } from './network.ts';

export interface Localisation {
  readonly operations: Operations;
  readonly layers: readonly Layer[];
  readonly orientation: Recipe['orientation'];
}

/** What the localisation network sees of its patches: their mean over 2 × 2 pixels where its side is 64, grey where it is to be. A new tensor. */
export function localisationInput(input: tf.Tensor4D, { side, colours }: Recipe['orientation']): tf.Tensor4D {
  return tf.tidy(() => {
    const grey = colours === 'grey' && input.shape[3] > 1 ? (tf.mean(input, 3, true) as tf.Tensor4D) : input;
    return grey.shape[1] > side ? tf.avgPool(grey, 2, 2, 'valid') : grey.clone();
  });
}

/** α of each patch, radians. @param input patches as the autoencoder sees them, [count, side, side, channels] */
export async function estimateAngles(network: Localisation, weights: readonly LayerWeights[], input: tf.Tensor4D): Promise<Float64Array> {
  const output = tf.tidy(() => predict(network.operations, network.layers, weights, localisationInput(input, network.orientation)));
  const values = await output.data();
  output.dispose();
  return anglesOfHead(values, network.orientation.head);
}

/** One way forward through the localisation network, kept for the way back. Owns tensors until `backward` or `dispose`. */
export class LocalisationPass {
  readonly angles: Float64Array;
  readonly #network: Localisation;
  readonly #weights: readonly LayerWeights[];
  readonly #input: tf.Tensor4D;
  readonly #outputs: readonly tf.Tensor4D[];
  readonly #head: Float32Array;

  private constructor(
    network: Localisation,
    weights: readonly LayerWeights[],
    input: tf.Tensor4D,
    outputs: readonly tf.Tensor4D[],
    head: Float32Array,
  ) {
    this.#network = network;
    this.#weights = weights;
    this.#input = input;
    this.#outputs = outputs;
    this.#head = head;
    this.angles = anglesOfHead(head, network.orientation.head);
  }

  /** @param flat the network's weight vector; stays the caller's */
  static async forward(network: Localisation, flat: tf.Tensor1D, input: tf.Tensor4D): Promise<LocalisationPass> {
    const weights = cutWeights(network.layers, flat);
    const seen = localisationInput(input, network.orientation);
    const outputs = forward(network.operations, network.layers, weights, seen);
    return new LocalisationPass(network, weights, seen, outputs, Float32Array.from(await outputs.at(-1)!.data()));
  }

  /** Gradient towards the weights from the one towards each α, as one flat vector of the caller; ends the pass. */
  backward(angles: Float64Array): tf.Tensor1D {
    const { operations, layers, orientation } = this.#network;
    const gradient = tf.tensor4d(headGradient(this.#head, angles, orientation.head), this.#outputs.at(-1)!.shape);
    const { weights } = backward(operations, layers, this.#weights, this.#input, this.#outputs, gradient);
    this.#input.dispose();
    disposeWeights(this.#weights);
    return weights;
  }

  dispose(): void {
    tf.dispose([this.#input, ...this.#outputs]);
    disposeWeights(this.#weights);
  }
}
