import * as tf from '@tensorflow/tfjs';
import { blankImage, contentFields, crop, insert, padSquare, PatchBlender, type PixelImage, type Point } from '../geometry/index.ts';
import type { Operations } from '../engine/index.ts';
import { negated, predict, turn, type Layer, type LayerWeights, type NetworkFrame, type Normaliser } from '../models/index.ts';
import type { Geometry } from '../recipes/index.ts';
import { inputOrigins, rounded8 } from './network-image.ts';

/** Inputs computed at once: enough to fill the engine, few enough to keep memory low. */
const BATCH = 32;

export interface ReconstructorOptions {
  readonly operations: Operations;
  readonly layers: readonly Layer[];
  readonly weights: readonly LayerWeights[];
  readonly frame: NetworkFrame;
  readonly geometry: Geometry;
  /** What patches are turned by before they are encoded, and back after; null where they are not. */
  readonly normaliser: Normaliser | null;
}

export interface Reconstructed {
  /** Of the network image's size, rounded to 8 bit. */
  readonly reconstruction: PixelImage;
  /** α of each network input in the order of `inputOrigins`, radians; null where none is turned. */
  readonly angles: Float64Array | null;
}

/** Reconstructs whole network images with fixed weights. All tensors stay the caller's. */
export class Reconstructor {
  readonly #options: ReconstructorOptions;

  constructor(options: ReconstructorOptions) {
    this.#options = options;
  }

  /**
   * The reconstruction of a network image, of the same size, rounded to 8 bit. Patches are blended with smooth weights in the `image` geometry;
   * tiles of the `patch` geometry keep their region of interest, and 0 around it.
   * @param image as `networkImage` gives it
   * @param name of the image, where angles are drawn at random
   */
  async reconstruct(image: PixelImage, name: string): Promise<Reconstructed> {
    const { geometry, frame } = this.#options;
    const origins = inputOrigins(image, geometry);
    const { side, entries } = frame;
    const tiles = new Float32Array(origins.length * entries);
    const cut = geometry.kind === 'image' ? geometry.patch : side;
    origins.forEach((at, i) => tiles.set(padSquare(crop(image, at, cut, cut), side).data, i * entries));
    const { outputs, angles } = await this.#predictAll(tiles, name);
    return { reconstruction: this.#stitched(image, origins, outputs), angles };
  }

  #stitched(image: PixelImage, origins: readonly Point[], outputs: Float32Array): PixelImage {
    const { geometry, frame } = this.#options;
    const { side, channels, entries } = frame;
    if (geometry.kind === 'image') {
      const blender = new PatchBlender(image.width, image.height, channels, geometry.patch);
      origins.forEach((at, i) => blender.add(outputs, at, side, i * entries));
      return rounded8(blender.finish());
    }
    const result = blankImage(image.width, image.height, channels);
    contentFields(image, geometry).forEach((field, i) => {
      const tile = { width: side, height: side, channels, data: outputs.subarray(i * entries, (i + 1) * entries) };
      const lead = { x: field.x % side, y: field.y % side };
      insert(result, crop(tile, lead, field.width, field.height), field);
    });
    return rounded8(result);
  }

  /** How many network inputs an image is made of: what throughput counts. */
  inputsOf(image: PixelImage): number {
    return inputOrigins(image, this.#options.geometry).length;
  }

  async #predictAll(values: Float32Array, name: string): Promise<{ outputs: Float32Array; angles: Float64Array | null }> {
    const { normaliser, frame } = this.#options;
    const { side, channels, entries } = frame;
    const outputs = new Float32Array(values.length);
    const angles = normaliser && new Float64Array(values.length / entries);
    for (let at = 0; at < values.length; at += BATCH * entries) {
      const part = values.subarray(at, at + BATCH * entries);
      const first = at / entries;
      const patches = tf.tensor4d(part, [part.length / entries, side, side, channels]);
      const keys = Array.from({ length: patches.shape[0] }, (_, i) => `${name} ${first + i}`);
      const turns = normaliser ? await normaliser.angles({ patches, values: part, keys }) : null;
      const output = await this.#predict(patches, turns);
      patches.dispose();
      outputs.set(await output.data(), at);
      output.dispose();
      if (turns) angles?.set(turns, first);
    }
    return { outputs, angles };
  }

  async #predict(patches: tf.Tensor4D, turns: Float64Array | null): Promise<tf.Tensor4D> {
    const { operations, layers, weights, frame, normaliser } = this.#options;
    const upright = frame.standardised(patches);
    const input = turns && normaliser ? await turn(normaliser.sampler, upright, turns) : upright;
    const output = tf.tidy(() => predict(operations, layers, weights, input));
    tf.dispose([upright, input]);
    if (!turns || !normaliser) return output;
    const back = await turn(normaliser.sampler, output, negated(turns));
    output.dispose();
    return back;
  }
}
