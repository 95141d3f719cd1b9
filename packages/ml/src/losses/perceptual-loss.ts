import * as tf from '@tensorflow/tfjs';
import { absoluteDifference } from './absolute-difference.ts';
import { type FeatureExtractor, featureCounts } from './feature-extractor.ts';
import type { Counted, ImageLoss, Measured } from './image-loss.ts';

/** Keeps deviations and magnitudes of features that are all alike off zero. */
const TINY = 1e-6;

/**
 * Relative-perceptual-L1 (Tuluptceva et al. 2020): for each image and layer, the sum of |f̂(output) − f̂(target)| over the sum of |f̂(target)|, where f̂ are
 * features standardised by channel; the mean over images and layers, plus image · the mean absolute difference of pixels.
 * The authors take a network pretrained on ImageNet and its statistics there. Neither is at hand offline: the features are those of a fixed **random**
 * extractor (`FeatureExtractor`), and mean and deviation of each channel are taken over what counts in the batch's targets, as constants.
 */
export class PerceptualLoss implements ImageLoss {
  readonly #extractor: FeatureExtractor;
  readonly #image: number;

  constructor(extractor: FeatureExtractor, options: { readonly image: number }) {
    this.#extractor = extractor;
    this.#image = options.image;
  }

  measure(output: tf.Tensor4D, target: tf.Tensor4D, counted: Counted): Measured {
    const [own, wanted] = [this.#extractor.features(output, counted), this.#extractor.features(target, counted)];
    const result = tf.tidy(() => {
      const counts = featureCounts(counted);
      const layers = own.layers.map((features, i) => relative(features, wanted.layers[i]!, counts[i]!, 1 / own.layers.length));
      const gradients = layers.map((layer) => layer.gradient);
      const pixels = absoluteDifference.measure(output, target, counted);
      return {
        parts: tf.concat([tf.mul(pixels.parts, this.#image) as tf.Tensor1D, ...layers.map((layer) => layer.parts)]),
        gradient: tf.add(tf.mul(pixels.gradient, this.#image), this.#extractor.gradient(own, gradients, counted)) as tf.Tensor4D,
      };
    });
    own.dispose();
    wanted.dispose();
    return result;
  }

  dispose(): void {
    this.#extractor.dispose();
  }
}

/** One layer's share. The channel's mean leaves the difference by itself, and its deviation is a factor. */
function relative(
  features: tf.Tensor4D,
  wanted: tf.Tensor4D,
  counts: tf.Tensor4D,
  share: number,
): { parts: tf.Tensor1D; gradient: tf.Tensor4D } {
  const batch = features.shape[0];
  const everywhere = tf.maximum(tf.mul(tf.sum(counts), batch / counts.shape[0]), TINY);
  const mean = tf.div(tf.sum(tf.mul(wanted, counts), [0, 1, 2]), everywhere);
  const centred = tf.sub(wanted, mean);
  const deviation = tf.sqrt(tf.div(tf.sum(tf.mul(tf.square(centred), counts), [0, 1, 2]), everywhere));
  const factor = tf.div(counts, tf.add(deviation, TINY));
  const magnitude = tf.add(tf.sum(tf.mul(tf.abs(centred), factor), [1, 2, 3], true), TINY);
  const difference = tf.sub(features, wanted);
  const gradient = tf.mul(tf.mul(tf.sign(difference), factor), tf.div(share / batch, magnitude)) as tf.Tensor4D;
  return { parts: tf.reshape(tf.sum(tf.mul(gradient, difference), [2, 3]), [-1]), gradient };
}
