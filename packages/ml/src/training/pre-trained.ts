import { join } from 'node:path';
import { datasetHash, imagesOf } from '../datasets/index.ts';
import { canonicalJson, needsLocalisation, orientationRecipe, type Recipe } from '../recipes/index.ts';
import { loadCheckpoint, RunError, type LoadedCheckpoint, type NetworkState, type RunManifest } from '../run/index.ts';
import type { TrainingEvent } from './events.ts';
import type { StartOptions } from './start.ts';

/** A localisation network that was trained before, and what a run's manifest says of it. */
export interface PreTrained {
  readonly network: NetworkState;
  readonly from: NonNullable<RunManifest['localisation']>;
}

export interface PreTrainedOptions extends StartOptions {
  /** Folder of the orientation run to take the localisation network from; without it one is trained in `orientation` inside the run. */
  readonly stn?: string;
  readonly onEvent: (event: TrainingEvent) => void;
}

/**
 * The localisation network that the recipe's regime begins with; null where it needs none.
 * @param trainOrientation trains an orientation recipe in a folder, resuming what is there
 * @throws RunError where the given run does not fit the recipe
 */
export async function preTrained(
  options: PreTrainedOptions,
  trainOrientation: (recipe: Recipe, out: string) => Promise<unknown>,
): Promise<PreTrained | null> {
  const { recipe, stn, out } = options;
  if (!needsLocalisation(recipe)) {
    if (stn !== undefined)
      throw new RunError(
        `The regime ${recipe.regime.kind} takes no localisation network; leave --stn out or choose stn-frozen or stn-finetuned.`,
      );
    return null;
  }
  const folder = stn ?? join(out, 'orientation');
  if (stn === undefined) await trainOrientation(orientationRecipe(recipe), folder);
  const loaded = await loadCheckpoint(folder, 'best');
  refuseUnfit(folder, loaded, recipe);
  const { manifest, checkpoint } = loaded;
  const message = await otherDataMessage(folder, manifest, options);
  if (message) options.onEvent({ kind: 'warning', code: 'other-data', message });
  return {
    network: { ...checkpoint.networks['localisation']!, moments: null, steps: 0 },
    from: {
      recipeHash: manifest.recipeHash,
      dataHash: manifest.dataHash,
      seed: manifest.seed,
      sha256: checkpoint.sha256,
      recovery: manifest.recovery?.network ?? null,
    },
  };
}

/** @throws RunError where a run that is resumed is given another localisation network than it was begun with */
export async function refuseOtherNetwork(stn: string | undefined, { localisation }: RunManifest): Promise<void> {
  if (stn === undefined || !localisation) return;
  const { checkpoint } = await loadCheckpoint(stn, 'best');
  if (checkpoint.sha256 !== localisation.sha256)
    throw new RunError(
      `The run was begun with the localisation network ${localisation.sha256.slice(0, 12)}, not that of ${stn} (${checkpoint.sha256.slice(0, 12)}); resume without --stn.`,
    );
}

/** Says where the network may have learnt from images that this run holds out; null where it cannot have. */
async function otherDataMessage(
  folder: string,
  { dataHash, seed }: RunManifest,
  { dataset, seed: own }: StartOptions,
): Promise<string | null> {
  if (dataHash !== (await datasetHash(dataset)))
    return `The localisation network of ${folder} was trained on other data; thresholds are honest only if none of this run's held-out images is among them.`;
  const splitIsDrawn = !imagesOf(dataset, 'validation').some((image) => image.label === 'good');
  if (seed !== own && splitIsDrawn)
    return `The localisation network of ${folder} was trained with seed ${seed}, which held out other images than seed ${own}; give one of the same seed.`;
  return null;
}

/** What both recipes must agree on for a localisation network to see what it was trained to see. */
const sight = ({ geometry, channels, standardise, orientation }: Recipe): Record<string, unknown> => ({
  geometry,
  channels,
  standardise,
  'orientation.side': orientation.side,
  'orientation.colours': orientation.colours,
  'orientation.head': orientation.head,
});

function refuseUnfit(folder: string, { manifest, checkpoint }: LoadedCheckpoint, recipe: Recipe): void {
  if (!checkpoint.networks['localisation'])
    throw new RunError(
      `${folder} is a run of the regime ${manifest.recipe.regime.kind}, which has no localisation network; give a run of the recipe orientation.`,
    );
  if (manifest.state !== 'complete')
    throw new RunError(`${folder} has not finished training (${manifest.epochsDone} of ${manifest.epochs} epochs); resume it first.`);
  const theirs = sight(manifest.recipe);
  const differs = Object.entries(sight(recipe)).find(([option, value]) => canonicalJson(value) !== canonicalJson(theirs[option]));
  if (differs)
    throw new RunError(
      `${folder} was trained with ${differs[0]} ${canonicalJson(theirs[differs[0]])}, not ${canonicalJson(differs[1])}; train the orientation with the same.`,
    );
}
