import * as tf from '@tensorflow/tfjs';
import { operationsOf, type Engine } from '../engine/index.ts';
import { regionOfInterest, type FloatMap, type PixelImage } from '../geometry/index.ts';
import { autoencoderLayers, NetworkFrame } from '../models/index.ts';
import { networkImage, Reconstructor } from '../reconstruction/index.ts';
import type { Recipe } from '../recipes/index.ts';
import { atOriginalSize, measures, residualFields, type ExpectedResidual, type Measure, type ResidualOptions } from '../residuals/index.ts';
import type { Checkpoint } from '../run/index.ts';

/** A photograph as the network is shown it, and what it makes of it; both in whole 255ths. */
export interface Looked {
  readonly input: PixelImage;
  readonly reconstruction: PixelImage;
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
  readonly #reconstructor: Reconstructor;
  /** What to divide squared errors by, where the recipe asks for it; it must be there before `examine` then. */
  expected: ExpectedResidual | null = null;
  #patches = 0;
  #networkSeconds = 0;

  constructor(engine: Engine, recipe: Recipe, checkpoint: Checkpoint) {
    this.#recipe = recipe;
    this.#frame = new NetworkFrame(regionOfInterest(recipe.geometry), recipe.channels, checkpoint.standardisation);
    const weights = tf.tensor1d(checkpoint.weights);
    const layers = autoencoderLayers(recipe.channels, recipe.model);
    this.#reconstructor = new Reconstructor(operationsOf(engine), layers, this.#frame, recipe.geometry, weights);
    weights.dispose();
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
  async look(photograph: PixelImage, name: string): Promise<Looked> {
    const { geometry, channels } = this.#recipe;
    const input = networkImage(photograph, geometry, channels, name);
    const start = performance.now();
    const reconstruction = await this.#reconstructor.reconstruct(input);
    this.#networkSeconds += (performance.now() - start) / 1000;
    this.#patches += this.#reconstructor.inputsOf(input);
    return { input, reconstruction };
  }

  /** @throws BadImageError where the photograph does not hold one patch */
  async examine(photograph: PixelImage, name: string): Promise<Examined> {
    const { geometry } = this.#recipe;
    const { input, reconstruction } = await this.look(photograph, name);
    const perMeasure = <T>(of: (measure: Measure) => T) =>
      Object.fromEntries(measures.map((measure) => [measure, of(measure)])) as Record<Measure, T>;
    const fields = perMeasure((measure) => residualFields(measure, input, reconstruction, geometry, this.options));
    const maps = perMeasure((measure) => atOriginalSize(fields[measure], geometry, photograph.width, photograph.height));
    return { input, reconstruction, fields, maps };
  }

  dispose(): void {
    this.#reconstructor.dispose();
    this.#frame.dispose();
  }
}
