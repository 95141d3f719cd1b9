import * as tf from '@tensorflow/tfjs';
import type { Operations } from '../engine/index.ts';
import { regionOfInterest, type FloatMap, type PixelImage } from '../geometry/index.ts';
import {
  autoencoderLayers,
  cutWeights,
  disposeWeights,
  NetworkFrame,
  openNormaliser,
  type LayerWeights,
  type Normaliser,
  type Standardisation,
} from '../models/index.ts';
import type { Recipe } from '../recipes/index.ts';
import { atOriginalSize, measures, residualFields, type ExpectedResidual, type Measure, type ResidualOptions } from '../residuals/index.ts';
import { networkImage } from './network-image.ts';
import { Reconstructor } from './reconstructor.ts';

/** A photograph as the network is shown it, and what it makes of it; both in whole 255ths. */
export interface Looked {
  readonly input: PixelImage;
  readonly reconstruction: PixelImage;
  /** α of each network input, radians; null where the regime turns none. */
  readonly angles: Float64Array | null;
}

export interface Examined extends Looked {
  /** At network scale, one map a content rectangle. */
  readonly fields: Record<Measure, readonly FloatMap[]>;
  /** At the photograph's size. */
  readonly maps: Record<Measure, FloatMap>;
}

/** A trained network's weight vector, and how what it is shown is standardised. */
export interface TrainedNetwork {
  readonly weights: Float32Array;
  readonly standardisation: Standardisation | null;
}

export interface ExaminerOptions {
  readonly operations: Operations;
  readonly recipe: Recipe;
  /** Of the run; random angles follow from it. */
  readonly seed: number;
  readonly autoencoder: TrainedNetwork;
  /** Null in the regimes that have none. */
  readonly localisation: TrainedNetwork | null;
}

/**
 * Sees photographs with one checkpoint's eyes: input, reconstruction, residual maps. The same on every engine and in browsers, but for the last
 * digits of the network's sums. Owns tensors until `dispose`.
 */
export class Examiner {
  readonly #recipe: Recipe;
  readonly #frame: NetworkFrame;
  readonly #weights: readonly LayerWeights[];
  readonly #normaliser: Normaliser | null;
  readonly #reconstructor: Reconstructor;
  /** What to divide squared errors by, where the recipe asks for it; it must be there before `examine` then. */
  expected: ExpectedResidual | null = null;
  #patches = 0;
  #networkSeconds = 0;

  constructor({ operations, recipe, seed, autoencoder, localisation }: ExaminerOptions) {
    const { geometry, channels } = recipe;
    const layers = autoencoderLayers(recipe);
    const flat = tf.tensor1d(autoencoder.weights);
    this.#recipe = recipe;
    this.#frame = new NetworkFrame(regionOfInterest(geometry), channels, autoencoder.standardisation);
    this.#weights = cutWeights(layers, flat);
    flat.dispose();
    this.#normaliser = openNormaliser({ operations, recipe, seed, localisation });
    this.#reconstructor = new Reconstructor({
      operations,
      layers,
      weights: this.#weights,
      frame: this.#frame,
      geometry,
      normaliser: this.#normaliser,
    });
  }

  /** Network inputs so far, and the time the network took for them. */
  get work(): { readonly patches: number; readonly seconds: number } {
    return { patches: this.#patches, seconds: this.#networkSeconds };
  }

  /** What residual maps are made with. */
  get options(): ResidualOptions {
    return { ...this.#recipe.residual, expected: this.expected };
  }

  /**
   * Reconstructs without measuring.
   * @param image `id` names it where angles are drawn at random, `name` in a refusal
   * @throws BadImageError where the photograph does not hold one patch
   */
  async look(photograph: PixelImage, { id, name }: { readonly id: string; readonly name: string }): Promise<Looked> {
    const { geometry, channels } = this.#recipe;
    const input = networkImage(photograph, geometry, channels, name);
    const { reconstruction, angles } = await this.#counted(input, () => this.#reconstructor.reconstruct(input, id));
    return { input, reconstruction, angles };
  }

  /**
   * What the autoencoder draws of the network's inputs turned by their angles, before it is turned back and put together.
   * @param input as `look` gives it, or as it was stored
   * @param angles radians, one a network input, as `look` gives them
   * @returns the sheet (`inputSheet`) of what is drawn of each input; not rounded
   * @throws RangeError where there are not as many angles as network inputs, or where the regime turns none
   */
  async decode(input: PixelImage, angles: Float64Array): Promise<PixelImage> {
    return await this.#counted(input, () => this.#reconstructor.decode(input, angles));
  }

  async #counted<Made>(input: PixelImage, make: () => Promise<Made>): Promise<Made> {
    const start = performance.now();
    const made = await make();
    this.#networkSeconds += (performance.now() - start) / 1000;
    this.#patches += this.#reconstructor.inputsOf(input);
    return made;
  }

  /** As `look`, with the residual maps of both measures. @throws BadImageError where the photograph does not hold one patch */
  async examine(photograph: PixelImage, image: { readonly id: string; readonly name: string }): Promise<Examined> {
    const { geometry } = this.#recipe;
    const looked = await this.look(photograph, image);
    const { input, reconstruction } = looked;
    const perMeasure = <T>(of: (measure: Measure) => T) =>
      Object.fromEntries(measures.map((measure) => [measure, of(measure)])) as Record<Measure, T>;
    const fields = perMeasure((measure) => residualFields(measure, input, reconstruction, geometry, this.options));
    const maps = perMeasure((measure) => atOriginalSize(fields[measure], geometry, photograph.width, photograph.height));
    return { ...looked, fields, maps };
  }

  dispose(): void {
    disposeWeights(this.#weights);
    this.#normaliser?.dispose();
    this.#frame.dispose();
  }
}
