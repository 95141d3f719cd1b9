import * as tf from '@tensorflow/tfjs';
import type { Mask } from '../geometry/index.ts';
import { corrupt } from '../augmentation/index.ts';
import { createImageLoss, squaredDifferenceParts, total, type Counted, type ImageLoss, type Measured } from '../losses/index.ts';
import type { NetworkFrame } from '../models/index.ts';
import { Random } from '../random/index.ts';
import { createCodeObjective, type CodeObjective, type CodeObjectiveOptions } from './code-objective.ts';

export interface ObjectiveOptions extends CodeObjectiveOptions {
  readonly frame: NetworkFrame;
  readonly roi: Mask;
}

/** What the network is shown in place of the target (Eq. 4), and how much each entry counts where they do not alike; of the target's shape. */
export interface Shown {
  readonly patches: tf.Tensor4D;
  readonly weights: tf.Tensor4D | null;
}

export function disposeShown(shown: Shown | null): void {
  shown?.patches.dispose();
  shown?.weights?.dispose();
}

/** What the output is compared with, and where. */
export interface Compared {
  readonly target: tf.Tensor4D;
  /** 1 inside the region of interest, 0 outside, in between at a turned region's edge; [1 or batch, side, side, channels]. */
  readonly roi: tf.Tensor4D;
  /** How much each entry counts besides, [batch, side, side, channels]; null where all count alike. */
  readonly weights: tf.Tensor4D | null;
}

export interface ImageObjective {
  readonly gradient: tf.Tensor4D;
  /** Disposes what it reads: the loss of the image, and the mean squared difference (0–255 scale) over the region of interest. */
  readonly read: () => Promise<{ readonly value: number; readonly squared255: number }>;
}

/** What a step of the autoencoder lowers: the recipe's loss of images, its term of the code, on input corrupted as it says. Owns tensors until `dispose`. */
export class Objective {
  readonly taken: 'after' | 'before';
  readonly code: CodeObjective;
  readonly #image: ImageLoss;
  readonly #options: ObjectiveOptions;
  /** Ones, where every entry counts; null where only the region does. */
  readonly #everywhere: tf.Tensor4D | null;

  constructor(options: ObjectiveOptions) {
    const { operations, recipe, frame } = options;
    this.#options = options;
    this.taken = recipe.loss.taken;
    this.#image = createImageLoss(recipe.loss.image, operations, frame.side, frame.channels);
    this.code = createCodeObjective(options);
    this.#everywhere = recipe.loss.region === 'all' ? tf.onesLike(frame.roi) : null;
  }

  /** A stream of its own for every step and purpose, so that a resumed training goes on with the same draws. */
  random(purpose: 'corruption' | 'code', steps: number): Random {
    return Random.of(purpose, this.#options.seed, steps);
  }

  /** What the network is shown in place of the batch in the step after `steps`, in tensors of the caller; null where that is the batch itself. */
  shown(batch: Float32Array, shape: tf.Tensor4D['shape'], steps: number): Shown | null {
    const { recipe, roi, frame } = this.#options;
    const { values, weights } = corrupt(batch, roi, frame.channels, recipe.loss.corruption, this.random('corruption', steps));
    return values === batch ? null : { patches: tf.tensor4d(values, shape), weights: weights && tf.tensor4d(weights, shape) };
  }

  /** @param output stays the caller's, as does everything compared */
  compare(output: tf.Tensor4D, { target, roi, weights }: Compared): ImageObjective {
    const { frame } = this.#options;
    const inRegion: Counted = { counts: roi, entries: frame.roiEntries };
    const region = this.#everywhere ? { counts: this.#everywhere, entries: frame.entries } : inRegion;
    const counts = weights ? (tf.mul(region.counts, weights) as tf.Tensor4D) : region.counts;
    const { parts, gradient }: Measured = this.#image.measure(output, target, { ...region, counts });
    if (weights) counts.dispose();
    const reported = this.#isReported(weights) ? parts : squaredDifferenceParts(output, target, inRegion);
    const read = async (): Promise<{ value: number; squared255: number }> => {
      const [value, squared] = [total(await parts.data()), total(await reported.data())];
      tf.dispose(reported === parts ? [parts] : [parts, reported]);
      return { value, squared255: squared * 255 * 255 };
    };
    return { gradient, read };
  }

  /** Whether the loss of the image is what is reported of every training. */
  #isReported(weights: tf.Tensor4D | null): boolean {
    return this.#options.recipe.loss.image.kind === 'l2' && !this.#everywhere && !weights;
  }

  dispose(): void {
    this.#image.dispose();
    this.code.dispose();
    this.#everywhere?.dispose();
  }
}
