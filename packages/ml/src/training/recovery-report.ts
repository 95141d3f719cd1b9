import type { Recovery } from '../transformer/index.ts';

/** How known rotations of held-out patches are recovered by the network, by exhaustive search, and by always giving one angle. */
export interface RecoveryReport {
  readonly network: Recovery;
  readonly search: Recovery;
  readonly chance: Recovery;
}

/** From this share of chance's median error on, nothing was learnt. */
const NEAR_CHANCE = 2 / 3;

/** Names a pre-training that came to nothing, and why as far as the search tells; null where it went well. */
export function noOrientationMessage({ network, search, chance }: RecoveryReport): string | null {
  const near = ({ medianDegrees }: Recovery): boolean => medianDegrees > NEAR_CHANCE * chance.medianDegrees;
  if (!near(network)) return null;
  const found =
    `The localisation network recovers known rotations no better than ${network.medianDegrees.toFixed(1)}° ` +
    `(median; always giving one angle scores ${chance.medianDegrees.toFixed(1)}°)`;
  return near(search)
    ? `${found}, and exhaustive search no better than ${search.medianDegrees.toFixed(1)}°: these images have no common orientation, so use the regime ae.`
    : `${found}, though exhaustive search does to ${search.medianDegrees.toFixed(1)}°: use the regime search, or train it longer with orientation.head=vector and standardise=roi.`;
}
