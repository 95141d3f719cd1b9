import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEngine } from '@plumbline/tensorflow';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readMvtecDataset, type Dataset } from '../datasets/index.ts';
import type { Engine } from '../engine/index.ts';
import { resolveRecipe } from '../recipes/index.ts';
import { readCheckpoint, type StoredCheckpoint } from '../run/index.ts';
import { sha256Of } from '../run/atomic.ts';
import { temporaryFolder, TINY, writeTinyDataset } from './fixture.ts';
import { prepareData } from './prepare.ts';
import { train, type TrainingEvent, type TrainingResult, type TrainOptions } from './index.ts';

const TINY_ORIENTATION = ['orientation.patches=8', 'orientation.training.batch=4', 'orientation.training.epochs=1'];

let folder: ReturnType<typeof temporaryFolder>;
let engine: Engine;
let dataset: Dataset;
let stn: string;
beforeAll(async () => {
  folder = temporaryFolder();
  engine = await openEngine({ threads: 1 });
  dataset = await readMvtecDataset(await writeTinyDataset(folder.path));
  await training('orientation', 'stn');
  stn = out('stn');
});
afterAll(() => folder.remove());

const out = (name: string): string => join(folder.path, name);

function training(recipe: string, name: string, more: Partial<TrainOptions> & { sets?: readonly string[] } = {}): Promise<TrainingResult> {
  const { sets = [], ...options } = more;
  return train({
    engine,
    recipe: resolveRecipe(recipe, [...TINY, ...TINY_ORIENTATION, ...sets]),
    dataset,
    seed: 1,
    out: out(name),
    ...options,
  });
}

const last = async (name: string): Promise<StoredCheckpoint> => (await readCheckpoint(join(out(name), 'checkpoints/last')))!;
const localisation = async (name: string): Promise<Float32Array> => (await last(name)).networks['localisation']!.weights;

test('a training of the orientation says how well known rotations are recovered, beside what exhaustive search does', async () => {
  const events: TrainingEvent[] = [];
  const { manifest } = await training('orientation', 'told', { onEvent: (event) => events.push(event) });
  expect(manifest).toMatchObject({ state: 'complete', recovery: { network: { pairs: 256 }, search: { pairs: 256 } } });
  expect(manifest.recovery!.search.medianDegrees).toBeLessThan(2);
  expect(events.find((event) => event.kind === 'recovery')).toMatchObject(manifest.recovery!);
  const stored = await last('told');
  expect(Object.keys(stored.networks)).toEqual(['localisation']);
});

describe('gradients stop and flow where the regime says', () => {
  test('frozen weights do not change by one bit, and no optimiser is kept for them', async () => {
    await training('stn-frozen', 'frozen', { stn });
    const { networks } = await last('frozen');
    expect(Buffer.from(networks['localisation']!.weights.buffer).equals(Buffer.from((await localisation('stn')).buffer))).toBe(true);
    expect(networks['localisation']!.moments).toBeNull();
  });
  test('finetuned weights begin with the trained ones and change; from random they change as well', async () => {
    await training('stn-finetuned', 'finetuned', { stn, sets: ['regime.rateShare=0'] });
    expect(await localisation('finetuned')).toEqual(await localisation('stn'));
    await training('stn-finetuned', 'finetuned-more', { stn });
    expect(await localisation('finetuned-more')).not.toEqual(await localisation('stn'));
    await training('stn-random', 'random');
    await training('stn-random', 'random-still', { sets: ['regime.rateShare=0'] });
    expect(await localisation('random')).not.toEqual(await localisation('random-still'));
  });
});

test('every regime starts from the same autoencoder and sees the same patches in the same order', async () => {
  const sets = ['training.learningRate=1e-9', 'training.weightDecay=0', 'training.epochs=1'];
  const patchesOf = async (regime: string): Promise<string> => {
    const recipe = resolveRecipe(regime, [...TINY, ...TINY_ORIENTATION]);
    const { patches } = await prepareData({ recipe, dataset, seed: 1, onProblem: () => undefined });
    return Array.from({ length: patches.count }, (_, i) => sha256Of(patches.at(i))).join(' ');
  };
  await training('ae', 'same-ae', { sets });
  const ae = await last('same-ae');
  for (const regime of ['stn-frozen', 'stn-random', 'stn-finetuned', 'sampler-only', 'search', 'multi-start'] as const) {
    expect(await patchesOf(regime), regime).toBe(await patchesOf('ae'));
    const name = `same-${regime}`;
    await training(regime, name, { sets, ...(['stn-frozen', 'stn-finetuned', 'multi-start'].includes(regime) ? { stn } : {}) });
    const { networks, random } = await last(name);
    // At this rate a step moves a weight by its rounding at most.
    const first = ae.networks['autoencoder']!.weights;
    const moved = networks['autoencoder']!.weights.reduce((most, weight, i) => Math.max(most, Math.abs(weight - first[i]!)), 0);
    expect(moved, regime).toBeLessThan(1e-7);
    // What orders the patches was drawn from equally often.
    expect(random, regime).toBe(ae.random);
  }
});

describe.each(['stn-frozen', 'stn-random', 'stn-finetuned', 'sampler-only', 'search', 'multi-start', 'orientation'] as const)(
  '%s',
  (regime) => {
    const needs = ['stn-frozen', 'stn-finetuned', 'multi-start'].includes(regime);
    const sets = regime === 'orientation' ? ['orientation.training.epochs=2'] : [];
    const more = (): Partial<TrainOptions> => (needs ? { stn } : {});

    test('the same seed gives the same weights, interrupted and resumed or not, and no tensor is left', async () => {
      const before = tf.memory().numTensors;
      const whole = await training(regime, `${regime}-whole`, { ...more(), sets });
      const controller = new AbortController();
      const onEvent = (event: TrainingEvent): void => {
        if (event.kind === 'epoch') controller.abort();
      };
      const stopped = training(regime, `${regime}-resumed`, { ...more(), sets, onEvent, signal: controller.signal });
      await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
      const resumed = await training(regime, `${regime}-resumed`, { ...more(), sets, resume: true });
      expect(resumed.manifest.checkpoints).toEqual(whole.manifest.checkpoints);
      expect(resumed.manifest.recovery).toEqual(whole.manifest.recovery);
      expect(tf.memory().numTensors).toBe(before);
    });
  },
);

describe('the localisation network of a run', () => {
  test('is trained inside the run where none is given, and named in the manifest', async () => {
    const seen: TrainingEvent[] = [];
    const { manifest } = await training('stn-frozen', 'inside', { onEvent: (event) => seen.push(event) });
    expect(seen[0]).toMatchObject({ kind: 'pre-training', event: { kind: 'prepared' } });
    const inner = JSON.parse(readFileSync(join(out('inside'), 'orientation/manifest.json'), 'utf8')) as TrainingResult['manifest'];
    expect(manifest.localisation).toMatchObject({ sha256: inner.checkpoints.best!.sha256, recipeHash: inner.recipeHash, seed: 1 });
    expect(await localisation('inside')).toEqual(await localisation('stn'));
  });
  test('interrupted while it is trained inside the run, and resumed, ends with the same run', async () => {
    const sets = ['orientation.training.epochs=2'];
    const whole = await training('stn-frozen', 'inside-whole', { sets });
    const controller = new AbortController();
    const onEvent = (event: TrainingEvent): void => {
      if (event.kind === 'pre-training' && event.event.kind === 'epoch') controller.abort();
    };
    const stopped = training('stn-frozen', 'inside-stopped', { sets, onEvent, signal: controller.signal });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    const resumed = await training('stn-frozen', 'inside-stopped', { sets, resume: true });
    expect(resumed.manifest.checkpoints).toEqual(whole.manifest.checkpoints);
    expect(resumed.manifest.localisation).toEqual(whole.manifest.localisation);
  });
  test('is not trained again, nor exchanged, when a run that has one is resumed', async () => {
    const controller = new AbortController();
    const onEvent = (event: TrainingEvent): void => {
      if (event.kind === 'epoch') controller.abort();
    };
    await expect(training('stn-frozen', 'begun', { stn, onEvent, signal: controller.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    await training('orientation', 'another', { seed: 2 });
    await expect(training('stn-frozen', 'begun', { stn: out('another'), resume: true })).rejects.toThrow(
      /was begun with the localisation network/,
    );
    await training('stn-frozen', 'begun', { resume: true });
    expect(existsSync(join(out('begun'), 'orientation'))).toBe(false);
    expect(await localisation('begun')).toEqual(await localisation('stn'));
  });
  test('of another seed is taken with a warning', async () => {
    const warnings: string[] = [];
    await training('orientation', 'seed-3', { seed: 3 });
    await training('stn-frozen', 'mixed', {
      stn: out('seed-3'),
      onEvent: (event) => {
        if (event.kind === 'warning') warnings.push(event.code);
      },
    });
    expect(warnings).toContain('other-data');
  });
  test('is refused where it does not fit, with the reason', async () => {
    await training('ae', 'plain');
    await expect(training('stn-frozen', 'no-network', { stn: out('plain') })).rejects.toThrow(
      /regime ae, which has no localisation network/,
    );
    await expect(training('ae', 'needs-none', { stn })).rejects.toThrow(/regime ae takes no localisation network/);
    await expect(training('stn-frozen', 'other-head', { stn, sets: ['orientation.head=scalar'] })).rejects.toThrow(
      /was trained with orientation.head "vector", not "scalar"/,
    );
    await expect(training('stn-frozen', 'nothing', { stn: out('empty') })).rejects.toThrow(/holds no run/);
  });
});
