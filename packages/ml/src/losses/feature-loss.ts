import * as tf from '@tensorflow/tfjs';
import { type FeatureExtractor, featureCounts } from './feature-extractor.ts';
import { rowSums, type Counted, type ImageLoss, type Measured } from './image-loss.ts';
import { squaredDifference } from './squared-difference.ts';

/**
 * Weighted image and feature matching (Rádli & Czúni 2022, Eq. 3; Dosovitskiy & Brox 2016): image · mean squared difference + weight · the mean over the
 * extractor's layers of the mean squared difference of features. The extractor is fixed and random, see `FeatureExtractor`.
 */
export class FeatureLoss implements ImageLoss {
  readonly #extractor: FeatureExtractor;
  readonly #weight: number;
  readonly #image: number;

  constructor(extractor: FeatureExtractor, options: { readonly weight: number; readonly image: number }) {
    this.#extractor = extractor;
    this.#weight = options.weight;
    this.#image = options.image;
  }

  measure(output: tf.Tensor4D, target: tf.Tensor4D, counted: Counted): Measured {
    const [own, wanted] = [this.#extractor.features(output, counted), this.#extractor.features(target, counted)];
    const result = tf.tidy(() => {
      const counts = featureCounts(counted);
      const pixels = squaredDifference.measure(output, target, counted);
      const pixelsOfImage = counted.entries / output.shape[3];
      const layers = own.layers.map((features, i) => {
        const cells = (pixelsOfImage / 4 ** (i + 1)) * features.shape[3];
        const scale = this.#weight / (own.layers.length * features.shape[0] * cells);
        const difference = tf.sub(features, wanted.layers[i]!);
        const counting = tf.mul(difference, counts[i]!);
        return { parts: rowSums(tf.mul(counting, difference), scale), gradient: tf.mul(counting, 2 * scale) as tf.Tensor4D };
      });
      const gradients = layers.map((layer) => layer.gradient);
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
