export { ExpectedResidualFit, storedExpectation, type ExpectedResidual } from './expected-residual.ts';
export { addToFit, atOriginalSize, invalidBorder, residualFields, validRegion } from './residual-fields.ts';
export * from './residual-map.ts';
export * from './statistics.ts';
