import type { Variant } from './experiment-recipe.ts';

/** What parts of an experiment take, from what one training patch of its autoencoder takes here (forward, backward, Adam, without turning). Seconds. */

/** Starting a process and opening the engine. */
const START_SECONDS = 3;
/** Decoding, residuals, files and metrics of one evaluated megapixel. */
const MEGAPIXEL_SECONDS = 2;
/** What a variant's step costs beside the plain autoencoder's: turning patches and back, localising, searching, the SSIM loss. */
const VARIANT_COST: Readonly<Record<Variant, number>> = {
  ae: 1,
  'sampler-only': 1.25,
  'stn-frozen': 1.25,
  'stn-random': 1.45,
  'stn-finetuned': 1.45,
  search: 1.8,
  'multi-start': 1.8,
  recommended: 1.8,
};
/** A pre-training step of the localisation network beside a patch of the plain autoencoder's. */
const ORIENTATION_COST = 0.6;
/** Measuring at its end how well known turns are recovered, by the network and by search. */
const RECOVERY_SECONDS = 5;

const forwardSeconds = (patches: number, regime: Variant, patchSeconds: number): number =>
  (patches * patchSeconds * VARIANT_COST[regime]) / 3;

export interface TrainingWork {
  readonly regime: Variant;
  readonly epochs: number;
  /** Of an epoch. */
  readonly patches: number;
  /** Patches that the held-out images are cut into. */
  readonly heldPatches: number;
}

export function trainingSeconds({ regime, epochs, patches, heldPatches }: TrainingWork, patchSeconds: number): number {
  return START_SECONDS + epochs * (patches * patchSeconds * VARIANT_COST[regime] + forwardSeconds(heldPatches, regime, patchSeconds));
}

export function orientationSeconds({ epochs, patches }: Pick<TrainingWork, 'epochs' | 'patches'>, patchSeconds: number): number {
  return START_SECONDS + RECOVERY_SECONDS + patches * epochs * patchSeconds * ORIENTATION_COST;
}

/** @param patches of all images that are reconstructed; @param megapixels of those that are scored */
export function evaluationSeconds(regime: Variant, patches: number, megapixels: number, patchSeconds: number): number {
  return START_SECONDS + forwardSeconds(patches, regime, patchSeconds) + megapixels * MEGAPIXEL_SECONDS;
}
