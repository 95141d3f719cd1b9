import * as tf from '@tensorflow/tfjs';
import { defaultSsim, type SsimOptions } from '../similarity/index.ts';
import type { Counted, ImageLoss, Measured } from './image-loss.ts';
import { WindowMeans } from './window-means.ts';

/** Middle of the values of images. */
const MIDDLE = 0.5;

/**
 * 1 − SSIM (Wang 2004) as a loss (Bergmann 2018): the mean over the pixels whose whole window counts, all channels and all images of the batch, each
 * pixel weighing what it counts itself. SSIM is that of `similarity` (images in [0,1], population covariance), here in float32, with its gradient
 * written by hand: of S = A₁A₂/(B₁B₂) towards the three windowed means that depend on the output (its own, of the squares and of the product). Values are
 * taken from their middle for variances and covariance, where float32 would lose a digit to the square of the mean.
 */
export class SsimLoss implements ImageLoss {
  readonly #means: WindowMeans;
  readonly #c1: number;
  readonly #c2: number;

  /** @throws RangeError where the window is larger than the image */
  constructor(side: number, window: Pick<SsimOptions, 'window' | 'sigma' | 'size'>) {
    const options = { ...defaultSsim, ...window };
    this.#means = new WindowMeans(side, options);
    this.#c1 = (options.k1 * options.dataRange) ** 2;
    this.#c2 = (options.k2 * options.dataRange) ** 2;
  }

  measure(output: tf.Tensor4D, target: tf.Tensor4D, { counts }: Counted): Measured {
    const means = this.#means;
    return tf.tidy(() => {
      const [x, y] = [centred(output), centred(target)];
      const weights = this.#weights(counts, output.shape);
      // Means of what is left of the values, and the means themselves.
      const [vx, vy] = [means.of(x), means.of(y)];
      const [ux, uy] = [tf.add(vx, MIDDLE), tf.add(vy, MIDDLE)];
      const a1 = tf.add(tf.mul(tf.mul(ux, uy), 2), this.#c1);
      const b1 = tf.add(tf.add(tf.square(ux), tf.square(uy)), this.#c1);
      const a2 = tf.add(tf.mul(tf.sub(means.of(tf.mul(x, y)), tf.mul(vx, vy)), 2), this.#c2);
      const variances = tf.sub(means.of(tf.add(tf.square(x), tf.square(y))), tf.add(tf.square(vx), tf.square(vy)));
      const b2 = tf.add(variances, this.#c2);
      const bottom = tf.mul(b1, b2);
      const ssim = tf.div(tf.mul(a1, a2), bottom);
      const [, , side, channels] = output.shape;
      const parts = tf.sum(tf.mul(weights, tf.sub(1, ssim)), 2);
      // Every term carries the weight and the loss's minus sign.
      const pull = tf.div(tf.mul(weights, -2), bottom);
      const ofProduct = means.back(tf.mul(pull, a1));
      const ofSquares = means.back(tf.div(tf.mul(weights, ssim), b2));
      const ofTop = tf.sub(tf.mul(uy, a2), tf.mul(vy, a1));
      const ofBottom = tf.sub(tf.mul(ux, b2), tf.mul(vx, b1));
      const ofMean = means.back(tf.mul(pull, tf.sub(ofTop, tf.mul(ssim, ofBottom))));
      const planes = tf.add(ofMean, tf.add(tf.mul(tf.mul(x, 2), ofSquares), tf.mul(y, ofProduct)));
      return { parts: tf.reshape(parts, [-1]) as tf.Tensor1D, gradient: imagesOf(planes as tf.Tensor3D, [side, channels]) };
    });
  }

  /** What each pixel's 1 − SSIM weighs, summing to 1 where all count alike; [batch · channels, full, full]. */
  #weights(counts: tf.Tensor4D, [batch, side, , channels]: tf.Tensor4D['shape']): tf.Tensor3D {
    const planes = tf.reshape(tf.slice(counts, [0, 0, 0, 0], [-1, -1, -1, 1]), [counts.shape[0], side, side]) as tf.Tensor3D;
    const whole = this.#means.allAbove0(planes);
    const { full } = this.#means;
    const radius = (side - full) / 2;
    const own = tf.transpose(tf.slice(planes, [0, radius, radius], [-1, full, full]), [0, 2, 1]);
    const alike = tf.mul(tf.maximum(tf.sum(whole), 1), (channels * batch) / counts.shape[0]);
    const weights = tf.div(tf.mul(whole, own), alike);
    const shape = [batch, channels, full, full];
    return tf.reshape(tf.broadcastTo(tf.expandDims(weights, 1), shape), [batch * channels, full, full]) as tf.Tensor3D;
  }

  dispose(): void {
    this.#means.dispose();
  }
}

/** Every channel of every image as a plane of its own, less the middle of the values. */
function centred(images: tf.Tensor4D): tf.Tensor3D {
  const [batch, side, , channels] = images.shape;
  return tf.sub(tf.reshape(tf.transpose(images, [0, 3, 1, 2]), [batch * channels, side, side]), MIDDLE);
}

function imagesOf(planes: tf.Tensor3D, [side, channels]: readonly [number, number]): tf.Tensor4D {
  return tf.transpose(tf.reshape(planes, [planes.shape[0] / channels, channels, side, side]), [0, 2, 3, 1]) as tf.Tensor4D;
}
