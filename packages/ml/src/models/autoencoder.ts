import type { Activation } from '../engine/index.ts';
import { NETWORK_INPUT, type Recipe } from '../recipes/index.ts';
import type { Layer } from './layers.ts';

/** Encoder of the paper's Table 1: kernel, stride, channels out; the last row covers the 8×8 that are left and gives the latent vector. */
const ENCODER = [
  [4, 2, 32],
  [4, 2, 32],
  [3, 1, 32],
  [4, 2, 64],
  [3, 1, 64],
  [4, 2, 128],
  [3, 1, 64],
  [3, 1, 32],
] as const;

/**
 * The autoencoder of Table 1 as data: nine convolutions, then their mirror in transposed convolutions. 1,050,599 parameters at d = 100 and 3 channels.
 * Of a variational one the latent layer gives 2d numbers, means and log-variances; the decoder's first layer takes d.
 */
export function autoencoderLayers({ channels, model, loss }: Pick<Recipe, 'channels' | 'model' | 'loss'>): readonly Layer[] {
  const hidden: Activation = { kind: 'leaky-relu', slope: model.activation === 'relu' ? 0 : model.slope };
  const encoder: Layer[] = [];
  let inputs: number = channels;
  let side: number = NETWORK_INPUT;
  for (const [size, stride, outputs] of ENCODER) {
    const outputSide = side / stride;
    const window = { stride, padding: 'same' } as const;
    encoder.push({
      name: `encoder${encoder.length + 1}`,
      kind: 'convolution',
      size,
      window,
      inputs,
      outputs,
      inputSide: side,
      outputSide,
      activation: hidden,
    });
    inputs = outputs;
    side = outputSide;
  }
  encoder.push({
    name: 'latent',
    kind: 'convolution',
    size: side,
    window: { stride: 1, padding: 'valid' },
    inputs,
    outputs: loss.latent.kind === 'variational' ? 2 * model.latent : model.latent,
    inputSide: side,
    outputSide: 1,
    activation: { kind: 'linear' },
  });
  const decoder = encoder.toReversed().map((layer, i): Layer => ({
    ...layer,
    name: `decoder${i + 1}`,
    kind: 'transposed',
    inputs: i === 0 ? model.latent : layer.outputs,
    outputs: layer.inputs,
    inputSide: layer.outputSide,
    outputSide: layer.inputSide,
    activation: i < encoder.length - 1 ? hidden : { kind: model.output },
  }));
  return [...encoder, ...decoder];
}

/** Index of the layer whose output is the latent vector. */
export function latentLayer(layers: readonly Layer[]): number {
  return layers.findIndex((layer) => layer.outputSide === 1);
}
