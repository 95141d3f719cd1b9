import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../engine/index.ts';
import { backwardToInput, cutWeights, disposeWeights, forward, initialWeights, type Layer, type LayerWeights } from '../models/index.ts';
import { Random } from '../random/index.ts';
import type { Counted } from './image-loss.ts';

/** Channels of the layers; each halves the side. */
const WIDTHS = [16, 32, 64] as const;
/** Part of what the losses are: another word would be another loss. */
const SEED = 'feature extractor 1';
/** Middle of the values of images, so that padding is neither dark nor bright. */
const MIDDLE = 0.5;

/** Features of a batch, layer by layer, and what is needed to go back through them. Freed by `dispose`. */
export interface Features {
  readonly input: tf.Tensor4D;
  readonly layers: readonly tf.Tensor4D[];
  readonly dispose: () => void;
}

/**
 * A fixed convolutional feature extractor F (Rádli & Czúni 2022, Eq. 3: "fixed or also trained"): three 4×4 convolutions of stride 2 with leaky ReLUs
 * and **random weights**, the same in every training. No pretrained network is at hand offline; random filters respond to edges and texture at three
 * scales (Saxe et al. 2011 show that the architecture carries much of such features), but know nothing of objects. Owns its weights until `dispose`.
 */
export class FeatureExtractor {
  readonly #operations: Operations;
  readonly #layers: readonly Layer[];
  readonly #weights: readonly LayerWeights[];

  /** @param side of the images, a multiple of 8 */
  constructor(operations: Operations, side: number, channels: number) {
    this.#operations = operations;
    this.#layers = WIDTHS.map((outputs, i) => ({
      name: `features${i + 1}`,
      kind: 'convolution',
      size: 4,
      window: { stride: 2, padding: 'same' },
      inputs: WIDTHS[i - 1] ?? channels,
      outputs,
      inputSide: side / 2 ** i,
      outputSide: side / 2 ** (i + 1),
      activation: { kind: 'leaky-relu', slope: 0.2 },
    }));
    const flat = tf.tensor1d(initialWeights(this.#layers, 'kaiming', Random.of(SEED)));
    this.#weights = cutWeights(this.#layers, flat);
    flat.dispose();
  }

  /** Features of what counts in the images; the rest is shown to the extractor as a middle grey, whatever it holds. */
  features(images: tf.Tensor4D, { counts }: Counted): Features {
    const input = tf.tidy(() => tf.mul(tf.sub(images, MIDDLE), tf.cast(tf.greater(counts, 0), 'float32')) as tf.Tensor4D);
    const layers = forward(this.#operations, this.#layers, this.#weights, input);
    return { input, layers, dispose: () => tf.dispose([input, ...layers]) };
  }

  /** Gradient of a loss towards the images from those towards each layer's features; 0 where nothing counts. */
  gradient({ input, layers }: Features, gradients: readonly tf.Tensor4D[], { counts }: Counted): tf.Tensor4D {
    return tf.tidy(() => {
      const gradient = backwardToInput(this.#operations, this.#layers, this.#weights, input, layers, gradients);
      return tf.mul(gradient, tf.cast(tf.greater(counts, 0), 'float32'));
    });
  }

  dispose(): void {
    disposeWeights(this.#weights);
  }
}

/** How much each layer's features count: the mean of what the pixels under them count. [1 or batch, side / 2^layer, …, 1], first layer first; of the caller. */
export function featureCounts({ counts }: Counted): tf.Tensor4D[] {
  return tf.tidy(() => {
    const pooled: tf.Tensor4D[] = [];
    const pixels = tf.slice(counts, [0, 0, 0, 0], [-1, -1, -1, 1]);
    while (pooled.length < WIDTHS.length) pooled.push(tf.avgPool(pooled.at(-1) ?? pixels, 2, 2, 'valid'));
    return pooled;
  });
}
