import { openEngine } from '@plumbline/tensorflow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readMvtecDataset, type Dataset } from '../datasets/index.ts';
import type { Engine } from '../engine/index.ts';
import { orientationRecipe, resolveRecipe, trainingOf, type Recipe, type RegimeKind } from '../recipes/index.ts';
import type { NetworkState } from '../run/index.ts';
import { temporaryFolder, TINY, writeTinyDataset } from './fixture.ts';
import { OrientationTrainee } from './orientation-trainee.ts';
import { prepareData } from './prepare.ts';
import { ReconstructionTrainee } from './reconstruction-trainee.ts';
import { learningRate } from './schedule.ts';
import type { Trainee } from './trainee.ts';

const REGIMES: readonly RegimeKind[] = [
  'ae',
  'stn-frozen',
  'stn-random',
  'stn-finetuned',
  'sampler-only',
  'search',
  'multi-start',
  'orientation',
];
const GENTLE = ['learningRate=1e-4', 'warmup=20', 'epsilon=1e-5'].flatMap((set) => [`training.${set}`, `orientation.training.${set}`]);
const SMALL = [...TINY, ...GENTLE, 'orientation.patches=8'];

let folder: ReturnType<typeof temporaryFolder>;
let dataset: Dataset;
/** A localisation network that has learnt something, the same for both engines. */
let localisation: NetworkState;
beforeAll(async () => {
  folder = temporaryFolder();
  dataset = await readMvtecDataset(await writeTinyDataset(folder.path));
  const recipe = orientationRecipe(resolveRecipe('orientation', SMALL));
  const trainee = await traineeOf(await openEngine({ threads: 1 }), recipe);
  for (let i = 0; i < 40; i++) await trainee.step({ indices: Int32Array.of(0, 1, 2, 3), epoch: 1 }, 1e-3);
  localisation = (await trainee.networks())['localisation']!;
  trainee.dispose();
});
afterAll(() => folder.remove());

async function traineeOf(engine: Engine, recipe: Recipe): Promise<Trainee> {
  const data = await prepareData({ recipe, dataset, seed: 1, onProblem: () => undefined });
  const options = { engine, recipe, data, seed: 1, checkpoint: null };
  if (recipe.regime.kind === 'orientation') return new OrientationTrainee(options);
  return new ReconstructionTrainee({ ...options, localisation: recipe.regime.kind === 'stn-random' ? null : localisation });
}

/** Losses of 20 steps on the same four patches, at the rates of the recipe: its warm-up keeps rounding from being blown up by Adam's first steps. */
async function losses(engine: Engine, recipe: Recipe): Promise<number[]> {
  const trainee = await traineeOf(engine, recipe);
  try {
    const values: number[] = [];
    for (let i = 0; i < 20; i++) {
      const { loss } = await trainee.step({ indices: Int32Array.of(0, 1, 2, 3), epoch: 1 }, learningRate(trainingOf(recipe), i, 1000));
      values.push(loss);
    }
    return values;
  } finally {
    trainee.dispose();
  }
}

test.for(REGIMES)('%s: native engine and WebAssembly are at the same loss after 20 steps, within 1e-3', async (kind, { skip }) => {
  // An untrained decoder paints so finely that the loss over α is rough within a pixel; at the autoencoder's full rate rounding grows on it.
  const recipe = resolveRecipe(kind, kind === 'stn-random' ? [...SMALL, 'regime.rateShare=0.1'] : SMALL);
  const native = await openEngine({ threads: 1, prefer: 'native' });
  if (native.kind !== 'native') skip('the native engine is not installed');
  const first = await losses(await openEngine({ threads: 1, prefer: 'native' }), recipe);
  const second = await losses(await openEngine({ prefer: 'wasm' }), recipe);
  expect(first.at(-1)).toBeLessThan(first[0]!);
  expect(Math.abs(second.at(-1)! / first.at(-1)! - 1), `${first.at(-1)} against ${second.at(-1)}`).toBeLessThan(1e-3);
});
