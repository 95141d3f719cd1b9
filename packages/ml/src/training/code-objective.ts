import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../engine/index.ts';
import {
  CodeDiscriminator,
  contractive,
  normalDivergence,
  siamese,
  sparseDivergence,
  sparseMagnitude,
  type LatentTerm,
} from '../losses/index.ts';
import { Random } from '../random/index.ts';
import type { Recipe } from '../recipes/index.ts';
import type { NetworkState } from '../run/index.ts';
import { Adam } from './adam.ts';
import type { AutoencoderPass, CodePull } from './autoencoder-pass.ts';
import { CodeDraw, pixel, vector } from './code-draw.ts';

/** One step's view of the codes. */
export interface CodeStep {
  readonly pass: AutoencoderPass;
  /** Draws of this step; the same for the same seed and step. */
  readonly random: Random;
  /** Where the input carries an image, [1 or batch, side, side, channels]; the turned region only for a term that needs it. */
  readonly region: tf.Tensor4D;
}

/** What a step asks of the codes besides the image (R in Eq. 2), with what it keeps from step to step. */
export interface CodeObjective {
  /** Whether it asks where the input carries an image. */
  readonly needsRegion: boolean;
  /** What lies between encoder and decoder of `count` codes in this step; null where nothing does. */
  draw(count: number, random: Random): CodeDraw | null;
  /** @returns its value, and what pulls at the encoder; null where nothing is asked */
  measure(step: CodeStep): ({ readonly value: tf.Scalar } & CodePull) | null;
  /** What it learns itself, as a checkpoint keeps it. */
  networks(): Promise<Record<string, NetworkState>>;
  dispose(): void;
}

export interface CodeObjectiveOptions {
  readonly operations: Operations;
  readonly recipe: Pick<Recipe, 'loss' | 'model'>;
  readonly seed: number;
  /** Networks of a checkpoint to go on from; empty at the beginning. */
  readonly networks: Readonly<Record<string, NetworkState>>;
}

/** The term of the code that a recipe asks for. */
export function createCodeObjective(options: CodeObjectiveOptions): CodeObjective {
  const { latent } = options.recipe.loss;
  switch (latent.kind) {
    case 'none':
      return { ...nothing, measure: () => null };
    case 'sparse-kl':
      return ofCodes((codes) => sparseDivergence(codes, latent));
    case 'sparse-l1':
      return ofCodes((codes) => sparseMagnitude(codes, latent));
    case 'siamese':
      return ofCodes((codes) => siamese(codes, latent));
    case 'variational': {
      const { latent: length } = options.recipe.model;
      return {
        ...ofCodes((statistics) => normalDivergence(statistics, latent)),
        draw: (count, random) => new CodeDraw(random.normals(count * length), count),
      };
    }
    case 'contractive':
      return { ...nothing, needsRegion: true, measure: (step) => measureContractive(step, latent) };
    case 'adversarial':
      return new AdversarialObjective(options, latent);
  }
}

const nothing: Omit<CodeObjective, 'measure'> = {
  needsRegion: false,
  draw: () => null,
  networks: () => Promise.resolve({}),
  dispose: () => undefined,
};

/** A term that is a function of the batch's codes. */
function ofCodes(term: (codes: tf.Tensor2D) => LatentTerm): CodeObjective {
  return {
    ...nothing,
    measure: ({ pass }) => {
      const asked = tf.tidy(() => {
        const { value, gradient } = term(vector(pass.code));
        return { value, code: pixel(gradient) };
      });
      return { ...asked, encoder: null };
    },
  };
}

/** How the codes change along a random direction of what the encoder may see. */
function measureContractive({ pass, random, region }: CodeStep, options: { readonly weight: number }): { value: tf.Scalar } & CodePull {
  const direction = tf.tidy(() => {
    const everywhere = tf.tensor4d(random.normals(pass.input.size), pass.input.shape);
    return tf.mul(everywhere, region) as tf.Tensor4D;
  });
  const along = pass.along(direction);
  const { value, towardsTangent } = tf.tidy(() => {
    const term = contractive(vector(along.tangent), options);
    return { value: term.value, towardsTangent: pixel(term.gradient) };
  });
  const encoder = along.backward(towardsTangent);
  direction.dispose();
  return { value, code: null, encoder };
}

/** The discriminator takes a step of its own with every step of the autoencoder, on the same codes. */
class AdversarialObjective implements CodeObjective {
  readonly needsRegion = false;
  readonly #discriminator: CodeDiscriminator;
  readonly #adam: Adam;
  readonly #rate: number;

  constructor(
    { operations, recipe, seed, networks }: CodeObjectiveOptions,
    latent: Extract<Recipe['loss']['latent'], { kind: 'adversarial' }>,
  ) {
    this.#discriminator = new CodeDiscriminator(operations, recipe.model.latent, latent);
    this.#rate = latent.learningRate;
    const kept = networks['discriminator'];
    const options = { weightDecay: 0, decayKind: 'l2', epsilon: 1e-7 } as const;
    this.#adam = kept ? new Adam(kept, options) : Adam.start(this.#discriminator.initialWeights(Random.of('discriminator', seed)), options);
  }

  draw(): null {
    return null;
  }

  measure({ pass, random }: CodeStep): { value: tf.Scalar } & CodePull {
    const { discriminatorGradient, value, code } = tf.tidy(() => {
      const codes = vector(pass.code);
      const drawn = tf.tensor2d(random.normals(codes.size), codes.shape);
      const term = this.#discriminator.measure(this.#adam.weights, codes, drawn);
      return { discriminatorGradient: term.discriminatorGradient, value: term.value, code: pixel(term.gradient) };
    });
    this.#adam.apply(discriminatorGradient, this.#rate);
    discriminatorGradient.dispose();
    return { value, code, encoder: null };
  }

  async networks(): Promise<Record<string, NetworkState>> {
    return { discriminator: { ...(await this.#adam.state()), standardisation: null } };
  }

  dispose(): void {
    this.#adam.dispose();
  }
}
