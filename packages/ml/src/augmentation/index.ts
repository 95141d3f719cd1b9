export { corrupt, type CorruptionOptions } from './corruption.ts';
export * from './draw-patch.ts';
