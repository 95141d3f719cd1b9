import { RunNormaliser } from '@plumbline/ml';
import type { PixelImage } from '@plumbline/ml/geometry';
import { wrapHalfTurn } from '@plumbline/ml/transformer';
import { UsageError } from './failure.ts';
import { openEngineHere } from './open.ts';

/**
 * The α by which a run turns network inputs into the common orientation, radians in [0, π): orientation is defined modulo 180°.
 * @param inputs cut by the run's recipe
 * @throws RunError for a run that turns nothing; UsageError for one that turns by chance
 */
export async function chosenAngles(run: string, inputs: readonly PixelImage[]): Promise<number[]> {
  const normaliser = await RunNormaliser.load(await openEngineHere(), run);
  try {
    const { kind } = normaliser.manifest.recipe.regime;
    if (kind === 'sampler-only')
      throw new UsageError(`${run} is a run of the regime ${kind}, which turns by chance; give a run of the recipe orientation.`);
    return Array.from(await normaliser.angles(inputs), wrapHalfTurn);
  } finally {
    normaliser.dispose();
  }
}
