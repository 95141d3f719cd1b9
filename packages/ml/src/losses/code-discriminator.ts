import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../engine/index.ts';
import { backward, backwardToInput, cutWeights, disposeWeights, forward, initialWeights, type Layer } from '../models/index.ts';
import type { Random } from '../random/index.ts';
import type { LatentTerm } from './latent-term.ts';

/** What both sides of the game ask for, in tensors of the caller. */
export interface AdversarialTerm extends LatentTerm {
  /** The discriminator's own loss: mean over real and drawn codes of −log of the chance it gave to the truth. */
  readonly discriminatorValue: tf.Scalar;
  /** Of that loss, towards its weights. */
  readonly discriminatorGradient: tf.Tensor1D;
}

/**
 * The adversarial autoencoder's discriminator (Makhzani et al. 2015): two hidden layers that tell codes of images from draws of the prior, the standard
 * normal. Its weights are one flat vector outside, like the autoencoder's, trained by an Adam of their own. As layers, vectors are images of one pixel.
 */
export class CodeDiscriminator {
  readonly #operations: Operations;
  readonly #layers: readonly Layer[];
  readonly #weight: number;

  /** @param latent length of a code @param options `weight` of fooling it, for the encoder; width of both hidden layers */
  constructor(operations: Operations, latent: number, options: { readonly weight: number; readonly hidden: number }) {
    const { weight, hidden } = options;
    this.#operations = operations;
    this.#weight = weight;
    const sizes = [latent, hidden, hidden, 1];
    this.#layers = sizes.slice(1).map((outputs, i) => ({
      name: `discriminator${i + 1}`,
      kind: 'convolution',
      size: 1,
      window: { stride: 1, padding: 'valid' },
      inputs: sizes[i]!,
      outputs,
      inputSide: 1,
      outputSide: 1,
      activation: i < 2 ? { kind: 'leaky-relu', slope: 0.2 } : { kind: 'linear' },
    }));
  }

  initialWeights(random: Random): Float32Array {
    return initialWeights(this.#layers, 'kaiming', random);
  }

  /**
   * Both losses with the weights as they are: the encoder's, weight · mean of −log D(z) (the form that does not saturate, Goodfellow et al. 2014), and the
   * discriminator's.
   * @param flat the discriminator's weights
   * @param codes [batch, d]
   * @param drawn from the prior, of the same shape
   */
  measure(flat: tf.Tensor1D, codes: tf.Tensor2D, drawn: tf.Tensor2D): AdversarialTerm {
    const [batch, length] = codes.shape;
    const weights = cutWeights(this.#layers, flat);
    const input = tf.tidy(() => tf.reshape(tf.concat([codes, drawn]), [2 * batch, 1, 1, length]) as tf.Tensor4D);
    const outputs = forward(this.#operations, this.#layers, weights, input);
    const half = 1 / (2 * batch);
    const { towardsTruth, ...term } = tf.tidy(() => {
      const logits = tf.reshape(outputs.at(-1)!, [2, batch]);
      const [ofCodes, ofDrawn] = tf.unstack(logits) as [tf.Tensor1D, tf.Tensor1D];
      const [given, believed] = [tf.sigmoid(ofCodes), tf.sigmoid(ofDrawn)];
      const shaped = (values: tf.Tensor[]) => tf.reshape(tf.concat(values), [2 * batch, 1, 1, 1]) as tf.Tensor4D;
      const fooling = shaped([tf.mul(tf.sub(given, 1), this.#weight / batch), tf.zerosLike(ofDrawn)]);
      const gradient = backwardToInput(this.#operations, this.#layers, weights, input, outputs, [null, null, fooling]);
      return {
        value: tf.mul(tf.mean(softplus(tf.neg(ofCodes))), this.#weight) as tf.Scalar,
        gradient: tf.slice(tf.reshape(gradient, [2 * batch, length]), [0, 0], [batch, length]) as tf.Tensor2D,
        discriminatorValue: tf.mul(tf.add(tf.mean(softplus(ofCodes)), tf.mean(softplus(tf.neg(ofDrawn)))), 0.5) as tf.Scalar,
        towardsTruth: shaped([tf.mul(given, half), tf.mul(tf.sub(believed, 1), half)]),
      };
    });
    const { weights: discriminatorGradient } = backward(this.#operations, this.#layers, weights, input, outputs, towardsTruth);
    disposeWeights(weights);
    input.dispose();
    return { ...term, discriminatorGradient };
  }
}

/** log(1 + eˣ) without overflow. */
const softplus = (x: tf.Tensor): tf.Tensor => tf.add(tf.relu(x), tf.log1p(tf.exp(tf.neg(tf.abs(x)))));
