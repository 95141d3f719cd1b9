import { setImmediate } from 'node:timers/promises';
import * as tf from '@tensorflow/tfjs';
import type { Engine } from '../engine/index.ts';
import { operationsOf } from '../engine/index.ts';
import { regionOfInterest } from '../geometry/index.ts';
import {
  autoencoderLayers,
  initialWeights,
  LocalisationPass,
  NetworkFrame,
  openNormaliser,
  type Localisation,
  type Normaliser,
} from '../models/index.ts';
import { Random } from '../random/index.ts';
import type { Recipe } from '../recipes/index.ts';
import type { Checkpoint, NetworkState } from '../run/index.ts';
import { Adam } from './adam.ts';
import { localisationOf, startingLocalisation } from './orientation-start.ts';
import type { PreparedData } from './prepare.ts';
import { disposeShown, Objective, type Shown } from './objective.ts';
import { trainingStep, type StepInputs, type Turned } from './step.ts';
import type { Chosen, Measured, StepLoss, Trainee } from './trainee.ts';
import { standardisationOf } from './statistics.ts';
import { Validator } from './validation.ts';

/** Patches whose angles are computed at once. */
const ANGLES_AT_ONCE = 32;

export interface TraineeOptions {
  readonly engine: Engine;
  readonly recipe: Recipe;
  readonly data: PreparedData;
  readonly seed: number;
  /** To go on from; null at the beginning. */
  readonly checkpoint: Checkpoint | null;
  /** Pre-trained localisation network; null where the regime has none, or starts at random. */
  readonly localisation: NetworkState | null;
}

/** Localisation network that learns together with the autoencoder. */
interface Learning {
  readonly network: Localisation;
  readonly adam: Adam;
  readonly frame: NetworkFrame;
  readonly rateShare: number;
}

/**
 * An autoencoder in one of the regimes of Section 8.1. All of them see the same patches in the same order from the same first weights; they differ
 * in where each patch's α comes from, and in whether gradients reach the network that gives it.
 */
export class ReconstructionTrainee implements Trainee {
  readonly #recipe: Recipe;
  readonly #data: PreparedData;
  readonly #step: StepInputs;
  readonly #normaliser: Normaliser | null;
  readonly #learning: Learning | null;
  readonly #localisation: NetworkState | null;
  readonly #standardisation: NetworkState['standardisation'];
  /** α of every training patch where nothing changes it; computed at the first step. */
  #fixed: Float64Array | null = null;

  constructor({ engine, recipe, data, seed, checkpoint, localisation }: TraineeOptions) {
    const operations = operationsOf(engine);
    const layers = autoencoderLayers(recipe);
    const roi = regionOfInterest(recipe.geometry);
    this.#recipe = recipe;
    this.#data = data;
    this.#standardisation = standardisationOf(recipe, data.statistics);
    const frame = new NetworkFrame(roi, recipe.channels, this.#standardisation);
    const kept = checkpoint?.networks['autoencoder'];
    const adam = kept
      ? new Adam(kept, recipe.training)
      : Adam.start(initialWeights(layers, recipe.model.initialisation, Random.of('weights', seed)), recipe.training);
    const objective = new Objective({ operations, recipe, frame, roi, seed, networks: checkpoint?.networks ?? {} });
    this.#step = { operations, layers, frame, adam, objective };
    this.#localisation = checkpoint?.networks['localisation'] ?? localisation;
    this.#learning = this.#learns(seed);
    this.#normaliser = this.#learning ? null : openNormaliser({ operations, recipe, seed, localisation: this.#localisation });
  }

  #learns(seed: number): Learning | null {
    const { regime, geometry, channels, training } = this.#recipe;
    if (regime.kind !== 'stn-random' && regime.kind !== 'stn-finetuned') return null;
    const network = localisationOf(this.#step.operations, this.#recipe);
    const state = this.#localisation ?? startingLocalisation(this.#recipe, network.layers, seed, this.#standardisation);
    return {
      network,
      adam: new Adam(state, training),
      frame: new NetworkFrame(regionOfInterest(geometry), channels, state.standardisation),
      rateShare: regime.rateShare,
    };
  }

  get patches(): number {
    return this.#data.patches.count;
  }

  get steps(): number {
    return this.#step.adam.steps;
  }

  /** α is that of the patch as it is, whatever the autoencoder is shown. */
  async step({ indices, epoch }: Chosen, rate: number): Promise<StepLoss> {
    const { side, channels } = this.#step.frame;
    const values = this.#data.patches.batch(indices);
    const target = tf.tensor4d(values, [indices.length, side, side, channels]);
    const shown = this.#step.objective.shown(values, target.shape, this.steps);
    try {
      if (this.#learning) return await this.#stepLearning(this.#learning, target, shown, rate);
      return await trainingStep(this.#step, target, rate, { shown, turned: await this.#turned(indices, epoch) });
    } finally {
      target.dispose();
      disposeShown(shown);
    }
  }

  async #stepLearning(
    { network, adam, frame, rateShare }: Learning,
    target: tf.Tensor4D,
    shown: Shown | null,
    rate: number,
  ): Promise<StepLoss> {
    const { regime } = this.#recipe;
    if (!('sampler' in regime)) throw new Error(`the regime ${regime.kind} turns nothing`);
    const seen = frame.standardised(target);
    const pass = await LocalisationPass.forward(network, adam.weights, seen);
    seen.dispose();
    let towardsAngles: Float64Array | null = null;
    const turned: Turned = { sampler: regime.sampler, angles: pass.angles, learn: (gradient) => (towardsAngles = gradient) };
    const loss = await trainingStep(this.#step, target, rate, { turned, shown });
    const gradient = pass.backward(towardsAngles ?? new Float64Array(pass.angles.length));
    adam.apply(gradient, rate * rateShare);
    gradient.dispose();
    return loss;
  }

  async #turned(indices: Int32Array, epoch: number): Promise<Turned | null> {
    const normaliser = this.#normaliser;
    if (!normaliser) return null;
    const { sampler } = normaliser;
    if (normaliser.random)
      return { sampler, angles: await this.#anglesOf(normaliser, indices, (index) => `patch ${index} epoch ${epoch}`) };
    this.#fixed ??= await this.#anglesOfAll(normaliser);
    const fixed = this.#fixed;
    return { sampler, angles: Float64Array.from(indices, (index) => fixed[index]!) };
  }

  /** In the order of the store, whatever order training has: a resumed run must find the same angles to the last bit. */
  async #anglesOfAll(normaliser: Normaliser): Promise<Float64Array> {
    const angles = new Float64Array(this.patches);
    for (let at = 0; at < angles.length; at += ANGLES_AT_ONCE) {
      await setImmediate();
      const indices = Int32Array.from({ length: Math.min(ANGLES_AT_ONCE, angles.length - at) }, (_, i) => at + i);
      angles.set(await this.#anglesOf(normaliser, indices, (index) => `patch ${index}`), at);
    }
    return angles;
  }

  async #anglesOf(normaliser: Normaliser, indices: Int32Array, key: (index: number) => string): Promise<Float64Array> {
    const { side, channels } = this.#step.frame;
    const values = this.#data.patches.batch(indices);
    const patches = tf.tensor4d(values, [indices.length, side, side, channels]);
    const angles = await normaliser.angles({ values, patches, keys: Array.from(indices, key) });
    patches.dispose();
    return angles;
  }

  async measure(signal: AbortSignal | undefined): Promise<Measured> {
    const normaliser = this.#learning ? await this.#current(this.#learning) : this.#normaliser;
    try {
      return await new Validator(this.#step, this.#recipe.geometry, this.#data.validation, normaliser).measure(signal);
    } finally {
      if (normaliser !== this.#normaliser) normaliser?.dispose();
    }
  }

  /** The localisation network as it is now. */
  async #current({ adam, network, frame }: Learning): Promise<Normaliser> {
    const state = { ...(await adam.state()), standardisation: frame.standardisation };
    const normaliser = openNormaliser({ operations: network.operations, recipe: this.#recipe, seed: 0, localisation: state });
    if (!normaliser) throw new Error('a regime that learns its localisation network has one');
    return normaliser;
  }

  async networks(): Promise<Record<string, NetworkState>> {
    const autoencoder = { ...(await this.#step.adam.state()), standardisation: this.#standardisation };
    const own = { autoencoder, ...(await this.#step.objective.code.networks()) };
    if (this.#learning)
      return {
        ...own,
        localisation: { ...(await this.#learning.adam.state()), standardisation: this.#learning.frame.standardisation },
      };
    return this.#localisation ? { ...own, localisation: { ...this.#localisation, moments: null, steps: 0 } } : own;
  }

  dispose(): void {
    this.#step.adam.dispose();
    this.#step.frame.dispose();
    this.#step.objective.dispose();
    this.#normaliser?.dispose();
    this.#learning?.adam.dispose();
    this.#learning?.frame.dispose();
  }
}
