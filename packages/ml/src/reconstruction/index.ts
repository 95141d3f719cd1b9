export { contentFields, networkImage, rounded8, tileLayout, type Rectangle } from './network-image.ts';
export { Reconstructor } from './reconstructor.ts';
