import * as tf from '@tensorflow/tfjs';
import { operationsOf, type Engine } from '../engine/index.ts';
import type { PixelImage } from '../geometry/index.ts';
import { openNormaliser, type Normaliser } from '../models/index.ts';
import { loadCheckpoint, RunError, type RunManifest } from '../run/index.ts';

/** Turns network inputs into the common orientation as a run's regime does. Owns tensors until `dispose`. */
export class RunNormaliser {
  readonly manifest: RunManifest;
  readonly #normaliser: Normaliser;

  private constructor(manifest: RunManifest, normaliser: Normaliser) {
    this.manifest = manifest;
    this.#normaliser = normaliser;
  }

  /**
   * @param run folder of an orientation run, or of a run in a regime that turns its patches
   * @throws RunError where it holds none
   */
  static async load(engine: Engine, run: string): Promise<RunNormaliser> {
    const { manifest, checkpoint } = await loadCheckpoint(run, 'best');
    const { recipe, seed } = manifest;
    const localisation = checkpoint.networks['localisation'] ?? null;
    const normaliser = openNormaliser({ operations: operationsOf(engine), recipe, seed, localisation });
    if (!normaliser)
      throw new RunError(`${run} is a run of the regime ${recipe.regime.kind}, which turns nothing; give a run of the recipe orientation.`);
    return new RunNormaliser(manifest, normaliser);
  }

  /**
   * α of each network input, radians.
   * @param inputs patches as `patchToInput` gives them, with the recipe's channels
   */
  async angles(inputs: readonly PixelImage[]): Promise<Float64Array> {
    const { geometry, channels } = this.manifest.recipe;
    const side = geometry.input;
    const values = new Float32Array(inputs.length * side * side * channels);
    inputs.forEach(({ data }, i) => values.set(data, i * side * side * channels));
    const patches = tf.tensor4d(values, [inputs.length, side, side, channels]);
    const angles = await this.#normaliser.angles({ values, patches, keys: inputs.map((_, i) => `patch ${i}`) });
    patches.dispose();
    return angles;
  }

  dispose(): void {
    this.#normaliser.dispose();
  }
}
