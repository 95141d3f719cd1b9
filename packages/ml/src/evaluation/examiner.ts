import { operationsOf, type Engine } from '../engine/index.ts';
import { Examiner } from '../reconstruction/index.ts';
import { RunError, type Checkpoint, type RunManifest } from '../run/index.ts';

/** An examiner with a checkpoint's networks; the caller disposes it. @throws RunError where the checkpoint has no autoencoder */
export function openExaminer(engine: Engine, { recipe, seed }: Pick<RunManifest, 'recipe' | 'seed'>, { networks }: Checkpoint): Examiner {
  const autoencoder = networks['autoencoder'];
  if (!autoencoder)
    throw new RunError(`A run of the recipe ${recipe.name} has no autoencoder to evaluate; give it to another training by --stn.`);
  return new Examiner({ operations: operationsOf(engine), recipe, seed, autoencoder, localisation: networks['localisation'] ?? null });
}
