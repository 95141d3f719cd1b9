import * as tf from '@tensorflow/tfjs';
import { seededValues } from './random.ts';

/** A convolution of the measured network; the decoder is the encoder's mirror image, transposed. */
interface MeasuredLayer {
  readonly filter: number;
  readonly stride: number;
  readonly out: number;
  readonly pad: 'same' | 'valid';
}

/** The encoder of Rádli & Czúni 2022, Table 1, on 128 × 128 × 3. */
const encoder: readonly MeasuredLayer[] = [
  { filter: 4, stride: 2, out: 32, pad: 'same' },
  { filter: 4, stride: 2, out: 32, pad: 'same' },
  { filter: 3, stride: 1, out: 32, pad: 'same' },
  { filter: 4, stride: 2, out: 64, pad: 'same' },
  { filter: 3, stride: 1, out: 64, pad: 'same' },
  { filter: 4, stride: 2, out: 128, pad: 'same' },
  { filter: 3, stride: 1, out: 64, pad: 'same' },
  { filter: 3, stride: 1, out: 32, pad: 'same' },
  { filter: 8, stride: 1, out: 100, pad: 'valid' },
];

const imageSize = 128;
const imageChannels = 3;

/** One layer with the sizes it works between, as a forward convolution from `large` to `small`. */
interface SizedLayer extends MeasuredLayer {
  readonly transposed: boolean;
  readonly large: { readonly size: number; readonly channels: number };
  readonly small: { readonly size: number; readonly channels: number };
}

function sizedLayers(): SizedLayer[] {
  let large = { size: imageSize, channels: imageChannels };
  const down = encoder.map((layer): SizedLayer => {
    const size = layer.pad === 'valid' ? large.size - layer.filter + 1 : Math.ceil(large.size / layer.stride);
    const sized = { ...layer, transposed: false, large, small: { size, channels: layer.out } };
    large = sized.small;
    return sized;
  });
  return [...down, ...down.toReversed().map((layer) => ({ ...layer, transposed: true }))];
}

/** Floating-point operations of the convolutions of one training step: forward, by the filter, and by the input (which the first layer does not need). */
export function stepFlops(batch: number): number {
  const layers = sizedLayers();
  const products = layers.map((l) => l.small.size ** 2 * l.filter ** 2 * l.large.channels * l.small.channels);
  const total = products.reduce((sum, p) => sum + p, 0);
  return 2 * batch * (3 * total - (products[0] ?? 0));
}

interface Weights {
  readonly layer: SizedLayer;
  readonly filter: tf.Variable;
  readonly bias: tf.Variable;
}

function initialise(): Weights[] {
  return sizedLayers().map((layer, i) => {
    const { filter, large, small, transposed, stride } = layer;
    const shape = [filter, filter, large.channels, small.channels];
    const fanIn = transposed ? (filter ** 2 * small.channels) / stride ** 2 : filter ** 2 * large.channels;
    const values = seededValues(tf.util.sizeFromShape(shape), i + 1).map((v) => v * Math.sqrt(6 / fanIn) * 0.8);
    return {
      layer,
      filter: tf.variable(tf.tensor(values, shape)),
      bias: tf.variable(tf.zeros([transposed ? large.channels : small.channels])),
    };
  });
}

function reconstruct(x: tf.Tensor4D, network: readonly Weights[]): tf.Tensor4D {
  return network.reduce((h, { layer, filter, bias }, i) => {
    const weights = filter as unknown as tf.Tensor4D;
    const { size, channels } = layer.large;
    const convolved = layer.transposed
      ? tf.conv2dTranspose(h, weights, [h.shape[0], size, size, channels], layer.stride, layer.pad)
      : tf.conv2d(h, weights, layer.stride, layer.pad);
    const shifted = tf.add(convolved, bias) as tf.Tensor4D;
    const linear = i === network.length - 1 || i === encoder.length - 1;
    return linear ? shifted : tf.leakyRelu(shifted, 0.2);
  }, x);
}

/** The autoencoder with its Adam optimiser, ready to be stepped on a fixed batch. The caller disposes it. */
export interface SteppedAutoencoder {
  /** One training step. @returns the loss before it, mean squared error of values in [-1, 1) */
  step(): Promise<number>;
  dispose(): void;
}

/** The network written in the plainest way, by tfjs operations alone: what an engine gives without any care. */
export function steppedAutoencoder(batch: number): SteppedAutoencoder {
  const network = initialise();
  const variables = network.flatMap(({ filter, bias }) => [filter, bias]);
  const optimiser = tf.train.adam(2e-4);
  const x = tf.tensor4d(seededValues(batch * imageSize ** 2 * imageChannels, 100), [batch, imageSize, imageSize, imageChannels]);
  return {
    async step() {
      const cost = optimiser.minimize(() => tf.mean(tf.squaredDifference(reconstruct(x, network), x)) as tf.Scalar, true, variables);
      const [loss = NaN] = (await cost?.data()) ?? [];
      cost?.dispose();
      return loss;
    },
    dispose() {
      tf.dispose([x, ...variables]);
      optimiser.dispose();
    },
  };
}
