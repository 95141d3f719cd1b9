import type { Operations } from '../engine/index.ts';
import { initialLocalisation, localisationLayers, type Layer, type Localisation } from '../models/index.ts';
import { Random } from '../random/index.ts';
import type { Recipe } from '../recipes/index.ts';
import type { NetworkState } from '../run/index.ts';

/** The localisation network of a recipe. */
export function localisationOf(operations: Operations, { channels, orientation }: Recipe): Localisation {
  return { operations, layers: localisationLayers(channels, orientation), orientation };
}

/** Its first weights, the same for pre-training and for the regime that starts at random. */
export function startingLocalisation(
  { orientation }: Recipe,
  layers: readonly Layer[],
  seed: number,
  standardisation: NetworkState['standardisation'],
): NetworkState {
  const weights = initialLocalisation(layers, orientation, Random.of('localisation', seed));
  return { weights, moments: null, steps: 0, standardisation };
}
