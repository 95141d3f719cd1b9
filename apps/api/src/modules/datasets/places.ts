import { nameSchema } from '../../validation.ts';

/** In any letters: "Good" beside "good" would be taken for a defect. */
export const isGood = (label: string): boolean => label.toLowerCase() === 'good';

/** `good`, or the name of a defect type; it names folders of exports. */
export const labelSchema = nameSchema('defect', 80)
  .refine((label) => !/[\\/]|^\./.test(label), 'A label holds no slashes and begins with no dot; take another name.')
  .refine(
    (label) => label === 'good' || !isGood(label),
    'Good images have the label good, in small letters; write it so, or name the defect.',
  );
