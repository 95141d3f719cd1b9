import { join } from 'node:path';
import { openEngine } from '@plumbline/tensorflow';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readMvtecDataset, type Dataset } from '../datasets/index.ts';
import { evaluate } from '../evaluation/index.ts';
import type { Engine } from '../engine/index.ts';
import { CATALOGUE, resolveRecipe, type Recipe } from '../recipes/index.ts';
import { loadCheckpoint, type NetworkState } from '../run/index.ts';
import { temporaryFolder, TINY, writeTinyDataset } from './fixture.ts';
import { prepareData, type PreparedData } from './prepare.ts';
import { ReconstructionTrainee } from './reconstruction-trainee.ts';
import { train, type TrainOptions, type TrainingResult } from './train.ts';

const LOSSES = CATALOGUE.map(({ name }) => name).filter((name) => name.startsWith('loss/'));
const SMALL = [...TINY, 'training.warmup=0', 'training.schedule=constant', 'training.learningRate=2e-3'];

let folder: ReturnType<typeof temporaryFolder>;
let dataset: Dataset;
beforeAll(async () => {
  folder = temporaryFolder();
  dataset = await readMvtecDataset(await writeTinyDataset(folder.path));
});
afterAll(() => folder.remove());

const recipeOf = (name: string, sets: readonly string[] = []): Recipe => resolveRecipe(name, [...SMALL, ...sets]);
const dataOf = (recipe: Recipe): Promise<PreparedData> => prepareData({ recipe, dataset, seed: 1, onProblem: () => undefined });

interface Steps {
  readonly objectives: readonly number[];
  readonly losses: readonly number[];
  readonly networks: Record<string, NetworkState>;
}

/** Steps on the same four patches. */
async function steps(engine: Engine, recipe: Recipe, data: PreparedData, count: number, seed = 1): Promise<Steps> {
  const trainee = new ReconstructionTrainee({ engine, recipe, data, seed, checkpoint: null, localisation: null });
  const [objectives, losses]: [number[], number[]] = [[], []];
  try {
    for (let i = 0; i < count; i++) {
      const { objective, loss } = await trainee.step({ indices: Int32Array.of(0, 1, 2, 3), epoch: 1 }, recipe.training.learningRate);
      objectives.push(objective);
      losses.push(loss);
    }
    return { objectives, losses, networks: await trainee.networks() };
  } finally {
    trainee.dispose();
  }
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** ‖a − b‖ / ‖a‖ */
function distance(a: Float32Array, b: Float32Array): number {
  const norm = (of: (i: number) => number): number => Math.sqrt(a.reduce((sum, _, i) => sum + of(i) ** 2, 0));
  return norm((i) => a[i]! - b[i]!) / norm((i) => a[i]!);
}

describe.each(LOSSES)('%s', (name) => {
  test('lowers its objective, gives the same weights for the same seed, and leaves no tensor behind', async () => {
    const engine = await openEngine({ threads: 1 });
    const recipe = recipeOf(name);
    const data = await dataOf(recipe);
    const before = tf.memory().numTensors;
    const first = await steps(engine, recipe, data, 24);
    expect(tf.memory().numTensors).toBe(before);
    expect(mean(first.objectives.slice(-4))).toBeLessThan(0.97 * mean(first.objectives.slice(0, 2)));
    const again = await steps(engine, recipe, data, 3);
    expect(again.objectives).toEqual(first.objectives.slice(0, 3));
    const other = await steps(engine, recipe, data, 1, 2);
    expect(other.objectives[0]).not.toBe(first.objectives[0]);
  });

  test('the native engine and WebAssembly are at the same loss after 20 steps', async ({ skip }) => {
    const recipe = recipeOf(name, ['training.learningRate=1e-4']);
    const data = await dataOf(recipe);
    const native = await openEngine({ threads: 1, prefer: 'native' });
    if (native.kind !== 'native') skip('the native engine is not installed');
    const a = await steps(native, recipe, data, 20);
    const b = await steps(await openEngine({ prefer: 'wasm' }), recipe, data, 20);
    console.log(
      name,
      a.objectives.map((x) => x.toFixed(4)).join(' '),
      distance(a.networks['autoencoder']!.weights, b.networks['autoencoder']!.weights),
      a.objectives.at(-1)! / b.objectives.at(-1)! - 1,
      a.losses.at(-1)! / b.losses.at(-1)! - 1,
    );
  });
});
