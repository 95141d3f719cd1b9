import type { z } from 'zod';
import type { lossSchema } from './loss-schema.ts';

interface Parts {
  readonly geometry: { readonly kind: 'image'; readonly patch: number } | { readonly kind: 'patch'; readonly patch: number; readonly padded: number; readonly input: number }; // prettier-ignore
  readonly loss: z.infer<typeof lossSchema>;
  readonly training: { readonly batch: number };
}

export interface LossProblem {
  readonly path: string[];
  readonly message: string;
}

/** Side of the network input's part that holds image, in whole pixels. */
function contentSide(geometry: Parts['geometry']): number {
  return geometry.kind === 'image' ? geometry.patch : Math.floor((geometry.input * geometry.patch) / geometry.padded);
}

/** What in a loss cannot work with the rest of its recipe, and would train nothing; null where all fits. */
export function lossProblem({ geometry, loss, training }: Parts): LossProblem | null {
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
