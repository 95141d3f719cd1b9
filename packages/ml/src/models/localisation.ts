import type { Activation } from '../engine/index.ts';
import type { Random } from '../random/index.ts';
import type { Recipe } from '../recipes/index.ts';
import { initialWeights } from './initial-weights.ts';
import { parameterCount, type Layer } from './layers.ts';

type Orientation = Recipe['orientation'];

/** Convolutions of Table 2, each followed by a maximum over 2 × 2; the table gives no sizes, these are the design's. */
const CONVOLUTIONS = [8, 16, 16, 32] as const;
const KERNEL = 5;
/** Fully connected layers before the last one. */
const CONNECTED = [128, 64] as const;

const relu: Activation = { kind: 'leaky-relu', slope: 0 };

/** The localisation network of Table 2 as data: four convolutions with ReLU and maximum, then three fully connected layers. */
export function localisationLayers(
  channels: 1 | 3,
  { side, head, colours }: Pick<Orientation, 'side' | 'head' | 'colours'>,
): readonly Layer[] {
  const layers: Layer[] = [];
  let inputs: number = colours === 'grey' ? 1 : channels;
  let at: number = side;
  const same = { stride: 1, padding: 'same' } as const;
  for (const [i, outputs] of CONVOLUTIONS.entries()) {
    const sides = { inputSide: at, outputSide: at };
    layers.push({
      name: `convolution${i + 1}`,
      kind: 'convolution',
      size: KERNEL,
      window: same,
      inputs,
      outputs,
      ...sides,
      activation: relu,
    });
    layers.push({
      name: `maximum${i + 1}`,
      kind: 'max-pool',
      size: 2,
      window: { stride: 2, padding: 'valid' },
      inputs: outputs,
      outputs,
      inputSide: at,
      outputSide: at / 2,
      activation: { kind: 'linear' },
    });
    inputs = outputs;
    at /= 2;
  }
  for (const [i, outputs] of [...CONNECTED, head === 'vector' ? 2 : 1].entries()) {
    layers.push({
      name: `connected${i + 1}`,
      kind: 'convolution',
      size: at,
      window: { stride: 1, padding: 'valid' },
      inputs,
      outputs,
      inputSide: at,
      outputSide: 1,
      activation: i < CONNECTED.length ? relu : { kind: 'linear' },
    });
    inputs = outputs;
    at = 1;
  }
  return layers;
}

/**
 * First weights of the localisation network: Kaiming, and with `identity` a last layer of zeros, whose α is 0 (for the vector head by its bias (1, 0)).
 */
export function initialLocalisation(
  layers: readonly Layer[],
  orientation: Pick<Orientation, 'head' | 'initialisation'>,
  random: Random,
): Float32Array {
  const weights = initialWeights(layers, 'kaiming', random);
  if (orientation.initialisation === 'random') return weights;
  const last = parameterCount(layers.slice(-1));
  weights.fill(0, weights.length - last);
  if (orientation.head === 'vector') weights[weights.length - 2] = 1;
  return weights;
}

/**
 * α of each patch, radians, from the last layer's outputs: `scalar` α itself, `vector` half the angle of (cos 2α, sin 2α), whatever its length.
 * @param outputs one or two values a patch
 */
export function anglesOfHead(outputs: ArrayLike<number>, head: Orientation['head']): Float64Array {
  if (head === 'scalar') return Float64Array.from(outputs);
  return Float64Array.from({ length: outputs.length / 2 }, (_, i) => Math.atan2(outputs[2 * i + 1]!, outputs[2 * i]!) / 2);
}

/** A vector this short has no direction; its gradient would have no bound. */
const SHORTEST = 1e-6;

/** Gradient towards the last layer's outputs from the one towards each α. */
export function headGradient(outputs: ArrayLike<number>, angles: Float64Array, head: Orientation['head']): Float32Array {
  if (head === 'scalar') return Float32Array.from(angles);
  const gradient = new Float32Array(outputs.length);
  for (let i = 0; i < angles.length; i++) {
    const [x, y] = [outputs[2 * i]!, outputs[2 * i + 1]!];
    const squared = Math.max(x * x + y * y, SHORTEST);
    gradient[2 * i] = (-y / (2 * squared)) * angles[i]!;
    gradient[2 * i + 1] = (x / (2 * squared)) * angles[i]!;
  }
  return gradient;
}
