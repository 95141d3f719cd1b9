import { z } from 'zod';
import { about, positive } from './field.ts';
import { trainingSchema } from './training-schema.ts';

/** The localisation network (Table 2) and its pre-training on the normalisation loss J (Eq. 6–7). */
export const orientationSchema = z.strictObject({
  side: z
    .union([z.literal(64), z.literal(128)])
    .default(64)
    .meta(about('Localisation input', 'Side of what the localisation network sees; 64 is the mean of 2 × 2 pixels', 'px')),
  colours: z
    .enum(['grey', 'all'])
    .default('grey')
    .meta(about('Localisation colours', 'Whether the localisation network sees the mean of the channels or each of them')),
  head: z
    .enum(['vector', 'scalar'])
    .default('vector')
    .meta(about('Head', 'vector: (cos 2α, sin 2α), since orientation is known modulo 180°; scalar: α itself (Section 6.1)')),
  initialisation: z
    .enum(['random', 'identity'])
    .default('random')
    .meta(about('Last layer', 'identity starts it at weights 0, so that α is 0; from there the vector head learns less well')),
  mask: z
    .enum(['disc', 'after', 'before'])
    .default('disc')
    .meta(
      about(
        'Mask of J',
        'disc: gradients inside the inscribed disc count, the same pixels at every angle; after: inside the turned region; before: the image is masked first, the letter of Eq. 7',
      ),
    ),
  degrees: z
    .number()
    .min(1)
    .max(180)
    .nullable()
    .default(180)
    .meta(
      about(
        'Pre-training rotation',
        'Every pre-training patch is turned by an angle from ± this; null = as the augmentation turns patches',
        '°',
      ),
    ),
  patches: positive
    .nullable()
    .default(2000)
    .meta(about('Pre-training patches', 'How many patches the localisation network learns from; null = as many as the autoencoder')),
  training: trainingSchema({ epochs: 12, batch: 16, warmup: 0, learningRate: 2e-3 }).prefault({}),
});

const sampler = z
  .enum(['bilinear', 'legacy', 'nearest'])
  .default('bilinear')
  .meta(
    about(
      'Sampler',
      'How pixels are turned: bilinear about pixel centres; legacy, of an early implementation, does not keep the identity; nearest gives α no gradient',
    ),
  );

const rateShare = z
  .number()
  .min(0)
  .max(100)
  .default(1)
  .meta(about('Localisation rate', "Learning rate of the localisation network as a share of the autoencoder's"));

/** How orientation normalisation takes part (Section 5): the paper's four, our controls, and the pre-training alone. */
export const regimeSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('ae') }),
    z.strictObject({ kind: z.literal('stn-random'), sampler, rateShare }),
    z.strictObject({ kind: z.literal('stn-frozen'), sampler }),
    z.strictObject({ kind: z.literal('stn-finetuned'), sampler, rateShare }),
    z.strictObject({ kind: z.literal('sampler-only'), sampler }),
    z.strictObject({ kind: z.literal('search'), sampler }),
    z.strictObject({
      kind: z.literal('multi-start'),
      sampler,
      starts: z
        .number()
        .int()
        .min(2)
        .max(36)
        .default(4)
        .meta(about('Starts', 'The network sees the patch turned this many ways over 180°; the answer with the lowest J counts')),
    }),
    z.strictObject({ kind: z.literal('orientation') }),
  ])
  .prefault({ kind: 'ae' });
