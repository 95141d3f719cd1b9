import * as tf from '@tensorflow/tfjs';
import {
  blankImage,
  contentFields,
  crop,
  cutInputs,
  inputOrigins,
  inputSheet,
  insert,
  PatchBlender,
  type PixelImage,
} from '../geometry/index.ts';
import type { Operations } from '../engine/index.ts';
import { negated, predict, turn, type Layer, type LayerWeights, type NetworkFrame, type Normaliser } from '../models/index.ts';
import type { Geometry } from '../recipes/index.ts';
import { rounded8 } from './network-image.ts';

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
    const { normaliser, geometry } = this.#options;
    const inputs = cutInputs(image, geometry);
    const angles = normaliser && new Float64Array(inputOrigins(image, geometry).length);
    const outputs = await this.#perBatch(inputs, async (patches, values, first) => {
      const keys = Array.from({ length: patches.shape[0] }, (_, i) => `${name} ${first + i}`);
      const turns = normaliser ? await normaliser.angles({ patches, values, keys }) : null;
      if (turns) angles?.set(turns, first);
      return await this.#predict(patches, turns);
    });
    return { reconstruction: this.#stitched(image, outputs), angles };
  }

  /**
   * What the autoencoder draws of a network image's inputs, turned by given angles: not turned back, and not rounded.
   * @param image as `networkImage` gives it
   * @param angles radians, one an input in the order of `inputOrigins`
   * @returns the sheet of what is drawn of each input
   * @throws RangeError where there are not as many angles as inputs, or where none is turned
   */
  async decode(image: PixelImage, angles: Float64Array): Promise<PixelImage> {
    const { normaliser, geometry } = this.#options;
    const count = this.inputsOf(image);
    if (!normaliser) throw new RangeError('this regime turns no patches: what is decoded is the reconstruction');
    if (angles.length !== count) throw new RangeError(`${angles.length} angles do not match ${count} network inputs`);
    const drawn = await this.#perBatch(cutInputs(image, geometry), (patches, _, first) =>
      this.#decode(patches, angles.subarray(first, first + patches.shape[0])),
    );
    return inputSheet(drawn, image, geometry);
  }

  #stitched(image: PixelImage, outputs: Float32Array): PixelImage {
    const { geometry, frame } = this.#options;
    const { side, channels, entries } = frame;
    if (geometry.kind === 'image') {
      const blender = new PatchBlender(image.width, image.height, channels, geometry.patch);
      inputOrigins(image, geometry).forEach((at, i) => blender.add(outputs, at, side, i * entries));
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

  /** What `run` makes of the inputs, which it is given a batch at a time; its tensors are disposed. @param inputs as `cutInputs` gives them */
  async #perBatch(
    inputs: Float32Array,
    run: (patches: tf.Tensor4D, values: Float32Array, first: number) => Promise<tf.Tensor4D>,
  ): Promise<Float32Array> {
    const { side, channels, entries } = this.#options.frame;
    const outputs = new Float32Array(inputs.length);
    for (let at = 0; at < inputs.length; at += BATCH * entries) {
      const values = inputs.subarray(at, at + BATCH * entries);
      const patches = tf.tensor4d(values, [values.length / entries, side, side, channels]);
      const output = await run(patches, values, at / entries);
      patches.dispose();
      outputs.set(await output.data(), at);
      output.dispose();
    }
    return outputs;
  }

  /** What the autoencoder draws of patches turned by their angles; a new tensor of the caller. */
  async #decode(patches: tf.Tensor4D, turns: Float64Array | null): Promise<tf.Tensor4D> {
    const { operations, layers, weights, frame, normaliser } = this.#options;
    const upright = frame.standardised(patches);
    const input = turns && normaliser ? await turn(normaliser.sampler, upright, turns) : upright;
    const output = tf.tidy(() => predict(operations, layers, weights, input));
    tf.dispose([upright, input]);
    return output;
  }

  /** As `#decode`, turned back. */
  async #predict(patches: tf.Tensor4D, turns: Float64Array | null): Promise<tf.Tensor4D> {
    const { normaliser } = this.#options;
    const output = await this.#decode(patches, turns);
    if (!turns || !normaliser) return output;
    const back = await turn(normaliser.sampler, output, negated(turns));
    output.dispose();
    return back;
  }
}
