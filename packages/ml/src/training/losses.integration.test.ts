import { join } from 'node:path';
import { openEngine } from '@plumbline/tensorflow';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readMvtecDataset, type Dataset } from '../datasets/index.ts';
import type { Engine } from '../engine/index.ts';
import { CATALOGUE, resolveRecipe, type Recipe } from '../recipes/index.ts';
import { readCheckpoint, type NetworkState } from '../run/index.ts';
import { temporaryFolder, TINY, writeTinyDataset } from './fixture.ts';
import { prepareData, type PreparedData } from './prepare.ts';
import { ReconstructionTrainee } from './reconstruction-trainee.ts';
import { train, type TrainOptions, type TrainingResult } from './train.ts';

const LOSSES = CATALOGUE.map(({ name }) => name).filter((name) => name.startsWith('loss/'));

let folder: ReturnType<typeof temporaryFolder>;
let dataset: Dataset;
/** Losses change nothing of it. */
let data: PreparedData;
beforeAll(async () => {
  folder = temporaryFolder();
  dataset = await readMvtecDataset(await writeTinyDataset(folder.path));
  data = await prepareData({ recipe: resolveRecipe('ae', TINY), dataset, seed: 1, onProblem: () => undefined });
});
afterAll(() => folder.remove());

interface Steps {
  readonly objectives: readonly number[];
  /** After the first step, and after all of them. */
  readonly first: NetworkState;
  readonly last: NetworkState;
}

/** Steps on the same patches. */
async function steps(engine: Engine, recipe: Recipe, count: number, rate: number, seed = 1, patches = 2): Promise<Steps> {
  const trainee = new ReconstructionTrainee({ engine, recipe, data, seed, checkpoint: null, localisation: null });
  const network = async (): Promise<NetworkState> => (await trainee.networks())['autoencoder']!;
  const objectives: number[] = [];
  try {
    const step = async (): Promise<number> =>
      objectives.push((await trainee.step({ indices: Int32Array.from({ length: patches }, (_, i) => i), epoch: 1 }, rate)).objective);
    await step();
    const first = await network();
    while (objectives.length < count) await step();
    return { objectives, first, last: await network() };
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
  const recipe = resolveRecipe(name, TINY);

  test('lowers its objective, repeats for the same seed and no other, and leaves no tensor behind', async () => {
    const engine = await openEngine({ threads: 1 });
    const before = tf.memory().numTensors;
    const { objectives, first } = await steps(engine, recipe, 12, 5e-4);
    expect(mean(objectives.slice(-3))).toBeLessThan(0.9 * mean(objectives.slice(0, 2)));
    const again = await steps(engine, recipe, 2, 5e-4);
    expect(again.objectives).toEqual(objectives.slice(0, 2));
    // Bytes, as comparing a million numbers one by one takes seconds.
    expect(Buffer.from(again.first.weights.buffer).equals(Buffer.from(first.weights.buffer))).toBe(true);
    expect((await steps(engine, recipe, 1, 5e-4, 2)).objectives[0]).not.toBe(objectives[0]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('has the same gradient on the native engine and on WebAssembly, and the same weights after 20 steps', async ({ skip }) => {
    const native = await openEngine({ threads: 1, prefer: 'native' });
    if (native.kind !== 'native') skip('the native engine is not installed');
    // Adam makes whole steps of weights whose gradient is nearly 0: at a low rate such a step is still small after twenty.
    const patches = recipe.loss.latent.kind === 'siamese' ? 2 : 1;
    const a = await steps(native, recipe, 20, 2e-5, 1, patches);
    const b = await steps(await openEngine({ prefer: 'wasm' }), recipe, 20, 2e-5, 1, patches);
    // Some 1e-6 where every leaky ReLU is on the same side of its kink on both engines, more where one of a million lies within rounding of it.
    expect(distance(a.first.moments!.first, b.first.moments!.first)).toBeLessThan(1e-3);
    expect(distance(a.last.weights, b.last.weights)).toBeLessThan(1e-3);
    expect(Math.abs(a.objectives[0]! / b.objectives[0]! - 1)).toBeLessThan(1e-5);
  });
});

async function training(name: string, out: string, more: Partial<TrainOptions> = {}): Promise<TrainingResult> {
  const engine = await openEngine({ threads: 1 });
  return await train({ engine, recipe: resolveRecipe(name, TINY), dataset, seed: 1, out: join(folder.path, out), ...more });
}

test('a cancelled and resumed adversarial training ends with the weights of an uninterrupted one, its discriminator included', async () => {
  const whole = await training('loss/adversarial', 'whole');
  const controller = new AbortController();
  const onEvent: TrainOptions['onEvent'] = (event) => {
    if (event.kind === 'epoch') controller.abort();
  };
  await expect(training('loss/adversarial', 'halved', { signal: controller.signal, onEvent })).rejects.toMatchObject({
    name: 'AbortError',
  });
  const resumed = await training('loss/adversarial', 'halved', { resume: true });
  expect(resumed.manifest.checkpoints.last).toEqual(whole.manifest.checkpoints.last);
  const { networks } = (await readCheckpoint(join(folder.path, 'halved/checkpoints/last')))!;
  expect(Object.keys(networks).sort()).toEqual(['autoencoder', 'discriminator']);
  expect(networks['discriminator']).toMatchObject({ steps: 4 });
});

test('a variational training keeps both numbers of every unit, validates by the means, and keeps its objective beside the squared error', async () => {
  const { manifest, history } = await training('loss/variational', 'variational');
  const plain = resolveRecipe('ae', TINY);
  const latent = plain.model.latent;
  // Twice as many outputs of the last 8×8 convolution over 32 channels.
  const { networks } = (await readCheckpoint(join(folder.path, 'variational/checkpoints/last')))!;
  expect(networks['autoencoder']!.weights).toHaveLength(manifest.parameters);
  const whole = await training('ae', 'plain');
  expect(manifest.parameters - whole.manifest.parameters).toBe(latent * (8 * 8 * 32 + 1));
  for (const { validationLoss, objective, trainLoss } of history) {
    expect(validationLoss).toBeGreaterThan(0);
    expect(objective).toBeGreaterThan(trainLoss / 255 ** 2);
  }
  // The plain training lowers what is reported of it.
  for (const { objective, trainLoss } of whole.history) expect(objective! * 255 ** 2).toBeCloseTo(trainLoss, 6);
});

test.each([
  ['after', 'ssim'],
  ['before', 'l1'],
])('losses reach through turned patches, taken %s turning back: %s', async (taken, image) => {
  const sets = [
    'regime.kind=stn-random',
    `loss.taken=${taken}`,
    `loss.image.kind=${image}`,
    'loss.latent.kind=contractive',
    'loss.corruption.kind=blocks',
    'loss.corruption.touched=2',
  ];
  const engine = await openEngine({ threads: 1 });
  const recipe = resolveRecipe('ae', [...TINY, ...sets]);
  const before = tf.memory().numTensors;
  const { objectives } = await steps(engine, recipe, 12, 5e-4);
  expect(mean(objectives.slice(-2))).toBeLessThan(0.97 * mean(objectives.slice(0, 2)));
  expect(tf.memory().numTensors).toBe(before);
});
