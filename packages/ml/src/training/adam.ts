import * as tf from '@tensorflow/tfjs';
import type { Recipe } from '../recipes/index.ts';
import type { NetworkState } from '../run/index.ts';

export type AdamOptions = Pick<Recipe['training'], 'weightDecay' | 'decayKind' | 'epsilon'>;

const BETA1 = 0.9;
const BETA2 = 0.999;

/** Weights and both moments as plain arrays, and the steps taken: what a checkpoint keeps. */
export type AdamState = Omit<NetworkState, 'standardisation'>;

/**
 * Adam (Kingma & Ba 2015), bias-corrected, over one flat vector of all weights: a dozen operations instead of that many for each array.
 * w ← w − rate · m̂ / (√v̂ + ε). Owns its three vectors until `dispose`.
 */
export class Adam {
  readonly #options: AdamOptions;
  #weights: tf.Tensor1D;
  #first: tf.Tensor1D;
  #second: tf.Tensor1D;
  #steps: number;

  /** Without moments it starts afresh. */
  constructor({ weights, moments, steps }: AdamState, options: AdamOptions) {
    this.#options = options;
    this.#weights = tf.tensor1d(weights);
    this.#first = tf.tensor1d(moments?.first ?? new Float32Array(weights.length));
    this.#second = tf.tensor1d(moments?.second ?? new Float32Array(weights.length));
    this.#steps = moments ? steps : 0;
  }

  /** A fresh optimiser for the given weights. */
  static start(weights: Float32Array, options: AdamOptions): Adam {
    return new Adam({ weights, moments: null, steps: 0 }, options);
  }

  get steps(): number {
    return this.#steps;
  }

  /** The current weights; they stay the optimiser's and are replaced by the next `apply`. */
  get weights(): tf.Tensor1D {
    return this.#weights;
  }

  /** One step along the gradient, which stays the caller's. */
  apply(gradient: tf.Tensor1D, learningRate: number): void {
    this.#steps += 1;
    const { weightDecay, decayKind, epsilon } = this.#options;
    const rate = decayKind === 'learning-rate' ? learningRate / (1 + weightDecay * (this.#steps - 1)) : learningRate;
    // ε is added to √v̂, so both corrections can be moved to scalars: rate·m̂/(√v̂+ε) = (rate·c2/c1)·m/(√v + ε·c2).
    const c1 = 1 - BETA1 ** this.#steps;
    const c2 = Math.sqrt(1 - BETA2 ** this.#steps);
    const [weights, first, second] = tf.tidy(() => {
      const g = decayKind === 'l2' && weightDecay > 0 ? tf.add(gradient, tf.mul(this.#weights, weightDecay)) : gradient;
      const m = tf.add(tf.mul(this.#first, BETA1), tf.mul(g, 1 - BETA1));
      const v = tf.add(tf.mul(this.#second, BETA2), tf.mul(tf.square(g), 1 - BETA2));
      const step = tf.div(tf.mul(m, (rate * c2) / c1), tf.add(tf.sqrt(v), epsilon * c2));
      const shrunk = decayKind === 'decoupled' ? tf.mul(this.#weights, 1 - rate * weightDecay) : this.#weights;
      return [tf.sub(shrunk, step), m, v] as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D];
    });
    tf.dispose([this.#weights, this.#first, this.#second]);
    [this.#weights, this.#first, this.#second] = [weights, first, second];
  }

  async state(): Promise<AdamState> {
    const [weights, first, second] = (await Promise.all([this.#weights, this.#first, this.#second].map((vector) => vector.data()))) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    // The engine may hand out its own memory.
    return { weights: weights.slice(), moments: { first: first.slice(), second: second.slice() }, steps: this.#steps };
  }

  dispose(): void {
    tf.dispose([this.#weights, this.#first, this.#second]);
  }
}
