import * as tf from '@tensorflow/tfjs';
import { operationsOf, type Engine } from '../engine/index.ts';
import type { PixelImage } from '../geometry/index.ts';
import { openNormaliser } from '../models/index.ts';
import { wrapHalfTurn } from '../transformer/index.ts';
import { loadCheckpoint, RunError } from '../run/index.ts';

/**
 * The α by which a run's best checkpoint turns network inputs into the common orientation, radians in [0, π): it is defined modulo 180°.
 * @param inputs as the run's geometry makes them, with the channels of its recipe
 * @throws RunError for a run that turns nothing, or by chance
 */
export async function chosenAngles(engine: Engine, run: string, inputs: readonly PixelImage[]): Promise<number[]> {
  const { manifest, checkpoint } = await loadCheckpoint(run, 'best');
  const { recipe, seed } = manifest;
  const localisation = checkpoint.networks['localisation'] ?? null;
  const normaliser = openNormaliser({ operations: operationsOf(engine), recipe, seed, localisation });
  if (!normaliser || normaliser.random) {
    normaliser?.dispose();
    throw new RunError(
      `${run} is a run of the regime ${recipe.regime.kind}, which looks for no orientation; give one of orientation or stn-frozen.`,
    );
  }
  try {
    const angles: number[] = [];
    for (const input of inputs) {
      if (input.channels !== recipe.channels)
        throw new RunError(`${run} sees images of ${recipe.channels} channels, not ${input.channels}; cut the patch by the run's recipe.`);
      const patches = tf.tensor4d(input.data, [1, input.height, input.width, input.channels]);
      const [angle = 0] = await normaliser.angles({ patches, values: input.data, keys: ['0'] });
      patches.dispose();
      angles.push(wrapHalfTurn(angle));
    }
    return angles;
  } finally {
    normaliser.dispose();
  }
}
