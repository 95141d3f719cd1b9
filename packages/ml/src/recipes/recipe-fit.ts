import type { z } from 'zod';
import type { lossSchema } from './loss-schema.ts';
import type { regimeSchema } from './orientation-schema.ts';

interface Parts {
  readonly geometry: { readonly kind: 'image'; readonly patch: number } | { readonly kind: 'patch'; readonly patch: number; readonly padded: number; readonly input: number }; // prettier-ignore
  readonly loss: z.infer<typeof lossSchema>;
  readonly training: { readonly batch: number };
  readonly regime: z.infer<typeof regimeSchema>;
}

export interface RecipeProblem {
  readonly path: string[];
  readonly message: string;
}

/** Side of the network input's part that holds image, in whole pixels. */
function contentSide(geometry: Parts['geometry']): number {
  return geometry.kind === 'image' ? geometry.patch : Math.floor((geometry.input * geometry.patch) / geometry.padded);
}

/** Below it no pixel of the patch is left to measure J on: the filters reach 3 pixels at half the side, and the patch turns. */
const MEASURABLE_PATCH = 32;

/** What in a recipe does not fit together, and would train nothing or the wrong thing; null where all fits. */
export function recipeProblem(parts: Parts): RecipeProblem | null {
  return lossProblem(parts) ?? regimeProblem(parts);
}

function regimeProblem({ geometry, loss, regime }: Parts): RecipeProblem | null {
  if (regime.kind === 'ae' || regime.kind === 'sampler-only') return null;
  if (regime.kind !== 'stn-random' && contentSide(geometry) < MEASURABLE_PATCH)
    return {
      path: ['geometry', 'patch'],
      message: `must leave at least ${MEASURABLE_PATCH} px of content in the input for an orientation to be measured`,
    };
  if (regime.kind !== 'stn-random' && regime.kind !== 'stn-finetuned') return null;
  if (regime.sampler === 'nearest')
    return {
      path: ['regime', 'sampler'],
      message: `must be bilinear or legacy with regime.kind=${regime.kind}: nearest gives the localisation network no gradient, and decay alone would unlearn it`,
    };
  if (loss.taken === 'before' && loss.image.kind !== 'l2' && loss.image.kind !== 'l1')
    return {
      path: ['loss', 'taken'],
      message: `must be after with regime.kind=${regime.kind} and loss.image.kind=${loss.image.kind}, whose gradient towards the turned patch is not known`,
    };
  return null;
}

function lossProblem({ geometry, loss, training }: Parts): RecipeProblem | null {
  const { image, latent, corruption } = loss;
  if (image.kind === 'ssim' && loss.region === 'roi') {
    // A square window inside a square turned by 45°.
    const turned = loss.taken === 'before' ? Math.SQRT2 : 1;
    const largest = Math.floor(contentSide(geometry) / turned);
    if (image.size > largest)
      return {
        path: ['loss', 'image', 'size'],
        message: `must be at most ${largest}, or no window lies whole inside the region of interest`,
      };
  }
  if (latent.kind === 'siamese' && training.batch < 2)
    return { path: ['training', 'batch'], message: 'must be at least 2 with loss.latent.kind=siamese, which compares pairs of a batch' };
  if (corruption.kind === 'noise' && corruption.touched === 0)
    return { path: ['loss', 'corruption', 'touched'], message: 'must be above 0, as noise touches every pixel of a patch' };
  return null;
}
