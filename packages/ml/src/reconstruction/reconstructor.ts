import * as tf from '@tensorflow/tfjs';
import { blankImage, contentFields, crop, insert, padSquare, PatchBlender, type PixelImage } from '../geometry/index.ts';
import type { Operations } from '../engine/index.ts';
import { cutWeights, disposeWeights, predict, type Layer, type LayerWeights, type NetworkFrame } from '../models/index.ts';
import type { Geometry } from '../recipes/index.ts';
import { inputOrigins, rounded8 } from './network-image.ts';

/** Inputs computed at once: enough to fill the engine, few enough to keep memory low. */
const BATCH = 32;

/** Reconstructs whole network images with fixed weights. Owns tensors until `dispose`. */
export class Reconstructor {
  readonly #operations: Operations;
  readonly #layers: readonly Layer[];
  readonly #frame: NetworkFrame;
  readonly #geometry: Geometry;
  readonly #weights: readonly LayerWeights[];

  /** @param weights the flat vector; copied, stays the caller's */
  constructor(operations: Operations, layers: readonly Layer[], frame: NetworkFrame, geometry: Geometry, weights: tf.Tensor1D) {
    this.#operations = operations;
    this.#layers = layers;
    this.#frame = frame;
    this.#geometry = geometry;
    this.#weights = cutWeights(layers, weights);
  }

  /**
   * The reconstruction of a network image, of the same size, rounded to 8 bit. Patches are blended with smooth weights in the `image` geometry;
   * tiles of the `patch` geometry keep their region of interest, and 0 around it.
   * @param image as `networkImage` gives it
   */
  async reconstruct(image: PixelImage): Promise<PixelImage> {
    const origins = inputOrigins(image, this.#geometry);
    const { side, channels, entries } = this.#frame;
    const tiles = new Float32Array(origins.length * entries);
    const cut = this.#geometry.kind === 'image' ? this.#geometry.patch : side;
    origins.forEach((at, i) => tiles.set(padSquare(crop(image, at, cut, cut), side).data, i * entries));
    const outputs = await this.#predictAll(tiles);
    if (this.#geometry.kind === 'image') {
      const blender = new PatchBlender(image.width, image.height, channels, cut);
      origins.forEach((at, i) => blender.add(outputs, at, side, i * entries));
      return rounded8(blender.finish());
    }
    const result = blankImage(image.width, image.height, channels);
    contentFields(image, this.#geometry).forEach((field, i) => {
      const tile = { width: side, height: side, channels, data: outputs.subarray(i * entries, (i + 1) * entries) };
      const lead = { x: field.x % side, y: field.y % side };
      insert(result, crop(tile, lead, field.width, field.height), field);
    });
    return rounded8(result);
  }

  /** How many network inputs an image is made of: what throughput counts. */
  inputsOf(image: PixelImage): number {
    return inputOrigins(image, this.#geometry).length;
  }

  async #predictAll(values: Float32Array): Promise<Float32Array> {
    const { side, channels, entries } = this.#frame;
    const result = new Float32Array(values.length);
    for (let at = 0; at < values.length; at += BATCH * entries) {
      const part = values.subarray(at, at + BATCH * entries);
      const output = tf.tidy(() => {
        const raw = tf.tensor4d(part, [part.length / entries, side, side, channels]);
        return predict(this.#operations, this.#layers, this.#weights, this.#frame.standardised(raw));
      });
      result.set(await output.data(), at);
      output.dispose();
    }
    return result;
  }

  dispose(): void {
    disposeWeights(this.#weights);
  }
}
