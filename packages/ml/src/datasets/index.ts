export * from './decode-images.ts';
export * from './dataset-hash.ts';
export * from './dataset.ts';
export * from './layout.ts';
export * from './read-mvtec.ts';
export * from './validation-split.ts';
