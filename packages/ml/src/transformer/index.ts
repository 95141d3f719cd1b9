export { type Angles, type BatchShape } from './batch.ts';
export { OrientationLoss, type OrientationMask } from './orientation-loss.ts';
export { type Sampler } from './read-positions.ts';
export * from './recovery.ts';
export * from './rotation.ts';
export * from './samplers.ts';
export * from './search.ts';
export * from './steered.ts';
