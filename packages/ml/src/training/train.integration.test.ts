import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEngine } from '@plumbline/tensorflow';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readMvtecDataset, type Dataset } from '../datasets/index.ts';
import type { Engine } from '../engine/index.ts';
import { resolveRecipe } from '../recipes/index.ts';
import { codeVersion, lockRun, readCheckpoint, type RunManifest } from '../run/index.ts';
import type { TrainingEvent } from './events.ts';
import { temporaryFolder, TINY, writeTinyDataset } from './fixture.ts';
import { train, type TrainOptions, type TrainingResult } from './train.ts';

let folder: ReturnType<typeof temporaryFolder>;
let engine: Engine;
let dataset: Dataset;
beforeAll(async () => {
  folder = temporaryFolder();
  engine = await openEngine({ threads: 1 });
  dataset = await readMvtecDataset(await writeTinyDataset(folder.path));
});
afterAll(() => folder.remove());

const out = (name: string): string => join(folder.path, name);

function training(name: string, sets: readonly string[] = [], more: Partial<TrainOptions> = {}): Promise<TrainingResult> {
  return train({ engine, recipe: resolveRecipe('ae', [...TINY, ...sets]), dataset, seed: 1, out: out(name), ...more });
}

test('leaves a complete run: manifest, history with one line an epoch, and both checkpoints with their sha256', async () => {
  const events: TrainingEvent[] = [];
  const { manifest } = await training('complete', [], { onEvent: (event) => events.push(event) });
  expect(manifest).toMatchObject({ class: 'stripes', seed: 1, state: 'complete', epochsDone: 2 });
  const last = await readCheckpoint(join(out('complete'), 'checkpoints/last'));
  expect(last).toMatchObject({ epoch: 2, steps: 4 });
  expect(last!.networks['autoencoder']!.weights).toHaveLength(manifest.parameters);
  const lines = readFileSync(join(out('complete'), 'history.csv'), 'utf8')
    .trim()
    .split('\n');
  expect(lines.map((line) => line.split(',')[0])).toEqual(['epoch', '1', '2']);
  expect(events.filter((event) => event.kind !== 'step').map((event) => event.kind)).toEqual(
    expect.arrayContaining(['prepared', 'preview', 'checkpoint', 'epoch']),
  );
  expect(events[0]).toMatchObject({ kind: 'prepared', trainImages: 5, validationImages: 1, trainPatches: 8, stepsPerEpoch: 2, epochs: 2 });
  expect(events.filter((event) => event.kind === 'preview').map((event) => event.epoch)).toEqual([0, 1, 2]);
});

describe('on one thread', () => {
  test('the same seed gives the same weights, another seed others', async () => {
    const [a, b, c] = [await training('same-a'), await training('same-b'), await training('other', [], { seed: 2 })];
    expect(b.manifest.checkpoints.last!.sha256).toBe(a.manifest.checkpoints.last!.sha256);
    expect(c.manifest.checkpoints.last!.sha256).not.toBe(a.manifest.checkpoints.last!.sha256);
  });

  test('cancelled and resumed gives the same weights and history as uninterrupted', async () => {
    const sets = ['training.epochs=3'];
    const whole = await training('whole', sets);
    const controller = new AbortController();
    const cancelled = training('halved', sets, {
      signal: controller.signal,
      onEvent: (event) => {
        if (event.kind === 'epoch' && event.epoch === 1) controller.abort();
      },
    });
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    const resumed = await training('halved', sets, { resume: true });
    expect(resumed.manifest.checkpoints.last).toEqual(whole.manifest.checkpoints.last);
    expect(resumed.manifest.checkpoints.best!.sha256).toBe(whole.manifest.checkpoints.best!.sha256);
    expect(resumed.history.map(({ trainLoss, validationLoss }) => [trainLoss, validationLoss])).toEqual(
      whole.history.map(({ trainLoss, validationLoss }) => [trainLoss, validationLoss]),
    );
  });
});

test('the paper geometry trains as well', async () => {
  const recipe = resolveRecipe('paper/ae', ['data.trainPatches=4', 'training.batch=4', 'training.epochs=1', 'model.latent=8']);
  const { manifest } = await train({ engine, recipe, dataset, seed: 1, out: out('paper') });
  expect(manifest).toMatchObject({ state: 'complete', recipe: { geometry: { kind: 'patch' } } });
});

test('a training that stays at the constant image is told so', async () => {
  const warnings: string[] = [];
  const sets = ['training.learningRate=1e-9', 'training.batch=1', 'data.trainPatches=50', 'augmentation.rotation.probability=0'];
  await training('dead', sets, {
    onEvent: (event) => {
      if (event.kind === 'warning') warnings.push(`${event.code}: ${event.message}`);
    },
  });
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/^dead-start: After 100 steps the loss .* still equals the data's variance/);
});

test('a resumed run keeps what it was begun with and says what it went on with; a complete one stays as it is', async () => {
  const controller = new AbortController();
  const onEvent = (event: TrainingEvent): void => {
    if (event.kind === 'epoch') controller.abort();
  };
  await expect(training('provenance', [], { signal: controller.signal, onEvent })).rejects.toMatchObject({ name: 'AbortError' });
  const path = join(out('provenance'), 'manifest.json');
  const begun = { ...(JSON.parse(readFileSync(path, 'utf8')) as RunManifest), codeVersion: 'earlier' };
  writeFileSync(path, JSON.stringify({ ...begun, engine: { ...begun.engine, threads: 7 } }));
  const { manifest } = await training('provenance', [], { resume: true });
  expect(manifest).toMatchObject({ state: 'complete', codeVersion: 'earlier', engine: { threads: 7 } });
  expect(manifest.attempts).toEqual([{ fromEpoch: 2, engine: begun.engine, codeVersion: codeVersion() }]);
  const text = readFileSync(path, 'utf8');
  const again = await training('provenance', [], { resume: true });
  expect(again.manifest).toEqual(manifest);
  expect(again.manifest.dataVariance).toBeGreaterThan(0);
  expect(readFileSync(path, 'utf8')).toBe(text);
});

describe('a training that diverges', () => {
  const sets = ['training.learningRate=1', 'training.warmup=0', 'training.schedule=constant', 'model.output=linear'];
  const message = /^The training diverged at step \d+; lower training.learningRate \(now 1\) or/;

  test('ends with the step and the remedy, and commits nothing', async () => {
    const before = tf.memory().numTensors;
    await expect(training('diverged', sets)).rejects.toMatchObject({ name: 'RunError', message: expect.stringMatching(message) as string });
    expect(existsSync(join(out('diverged'), 'checkpoints'))).toBe(false);
    expect(tf.memory().numTensors).toBe(before);
  });
});

test('an image that cannot be used is named and left out; training goes on', async () => {
  const bad = join(folder.path, 'bad.png');
  writeFileSync(bad, 'not an image');
  const image = { ...dataset.images.find((entry) => entry.split === 'train')!, id: 'train/good/bad', name: 'bad.png', file: bad };
  const warnings: string[] = [];
  const recipe = resolveRecipe('ae', [...TINY, 'training.epochs=1', 'data.validationShare=0']);
  const { history } = await train({
    engine,
    recipe,
    dataset: { ...dataset, images: [...dataset.images, image] },
    seed: 1,
    out: out('bad'),
    onEvent: (event) => {
      if (event.kind === 'warning') warnings.push(event.message);
    },
  });
  expect(warnings).toEqual([expect.stringContaining('bad.png')]);
  expect(history).toMatchObject([{ epoch: 1, validationLoss: null }]);
});

test('training leaves no tensors behind, cancelled or not', async () => {
  const before = tf.memory().numTensors;
  await training('tensors');
  await expect(training('tensors-cancelled', [], { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  expect(tf.memory().numTensors).toBe(before);
});

describe('a run folder is not mixed up', () => {
  beforeAll(async () => void (await training('taken')));

  test('a folder that holds a run is refused without resume', async () => {
    await expect(training('taken')).rejects.toThrow(/already holds a run; give --resume/);
  });
  test('resuming with another recipe, seed or data is refused, saying which', async () => {
    await expect(training('taken', ['training.epochs=9'], { resume: true })).rejects.toThrow(/was trained with the recipe ae/);
    await expect(training('taken', [], { resume: true, seed: 9 })).rejects.toThrow(/was trained with seed 1, not 9/);
    const fewer = { ...dataset, images: dataset.images.slice(1) };
    await expect(training('taken', [], { resume: true, dataset: fewer })).rejects.toThrow(/was trained with other data/);
  });
  test('a complete run is resumed at once, and one killed before its first checkpoint starts again', async () => {
    const { manifest } = await training('taken', [], { resume: true });
    expect(manifest.state).toBe('complete');
    rmSync(join(out('taken'), 'checkpoints'), { recursive: true });
    const path = join(out('taken'), 'manifest.json');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, JSON.stringify({ ...JSON.parse(text), state: 'partial', epochsDone: 0, checkpoints: { best: null, last: null } }));
    const again = await training('taken', [], { resume: true });
    expect(again.manifest.checkpoints.last!.sha256).toBe(manifest.checkpoints.last!.sha256);
  });
  test('a folder in training is refused by the id of the process that trains, and freed when that process is gone', async () => {
    const release = await lockRun(out('taken'));
    await expect(training('taken', [], { resume: true })).rejects.toThrow(`is being trained by process ${process.pid}`);
    await release();
    writeFileSync(join(out('taken'), '.lock'), JSON.stringify({ pid: process.pid, started: 'an earlier process' }));
    await expect(training('taken', [], { resume: true })).resolves.toMatchObject({ manifest: { state: 'complete' } });
  });
});

test('data without training images is refused with the remedy', async () => {
  const images = dataset.images.filter((image) => image.split === 'test');
  await expect(training('empty', [], { dataset: { ...dataset, images } })).rejects.toThrow(
    /stripes has no training images; put photographs/,
  );
});
