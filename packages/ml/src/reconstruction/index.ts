export { contentFields, networkImage, type Rectangle } from './network-image.ts';
export { Reconstructor } from './reconstructor.ts';
