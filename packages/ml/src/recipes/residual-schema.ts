import { z } from 'zod';
import { about } from './field.ts';
import { windowOptions } from './window-schema.ts';

/** How residual maps are made of input and reconstruction, and what is read from them. */
export const residualSchema = z.strictObject({
  ssim: z.strictObject(windowOptions('SSIM', 'Weights inside the window')).prefault({}),
  mse: z
    .strictObject({
      sigma: z
        .number()
        .min(0)
        .max(20)
        .default(0)
        .meta(about('MSE smoothing σ', 'Of the Gaussian that smooths the MSE map at network scale; 0 leaves it as it is', 'px')),
      expected: z
        .boolean()
        .default(false)
        .meta(
          about(
            'MSE by expectation',
            'Divide the squared difference by what good validation images have where the input changes as much: edges are hard to draw',
          ),
        ),
    })
    .prefault({}),
  imageScore: z.enum(['max', 'top1pc', 'mean']).default('top1pc').meta(about('Image score', 'How a residual map becomes one number')),
  thresholdQuantile: z
    .number()
    .min(0.5)
    .max(1)
    .default(0.995)
    .meta(about('Threshold quantile', 'The threshold is this quantile over good validation images')),
  paperMode: z
    .boolean()
    .default(false)
    .meta(
      about(
        'Paper mode',
        'Also measures as the paper may have: 256 evenly spaced thresholds, score > T, areas without anchors, IoU averaged over images',
      ),
    ),
});
