import type { Operations } from '../engine/index.ts';
import type { Recipe } from '../recipes/index.ts';
import { absoluteDifference } from './absolute-difference.ts';
import { FeatureExtractor } from './feature-extractor.ts';
import { FeatureLoss } from './feature-loss.ts';
import type { ImageLoss } from './image-loss.ts';
import { PerceptualLoss } from './perceptual-loss.ts';
import { squaredDifference } from './squared-difference.ts';
import { SsimLoss } from './ssim-loss.ts';

/** The image loss a recipe asks for, on images of [side, side, channels]. @throws RangeError where its window is larger than the image */
export function createImageLoss(options: Recipe['loss']['image'], operations: Operations, side: number, channels: number): ImageLoss {
  switch (options.kind) {
    case 'l2':
      return squaredDifference;
    case 'l1':
      return absoluteDifference;
    case 'ssim':
      return new SsimLoss(side, options);
    case 'features':
      return new FeatureLoss(new FeatureExtractor(operations, side, channels), options);
    case 'perceptual':
      return new PerceptualLoss(new FeatureExtractor(operations, side, channels), options);
  }
}
