import { setImmediate } from 'node:timers/promises';
import * as tf from '@tensorflow/tfjs';
import { operationsOf } from '../engine/index.ts';
import { regionOfInterest } from '../geometry/index.ts';
import { LocalisationPass, NetworkFrame, openNormaliser, type Localisation } from '../models/index.ts';
import type { Recipe } from '../recipes/index.ts';
import { throwIfAborted, type NetworkState } from '../run/index.ts';
import { OrientationLoss, type BatchShape, type Recovery } from '../transformer/index.ts';
import { Adam } from './adam.ts';
import { localisationOf, startingLocalisation } from './orientation-start.ts';
import type { PreparedData } from './prepare.ts';
import type { TraineeOptions } from './reconstruction-trainee.ts';
import { chanceOf, measureRecovery } from './recovery.ts';
import type { RecoveryReport } from './recovery-report.ts';
import { standardisationOf } from './statistics.ts';
import type { Chosen, Measured, StepLoss, Trainee } from './trainee.ts';

/** Held-out patches measured at once. */
const BATCH = 32;

/** Pre-training of the localisation network on the normalisation loss J (Section 6, Fig. 5). */
export class OrientationTrainee implements Trainee {
  readonly #recipe: Recipe;
  readonly #data: PreparedData;
  readonly #network: Localisation;
  readonly #frame: NetworkFrame;
  readonly #adam: Adam;
  readonly #loss: OrientationLoss;
  readonly #standardisation: NetworkState['standardisation'];

  constructor({ engine, recipe, data, seed, checkpoint }: Omit<TraineeOptions, 'localisation'>) {
    const roi = regionOfInterest(recipe.geometry);
    this.#recipe = recipe;
    this.#data = data;
    this.#network = localisationOf(operationsOf(engine), recipe);
    this.#standardisation = standardisationOf(recipe, data.statistics);
    this.#frame = new NetworkFrame(roi, recipe.channels, this.#standardisation);
    const state = checkpoint?.networks['localisation'] ?? startingLocalisation(recipe, this.#network.layers, seed, this.#standardisation);
    this.#adam = new Adam(state, recipe.orientation.training);
    this.#loss = new OrientationLoss(roi, recipe.orientation.mask);
  }

  get patches(): number {
    return this.#data.patches.count;
  }

  get steps(): number {
    return this.#adam.steps;
  }

  /** Loss and objective are the mean J of the patches, each at the network's α. */
  async step({ indices }: Chosen, rate: number): Promise<StepLoss> {
    const values = this.#data.patches.batch(indices);
    const pass = await this.#forward(values, indices.length);
    const { values: losses, angles } = this.#loss.gradients(values, this.#shape(indices.length), pass.angles);
    for (let i = 0; i < angles.length; i++) angles[i] = angles[i]! / angles.length;
    const gradient = pass.backward(angles);
    this.#adam.apply(gradient, rate);
    gradient.dispose();
    const loss = meanOf(losses);
    return { loss, objective: loss };
  }

  /** Mean J over held-out patches. */
  async measure(signal: AbortSignal | undefined): Promise<Measured> {
    const { held } = this.#data;
    if (held.count === 0) return { loss: null, preview: [], angles: null };
    const turned = new Float64Array(held.count);
    let sum = 0;
    for (let at = 0; at < held.count; at += BATCH) {
      await setImmediate();
      throwIfAborted(signal, 'Training');
      const indices = Int32Array.from({ length: Math.min(BATCH, held.count - at) }, (_, i) => at + i);
      const values = held.patches.batch(indices);
      const pass = await this.#forward(values, indices.length);
      const losses = this.#loss.values(values, this.#shape(indices.length), pass.angles);
      turned.set(pass.angles, at);
      pass.dispose();
      sum += meanOf(losses) * losses.length;
    }
    return { loss: sum / held.count, preview: [], angles: turned };
  }

  /** How well the network, and exhaustive search, recover known rotations of held-out patches; null without any. */
  async recovery(best: NetworkState, seed: number, signal: AbortSignal | undefined): Promise<RecoveryReport | null> {
    if (this.#data.held.count === 0) return null;
    const by = async (kind: 'stn-frozen' | 'search'): Promise<Recovery> => {
      const recipe: Recipe = { ...this.#recipe, regime: { kind, sampler: 'bilinear' } };
      const normaliser = openNormaliser({ operations: this.#network.operations, recipe, seed, localisation: best });
      if (!normaliser) throw new Error(`the regime ${kind} has a normaliser`);
      try {
        return await measureRecovery(normaliser, this.#data.held, this.#frame, signal);
      } finally {
        normaliser.dispose();
      }
    };
    return { network: await by('stn-frozen'), search: await by('search'), chance: chanceOf(this.#data.held) };
  }

  #shape(count: number): BatchShape {
    return { count, side: this.#frame.side, channels: this.#frame.channels };
  }

  async #forward(values: Float32Array, count: number): Promise<LocalisationPass> {
    const { side, channels } = this.#frame;
    const raw = tf.tensor4d(values, [count, side, side, channels]);
    const seen = this.#frame.standardised(raw);
    raw.dispose();
    const pass = await LocalisationPass.forward(this.#network, this.#adam.weights, seen);
    seen.dispose();
    return pass;
  }

  async networks(): Promise<Record<string, NetworkState>> {
    return { localisation: { ...(await this.#adam.state()), standardisation: this.#standardisation } };
  }

  dispose(): void {
    this.#adam.dispose();
    this.#frame.dispose();
  }
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
