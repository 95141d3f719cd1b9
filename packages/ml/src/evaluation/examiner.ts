import * as tf from '@tensorflow/tfjs';
import type { DatasetImage } from '../datasets/index.ts';
import { operationsOf, type Engine } from '../engine/index.ts';
import { regionOfInterest, type FloatMap, type PixelImage } from '../geometry/index.ts';
import {
  autoencoderLayers,
  cutWeights,
  disposeWeights,
  NetworkFrame,
  openNormaliser,
  type LayerWeights,
  type Normaliser,
} from '../models/index.ts';
import { networkImage, Reconstructor } from '../reconstruction/index.ts';
import type { Recipe } from '../recipes/index.ts';
import { atOriginalSize, measures, residualFields, type ExpectedResidual, type Measure, type ResidualOptions } from '../residuals/index.ts';
import { RunError, type Checkpoint, type RunManifest } from '../run/index.ts';

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

/** Sees photographs with one checkpoint's eyes: input, reconstruction, residual maps. Owns tensors until `dispose`. */
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

  /** @throws RunError where the checkpoint has no autoencoder */
  constructor(engine: Engine, { recipe, seed }: Pick<RunManifest, 'recipe' | 'seed'>, { networks }: Checkpoint) {
    const { geometry, channels } = recipe;
    const autoencoder = networks['autoencoder'];
    if (!autoencoder)
      throw new RunError(`A run of the recipe ${recipe.name} has no autoencoder to evaluate; give it to another training by --stn.`);
    const operations = operationsOf(engine);
    const layers = autoencoderLayers(recipe);
    const flat = tf.tensor1d(autoencoder.weights);
    this.#recipe = recipe;
    this.#frame = new NetworkFrame(regionOfInterest(geometry), channels, autoencoder.standardisation);
    this.#weights = cutWeights(layers, flat);
    flat.dispose();
    this.#normaliser = openNormaliser({ operations, recipe, seed, localisation: networks['localisation'] ?? null });
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

  /** Reconstructs without measuring. @throws BadImageError where the photograph does not hold one patch */
  async look(photograph: PixelImage, { id, name }: Pick<DatasetImage, 'id' | 'name'>): Promise<Looked> {
    const { geometry, channels } = this.#recipe;
    const input = networkImage(photograph, geometry, channels, name);
    const start = performance.now();
    const { reconstruction, angles } = await this.#reconstructor.reconstruct(input, id);
    this.#networkSeconds += (performance.now() - start) / 1000;
    this.#patches += this.#reconstructor.inputsOf(input);
    return { input, reconstruction, angles };
  }

  /** @throws BadImageError where the photograph does not hold one patch */
  async examine(photograph: PixelImage, image: Pick<DatasetImage, 'id' | 'name'>): Promise<Examined> {
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
