export { type Angles, type BatchShape } from './batch.ts';
export { type Sampler } from './read-positions.ts';
export * from './rotation.ts';
export * from './samplers.ts';
