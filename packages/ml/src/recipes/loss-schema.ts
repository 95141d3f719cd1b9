import { z } from 'zod';
import { about, positive, share } from './field.ts';
import { windowOptions } from './window-schema.ts';

const weight = (fallback: number, help: string) => z.number().min(0).max(1e6).default(fallback).meta(about('Weight', help));

/** What the reconstruction is compared by (Section 2, Eq. 1–3). Differences are of values in [0,1]. */
const imageSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('l2') }),
    z.strictObject({ kind: z.literal('l1') }),
    z.strictObject({ kind: z.literal('ssim'), ...windowOptions('Loss', 'Weights inside the SSIM window of the loss') }),
    z.strictObject({
      kind: z.literal('features'),
      weight: weight(1, 'Of the features beside the squared difference (Eq. 3); the extractor is fixed, with random weights'),
      image: weight(1, 'Of the squared difference itself'),
    }),
    z.strictObject({
      kind: z.literal('perceptual'),
      image: weight(
        0,
        'Of the absolute difference of pixels beside the features, which a fixed network with random weights gives, not a pretrained one',
      ),
    }),
  ])
  .prefault({ kind: 'l2' });

/** What is asked of the code z beside the image (R in Eq. 2). */
const latentSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({
      kind: z.literal('sparse-kl'),
      weight: weight(1e-3, 'Of the divergence'),
      target: z
        .number()
        .min(1e-4)
        .max(0.9999)
        .default(0.05)
        .meta(about('Target activity', 'Mean of sigmoid(z) over a batch that is aimed at')),
    }),
    z.strictObject({ kind: z.literal('sparse-l1'), weight: weight(1e-4, 'Of the mean |z|') }),
    z.strictObject({
      kind: z.literal('contractive'),
      weight: weight(1e-4, 'Of ‖∂z/∂x‖², estimated along one random direction a step'),
    }),
    z.strictObject({ kind: z.literal('variational'), beta: weight(1e-4, 'β of the divergence from the standard normal') }),
    z.strictObject({
      kind: z.literal('adversarial'),
      weight: weight(1e-3, 'Of fooling the discriminator of codes'),
      hidden: positive.max(4096).default(64).meta(about('Discriminator width', 'Units of each of its two hidden layers')),
      learningRate: z.number().min(1e-9).max(1).default(1e-3).meta(about('Discriminator rate', "Of the discriminator's Adam")),
    }),
    z.strictObject({
      kind: z.literal('siamese'),
      weight: weight(1e-2, 'Of 1 − cosine between the codes of two patches of the batch'),
    }),
  ])
  .prefault({ kind: 'none' });

const touched = z
  .number()
  .min(0)
  .max(1000)
  .default(1)
  .meta(about('Weight of touched pixels', 'How much a corrupted pixel counts in the loss beside an untouched one'));

/** What is done to the input, not to the target (C in Eq. 4). */
const corruptionSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({
      kind: z.literal('noise'),
      deviation: share.default(0.1).meta(about('Noise', 'Standard deviation of the Gaussian noise, values in [0,1]')),
      touched,
    }),
    z.strictObject({
      kind: z.literal('blocks'),
      count: positive.max(256).default(3).meta(about('Blocks', 'Deleted squares a patch')),
      side: positive
        .max(128)
        .default(12)
        .meta(about('Block side', 'Of each deleted square', 'px')),
      touched,
    }),
  ])
  .prefault({ kind: 'none' });

export const lossSchema = z.strictObject({
  image: imageSchema,
  region: z.enum(['roi', 'all']).default('roi').meta(about('Loss region', 'Entries that count: the patch itself, or the padding as well')),
  taken: z
    .enum(['after', 'before'])
    .default('after')
    .meta(about('Loss taken', 'after the reconstruction is turned back, or before, on the normalised patch')),
  latent: latentSchema,
  corruption: corruptionSchema,
});
