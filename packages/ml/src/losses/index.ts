export { CodeDiscriminator } from './code-discriminator.ts';
export { contractive } from './contractive.ts';
export { createImageLoss } from './create-image-loss.ts';
export { total, type Counted, type ImageLoss, type Measured } from './image-loss.ts';
export type { LatentTerm } from './latent-term.ts';
export { squaredDifference, squaredDifferenceParts } from './squared-difference.ts';
export { siamese } from './siamese.ts';
export { sparseDivergence, sparseMagnitude } from './sparse.ts';
export { normalDivergence, sampledCodes, throughSampling } from './variational.ts';
