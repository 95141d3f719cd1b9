export { atOriginalSize, residualFields } from './residual-fields.ts';
export * from './residual-map.ts';
export * from './statistics.ts';
