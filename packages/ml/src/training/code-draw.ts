import * as tf from '@tensorflow/tfjs';
import { sampledCodes, throughSampling } from '../losses/index.ts';

/** What lies between encoder and decoder of a variational autoencoder: a draw. Owns its noise until `dispose`. */
export class CodeDraw {
  readonly #noise: tf.Tensor2D;

  /** @param noise standard normal, count · d numbers */
  constructor(noise: Float32Array, count: number) {
    this.#noise = tf.tensor2d(noise, [count, noise.length / count]);
  }

  /** @param statistics [count, 1, 1, 2d] as the latent layer gives them @returns [count, 1, 1, d] */
  forward(statistics: tf.Tensor4D): tf.Tensor4D {
    return tf.tidy(() => pixel(sampledCodes(vector(statistics), this.#noise)));
  }

  /** Gradient towards the statistics from the one towards the drawn codes. */
  backward(statistics: tf.Tensor4D, gradient: tf.Tensor4D): tf.Tensor4D {
    return tf.tidy(() => pixel(throughSampling(vector(statistics), this.#noise, vector(gradient))));
  }

  dispose(): void {
    this.#noise.dispose();
  }
}

/** Images of one pixel as vectors, [count, d]; and back. */
export const vector = (code: tf.Tensor4D): tf.Tensor2D => tf.reshape(code, [code.shape[0], code.shape[3]]);
export const pixel = (codes: tf.Tensor2D): tf.Tensor4D => tf.reshape(codes, [codes.shape[0], 1, 1, codes.shape[1]]);
