import type { Activation, Shape4D, Window } from '../engine/index.ts';

/**
 * One convolution or transposed convolution with its bias and activation, or a maximum over 2 × 2 pixels (which has neither kernel nor bias).
 * Sides in pixels; all tensors are square. A fully connected layer is a convolution as large as its input.
 */
export interface Layer {
  readonly name: string;
  readonly kind: 'convolution' | 'transposed' | 'max-pool';
  /** Side of the kernel. */
  readonly size: number;
  readonly window: Window;
  readonly inputs: number;
  readonly outputs: number;
  readonly inputSide: number;
  readonly outputSide: number;
  readonly activation: Activation;
}

/** Kernels are stored as the plain convolution's: [k, k, in, out], and [k, k, out, in] for the transposed one, which is its gradient. */
export function kernelShape(layer: Layer): Shape4D {
  return layer.kind === 'convolution'
    ? [layer.size, layer.size, layer.inputs, layer.outputs]
    : [layer.size, layer.size, layer.outputs, layer.inputs];
}

export function kernelLength(layer: Layer): number {
  return hasWeights(layer) ? layer.size * layer.size * layer.inputs * layer.outputs : 0;
}

export const hasWeights = (layer: Layer): boolean => layer.kind !== 'max-pool';

/** Lengths of the arrays that a network's one flat weight vector consists of: kernel, bias, kernel, bias, … in the order of the layers. */
export function arrayLengths(layers: readonly Layer[]): number[] {
  return layers.filter(hasWeights).flatMap((layer) => [kernelLength(layer), layer.outputs]);
}

export function parameterCount(layers: readonly Layer[]): number {
  return arrayLengths(layers).reduce((sum, length) => sum + length, 0);
}

/** Multiply–adds of one image forward; a training step costs three times that less the first layer's input gradient. */
export function multiplyAdds(layers: readonly Layer[]): { readonly forward: number; readonly training: number } {
  const each = layers.map((layer) => {
    const side = layer.kind === 'convolution' ? layer.outputSide : layer.inputSide;
    return side * side * kernelLength(layer);
  });
  const forward = each.reduce((sum, count) => sum + count, 0);
  return { forward, training: 3 * forward - (each[0] ?? 0) };
}
