export { NetworkFrame, type Standardisation } from './frame.ts';
export { backwardToInput } from './input-gradient.ts';
export { autoencoderLayers, latentLayer } from './autoencoder.ts';
export { initialWeights } from './initial-weights.ts';
export { arrayLengths, kernelLength, multiplyAdds, parameterCount, type Layer } from './layers.ts';
export { backward, cutWeights, disposeWeights, forward, predict, type LayerWeights } from './network.ts';
