export { networkImage } from './network-image.ts';
export { Reconstructor } from './reconstructor.ts';
