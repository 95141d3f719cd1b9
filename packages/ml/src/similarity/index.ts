export * from './means.ts';
export { smoothedMap } from './smoothed-map.ts';
export * from './squared-error.ts';
export * from './ssim.ts';
export { defaultSsim, windowRadius, windowWeights, type SsimOptions } from './window.ts';
