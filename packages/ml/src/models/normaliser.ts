import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../engine/index.ts';
import { regionOfInterest } from '../geometry/index.ts';
import { Random } from '../random/index.ts';
import type { Recipe } from '../recipes/index.ts';
import { multiStart, OrientationLoss, searchOrientation, type BatchShape, type Sampler } from '../transformer/index.ts';
import { NetworkFrame, type Standardisation } from './frame.ts';
import { localisationLayers } from './localisation.ts';
import { estimateAngles, type Localisation } from './localisation-pass.ts';
import { cutWeights, disposeWeights, type LayerWeights } from './network.ts';

/** Network inputs that want an orientation. */
export interface PatchBatch {
  /** [count, side, side, channels] in [0,1], 0 in the padding. */
  readonly patches: tf.Tensor4D;
  /** The same values. */
  readonly values: Float32Array;
  /** Names a patch where its angle is drawn at random; equal names get equal angles. */
  readonly keys: readonly string[];
}

/** Gives every patch the angle α (radians) that turns it into the common orientation. Owns tensors until `dispose`. */
export interface Normaliser {
  readonly sampler: Sampler;
  /** Whether angles follow from the keys alone, not from what the patch shows. */
  readonly random: boolean;
  angles(batch: PatchBatch): Promise<Float64Array>;
  dispose(): void;
}

export interface NormaliserOptions {
  readonly operations: Operations;
  readonly recipe: Recipe;
  /** Of the random angles of `sampler-only`. */
  readonly seed: number;
  /** Weights of the localisation network, for the regimes that have one. */
  readonly localisation: { readonly weights: Float32Array; readonly standardisation: Standardisation | null } | null;
}

/** What a recipe's regime turns patches by, with weights that stay as they are; null where it turns none. */
export function openNormaliser({ operations, recipe, seed, localisation }: NormaliserOptions): Normaliser | null {
  const { regime } = recipe;
  switch (regime.kind) {
    case 'ae':
      return null;
    case 'sampler-only':
      return new RandomNormaliser(regime.sampler, seed);
    case 'search':
      return new SearchNormaliser(recipe, regime.sampler);
    case 'orientation':
      return new NetworkNormaliser(operations, recipe, 'bilinear', 1, localisation);
    case 'multi-start':
      return new NetworkNormaliser(operations, recipe, regime.sampler, regime.starts, localisation);
    default:
      return new NetworkNormaliser(operations, recipe, regime.sampler, 1, localisation);
  }
}

const shapeOf = ({ patches }: PatchBatch): BatchShape => ({
  count: patches.shape[0],
  side: patches.shape[1],
  channels: patches.shape[3] as 1 | 3,
});

/** The control: what turning and turning back alone does. */
class RandomNormaliser implements Normaliser {
  readonly random = true;
  readonly sampler: Sampler;
  readonly #seed: number;

  constructor(sampler: Sampler, seed: number) {
    this.sampler = sampler;
    this.#seed = seed;
  }

  angles({ keys }: PatchBatch): Promise<Float64Array> {
    return Promise.resolve(Float64Array.from(keys, (key) => 2 * Math.PI * Random.of('turn', this.#seed, key).next()));
  }

  dispose(): void {
    // Owns nothing.
  }
}

/** The orientation of lowest J by exhaustive search. */
class SearchNormaliser implements Normaliser {
  readonly random = false;
  readonly sampler: Sampler;
  readonly #loss: OrientationLoss;

  constructor({ geometry, orientation }: Recipe, sampler: Sampler) {
    this.sampler = sampler;
    this.#loss = new OrientationLoss(regionOfInterest(geometry), orientation.mask);
  }

  angles(batch: PatchBatch): Promise<Float64Array> {
    return Promise.resolve(searchOrientation(this.#loss, batch.values, shapeOf(batch)).angles);
  }

  dispose(): void {
    // Owns nothing.
  }
}

/** The localisation network's answer, or the best of its answers to a patch turned several ways. */
class NetworkNormaliser implements Normaliser {
  readonly random = false;
  readonly sampler: Sampler;
  readonly #network: Localisation;
  readonly #weights: readonly LayerWeights[];
  readonly #frame: NetworkFrame;
  readonly #starts: number;
  readonly #loss: OrientationLoss;

  constructor(operations: Operations, recipe: Recipe, sampler: Sampler, starts: number, localisation: NormaliserOptions['localisation']) {
    if (!localisation) throw new Error(`the regime ${recipe.regime.kind} needs the weights of a localisation network`);
    const { geometry, channels, orientation } = recipe;
    const roi = regionOfInterest(geometry);
    this.sampler = sampler;
    this.#starts = starts;
    this.#network = { operations, layers: localisationLayers(channels, orientation), orientation };
    const flat = tf.tensor1d(localisation.weights);
    this.#weights = cutWeights(this.#network.layers, flat);
    flat.dispose();
    this.#frame = new NetworkFrame(roi, channels, localisation.standardisation);
    this.#loss = new OrientationLoss(roi, orientation.mask);
  }

  async angles(batch: PatchBatch): Promise<Float64Array> {
    if (this.#starts === 1) return await this.#localise(batch.patches);
    const localise = async (values: Float32Array, { count, side, channels }: BatchShape): Promise<Float64Array> => {
      const patches = tf.tensor4d(values, [count, side, side, channels]);
      const angles = await this.#localise(patches);
      patches.dispose();
      return angles;
    };
    return (await multiStart(this.#loss, batch.values, shapeOf(batch), localise, this.#starts)).angles;
  }

  async #localise(patches: tf.Tensor4D): Promise<Float64Array> {
    const seen = this.#frame.standardised(patches);
    const angles = await estimateAngles(this.#network, this.#weights, seen);
    seen.dispose();
    return angles;
  }

  dispose(): void {
    disposeWeights(this.#weights);
    this.#frame.dispose();
  }
}
