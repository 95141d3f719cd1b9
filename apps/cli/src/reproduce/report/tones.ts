import type { Tone } from '@plumbline/ml/figures';
import type { Variant } from '@plumbline/ml/experiment';

/** One look of a variant in every figure: the plain autoencoder is the grey baseline. */
export const TONES: Readonly<Record<Variant, Tone>> = {
  ae: 'neutral',
  'stn-frozen': 'accent',
  'stn-random': 3,
  'stn-finetuned': 0,
  'sampler-only': 2,
  search: 1,
  'multi-start': 4,
  recommended: 5,
};
