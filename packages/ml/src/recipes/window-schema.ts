import { z } from 'zod';
import { about } from './field.ts';

/** The window that SSIM is taken in, for residual maps and for the loss. @param of what its titles begin with */
export const windowOptions = (of: 'SSIM' | 'Loss', help: string) => ({
  window: z
    .enum(['gaussian', 'uniform'])
    .default('gaussian')
    .meta(about(`${of} window`, help)),
  sigma: z
    .number()
    .min(0.1)
    .max(20)
    .default(1.5)
    .meta(about(`${of} σ`, 'Of the Gaussian window', 'px')),
  size: z
    .number()
    .int()
    .min(3)
    .max(63)
    .default(11)
    .refine((size) => size % 2 === 1, { message: 'must be odd, so that the window has a centre' })
    .meta(about(`${of} window size`, 'Side of the window', 'px')),
});
