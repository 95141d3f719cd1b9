import type { Random } from '../random/index.ts';
import type { Recipe } from '../recipes/index.ts';
import { hasWeights, kernelLength, parameterCount, type Layer } from './layers.ts';

/**
 * Kaiming's uniform initialisation (He 2015) as one flat vector in the order of `arrayLengths`; biases 0. Half-width √(3·gain²/fan), gain² =
 * 2/(1 + slope²) before a leaky ReLU and 1 before a linear layer or a sigmoid.
 * `kaiming-true-fan` counts what reaches one output of a transposed convolution, k²·in/stride²; `kaiming` counts k²·in there as well, which
 * starts such layers stride times too small.
 */
export function initialWeights(layers: readonly Layer[], kind: Recipe['model']['initialisation'], random: Random): Float32Array {
  const weights = new Float32Array(parameterCount(layers));
  let at = 0;
  for (const layer of layers.filter(hasWeights)) {
    const spread = layer.kind === 'transposed' && kind === 'kaiming-true-fan' ? layer.window.stride ** 2 : 1;
    // The latent layer turned round: one input pixel reaches every output once.
    const taps = layer.kind === 'transposed' && kind === 'kaiming-true-fan' && layer.inputSide === 1 ? 1 : layer.size ** 2 / spread;
    const gain = layer.activation.kind === 'leaky-relu' ? 2 / (1 + layer.activation.slope ** 2) : 1;
    const limit = Math.sqrt((3 * gain) / (taps * layer.inputs));
    const end = at + kernelLength(layer);
    while (at < end) weights[at++] = (2 * random.next() - 1) * limit;
    at += layer.outputs;
  }
  return weights;
}
