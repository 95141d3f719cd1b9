export { BadImageError, quantise8, type BadImageReason } from '../geometry/index.ts';
export * from './decode.ts';
export * from './float32-tiff.ts';
export { inspectImage, limitInputPixels, type ImageFacts } from './inspect.ts';
export * from './mask.ts';
export * from './png8.ts';
export type { ImageFormat } from './sniff.ts';
export type { ImageSource, SourceOptions } from './source.ts';
export * from './difference-hash.ts';
