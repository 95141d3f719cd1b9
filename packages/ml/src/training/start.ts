import { join } from 'node:path';
import { datasetHash, type Dataset } from '../datasets/index.ts';
import type { Engine } from '../engine/index.ts';
import { autoencoderLayers, localisationLayers, parameterCount } from '../models/index.ts';
import { recipeHash, trainingOf, type Recipe } from '../recipes/index.ts';
import { codeVersion, entryOf, readCheckpoint, readManifest, RunError, type Checkpoint, type RunManifest } from '../run/index.ts';

export interface StartOptions {
  readonly engine: Engine;
  readonly recipe: Recipe;
  readonly dataset: Dataset;
  readonly seed: number;
  readonly out: string;
  readonly resume?: boolean;
}

export interface StartedRun {
  readonly manifest: RunManifest;
  /** Where to go on from; null at the beginning. */
  readonly checkpoint: Checkpoint | null;
}

/**
 * Takes the run folder into use: a new one, or with `resume` the one that is there, if it is the same training.
 * A folder that was killed before its first checkpoint starts again.
 * @throws RunError where the folder holds another run, or one that nobody asked to resume
 */
export async function startRun(options: StartOptions): Promise<StartedRun> {
  const { out, recipe, seed } = options;
  const existing = readManifest(out);
  if (existing && !options.resume) throw new RunError(`${out} already holds a run; give --resume to continue it, or another --out.`);
  const wanted = await newManifest(options);
  if (!existing) return { manifest: wanted, checkpoint: null };
  const differs = (what: string, is: unknown, asked: unknown): RunError =>
    new RunError(`${out} was trained with ${what} ${String(is)}, not ${String(asked)}; resume with the same, or give another --out.`);
  if (existing.recipeHash !== wanted.recipeHash)
    throw differs('the recipe', nameAndHash(existing.recipe, existing.recipeHash), nameAndHash(recipe, wanted.recipeHash));
  if (existing.seed !== seed) throw differs('seed', existing.seed, seed);
  if (existing.dataHash !== wanted.dataHash) throw differs('other data:', existing.dataHash.slice(0, 12), wanted.dataHash.slice(0, 12));
  const last = await readCheckpoint(join(out, 'checkpoints', 'last'));
  if (existing.state === 'complete') return { manifest: existing, checkpoint: last };
  if (!last) return { manifest: wanted, checkpoint: null };
  // The manifest is written after the checkpoints: after a kill in between it is an epoch behind them.
  const best = await readCheckpoint(join(out, 'checkpoints', 'best'));
  const checkpoints = { best: best && entryOf(best), last: entryOf(last) };
  const attempt = { fromEpoch: last.epoch + 1, engine: wanted.engine, codeVersion: wanted.codeVersion };
  const attempts = last.epoch < existing.epochs ? [...existing.attempts, attempt] : existing.attempts;
  return { manifest: { ...existing, epochsDone: last.epoch, checkpoints, attempts }, checkpoint: last };
}

const nameAndHash = (recipe: Recipe, hash: string): string => `${recipe.name} (${hash.slice(0, 12)})`;

async function newManifest({ engine, recipe, dataset, seed }: StartOptions): Promise<RunManifest> {
  return {
    format: 1,
    class: dataset.name,
    recipe,
    recipeHash: recipeHash(recipe),
    dataHash: await datasetHash(dataset),
    seed,
    engine: { kind: engine.kind, device: engine.device, tensorflow: engine.tensorflow, threads: engine.threads },
    codeVersion: codeVersion(),
    attempts: [],
    parameters: parametersOf(recipe),
    localisation: null,
    recovery: null,
    epochs: trainingOf(recipe).epochs,
    epochsDone: 0,
    dataVariance: 0,
    state: 'partial',
    checkpoints: { best: null, last: null },
  };
}

/** Of every network that takes part in a reconstruction, trained or not. */
function parametersOf(recipe: Recipe): number {
  const { channels, orientation, regime } = recipe;
  const autoencoder = regime.kind === 'orientation' ? 0 : parameterCount(autoencoderLayers(recipe));
  const localises = !['ae', 'sampler-only', 'search'].includes(regime.kind);
  return autoencoder + (localises ? parameterCount(localisationLayers(channels, orientation)) : 0);
}
