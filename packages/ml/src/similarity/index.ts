export * from './means.ts';
export * from './squared-error.ts';
export * from './ssim.ts';
export { defaultSsim, windowRadius, type SsimOptions } from './window.ts';
