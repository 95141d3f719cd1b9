import { patternProblem } from '@plumbline/ml/datasets';
import { z } from 'zod';
import { labelSchema } from './places.ts';

const split = z.enum(['train', 'validation', 'test']);
const mostImages = 20_000;

const byHand = z
  .object({
    imageIds: z.array(z.string()).max(mostImages, `More than ${mostImages} images at once; choose fewer, or all of a filter.`).nullish(),
    every: z.object({ split: split.nullish(), label: z.string().nullish() }).nullish(),
    split: split.nullish(),
    label: labelSchema.nullish(),
    deleted: z.boolean().nullish(),
  })
  .refine(
    ({ imageIds, every }) => (imageIds?.length ?? 0) > 0 !== Boolean(every),
    'Name the images, or say that all of a filter are meant.',
  )
  .refine(
    (hand) => hand.split || hand.label || typeof hand.deleted === 'boolean',
    'Say what becomes of the images: a split, a label, or deleted.',
  );

const fraction = z.number().min(0, 'A fraction is at least 0.').max(1, 'A fraction is at most 1.');
const byFractions = z
  .object({
    train: fraction,
    validation: fraction,
    test: fraction,
    seed: z
      .int()
      .min(0)
      .max(2 ** 31 - 1, 'The seed is a whole number from 0 to 2147483647.')
      .default(1),
    fewestMoves: z.boolean().nullish(),
  })
  .refine(({ train, validation, test }) => train + validation + test > 0, 'At least one fraction must be above 0.');

const byName = z
  .array(
    z.object({
      pattern: z.string().superRefine((pattern, check) => {
        const problem = patternProblem(pattern);
        if (problem) check.addIssue({ code: 'custom', message: problem });
      }),
      split,
    }),
  )
  .min(1, 'Give at least one rule.')
  .max(50, 'More than 50 rules; use wider patterns.');

/** One change of many images: by hand, by fractions, by name, or such that no leak is left. */
export const editSchema = z
  .object({
    datasetId: z.string(),
    byHand: byHand.nullish(),
    byFractions: byFractions.nullish(),
    byName: byName.nullish(),
    apartLeaks: z.boolean().nullish(),
  })
  .refine(
    ({ byHand, byFractions, byName, apartLeaks }) => [byHand, byFractions, byName, apartLeaks].filter(Boolean).length === 1,
    'Say one thing that is to be done: byHand, byFractions, byName or apartLeaks.',
  );
export type EditRequest = z.output<typeof editSchema>;
