export * from './residual-map.ts';
export * from './statistics.ts';
