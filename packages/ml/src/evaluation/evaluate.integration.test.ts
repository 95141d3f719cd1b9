import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEngine } from '@plumbline/tensorflow';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readMvtecDataset, type Dataset, type DatasetImage } from '../datasets/index.ts';
import type { Engine } from '../engine/index.ts';
import { crop, patchGrid, patchToInput } from '../geometry/index.ts';
import { decodeMask, encodePng8, readFloat32Tiff, readPng8 } from '../images/index.ts';
import { imageScore, pixelMetrics } from '../metrics/index.ts';
import { recipeHash, resolveRecipe } from '../recipes/index.ts';
import { residualMap, upsampleMap } from '../residuals/index.ts';
import { temporaryFolder, texture, TINY, writeTinyDataset } from '../training/fixture.ts';
import { train } from '../training/index.ts';
import { wrapTurn } from '../transformer/index.ts';
import { evaluate } from './evaluate.ts';
import { RunNormaliser } from './run-normaliser.ts';
import type { EvaluationEvent, EvaluationResult } from './result.ts';

let folder: ReturnType<typeof temporaryFolder>;
let engine: Engine;
let dataset: Dataset;
let result: EvaluationResult;
const events: EvaluationEvent[] = [];
const at = (...parts: string[]): string => join(folder.path, ...parts);

beforeAll(async () => {
  folder = temporaryFolder();
  engine = await openEngine({ threads: 1 });
  dataset = await readMvtecDataset(await writeTinyDataset(folder.path));
  await train({ engine, recipe: resolveRecipe('ae', TINY), dataset, seed: 1, out: at('run') });
  result = await evaluate({ engine, run: at('run'), dataset, out: at('eval'), onEvent: (event) => events.push(event) });
});
afterAll(() => folder.remove());

test('what is returned is what metrics.json says, with class, recipe, hash, seed and geometry', () => {
  const written = JSON.parse(readFileSync(at('eval/metrics.json'), 'utf8'));
  expect(written).toEqual(JSON.parse(JSON.stringify(result.metrics)));
  expect(written).toMatchObject({ class: 'stripes', recipe: 'ae', seed: 1, geometry: 'image', imageScore: 'top1pc', split: 'test' });
  expect(written.images).toEqual({ good: 2, defective: 2, withoutMask: 0, unusable: [] });
  expect(written.reconstruction.images).toBe(2);
});

test('an exported map is derived from the stored input and reconstruction, and so are scores and metrics', async () => {
  const { residual } = resolveRecipe('ae', TINY);
  for (const measure of ['ssim', 'mse'] as const) {
    const maps = [];
    const masks = [];
    for (const image of result.images) {
      const [input, reconstruction] = [
        await readPng8(at('eval', image.files.input)),
        await readPng8(at('eval', image.files.reconstruction)),
      ];
      const map = upsampleMap(residualMap(measure, input, reconstruction, residual), image.width, image.height);
      const written = await readFloat32Tiff(at('eval', image.files.maps[measure]));
      expect(written).toEqual(map);
      expect(image.scores[measure]).toBe(imageScore(map, 'top1pc'));
      maps.push(map);
      const source = dataset.images.find((entry) => entry.id === image.imageId)!;
      masks.push(
        source.mask ? await decodeMask(source.mask) : { width: map.width, height: map.height, data: new Uint8Array(map.data.length) },
      );
    }
    const threshold = result.thresholds[measure]!;
    expect(threshold).toMatchObject({ quantile: 0.995, origin: '1 good validation images held out from training (seed 1)' });
    expect(result.metrics.measures[measure].pixel).toEqual(pixelMetrics({ maps, masks, validationThreshold: threshold.pixel }));
  }
});

test('metrics.json says for each defect type what it says of all where there is one type alone', () => {
  const { byDefect, measures } = result.metrics;
  expect(Object.keys(byDefect)).toEqual(['blot']);
  expect(byDefect.blot).toMatchObject({ images: 2, withoutMask: 0 });
  for (const measure of ['ssim', 'mse'] as const) {
    const { pixel, image } = byDefect.blot!.measures[measure];
    const all = measures[measure];
    expect(pixel).toEqual({
      rocAuc: all.pixel.rocAuc,
      averagePrecision: all.pixel.averagePrecision,
      aupro30: all.pixel.aupro30,
      prevalence: all.pixel.prevalence,
    });
    expect(image).toMatchObject({ rocAuc: all.image.rocAuc, averagePrecision: all.image.averagePrecision, prevalence: 0.5 });
    const scores = result.images.filter(({ label }) => label === 'blot').map(({ scores }) => scores[measure]);
    expect(image.detectionRate).toBe(scores.filter((score) => score >= result.thresholds[measure]!.image).length / 2);
  }
});

test('files lie where evaluation code for MVTec AD looks, and scores.csv has one line an image', () => {
  expect(readdirSync(at('eval/anomaly_maps/stripes/test/blot'))).toEqual(['0.tiff', '1.tiff']);
  expect(readdirSync(at('eval/anomaly_maps_mse/stripes/test/good'))).toEqual(['0.tiff', '1.tiff']);
  const lines = readFileSync(at('eval/scores.csv'), 'utf8').trim().split('\n');
  expect(lines).toHaveLength(5);
  expect(lines[0]).toBe('image,label,ssim,mse');
  const curves = JSON.parse(readFileSync(at('eval/curves.json'), 'utf8'));
  expect(curves.curves.ssim.pixel.roc.length).toBeGreaterThan(2);
  expect(events.filter((event) => event.kind === 'progress' && event.phase === 'images')).toHaveLength(4);
});

test('evaluating leaves no tensors behind and gives the same numbers again', async () => {
  const before = tf.memory().numTensors;
  const again = await evaluate({ engine, run: at('run'), dataset, out: at('eval') });
  expect(tf.memory().numTensors).toBe(before);
  expect(again.metrics.measures).toEqual(result.metrics.measures);
});

test('the paper geometry: maps return to the photograph, and the patches themselves are scored too', async () => {
  const recipe = resolveRecipe('paper/ae', [
    'data.trainPatches=4',
    'training.batch=4',
    'training.epochs=1',
    'model.latent=8',
    'channels=1',
  ]);
  await train({ engine, recipe, dataset, seed: 1, out: at('paper') });
  const { metrics, images } = await evaluate({ engine, run: at('paper'), dataset, out: at('paper-eval') });
  expect(metrics).toMatchObject({ geometry: 'patch', imageScore: 'max', paperMode: true, mode: 'exact' });
  const { patches, paper } = metrics;
  // A window of 11 px that stays inside the region of interest leaves 81 of its 91 px.
  for (const [measure, side] of [
    ['ssim', 81],
    ['mse', 91],
  ] as const) {
    expect(patches![measure].pixel.pixels).toBe(4 * 4 * side * side);
    expect(paper![measure]).toMatchObject({ thresholds: 256, pixels: 4 * 4 * side * side, undefinedBecause: {} });
    const { rocAuc, iou, iouPooled } = paper![measure];
    expect(Math.abs(rocAuc! - patches![measure].pixel.rocAuc!)).toBeLessThan(0.05);
    expect([iou! > 0, iouPooled! > 0]).toEqual([true, true]);
  }
  expect(metrics.measures.ssim.pixel.pixels).toBe(4 * 128 * 128);
  expect(images[0]).toMatchObject({ networkWidth: 256, networkHeight: 256, width: 128, height: 128 });
  expect(images[0]!.fields).toHaveLength(4);
  const map = await readFloat32Tiff(at('paper-eval', images[0]!.files.maps.mse));
  expect([map.width, map.height]).toEqual([128, 128]);
});

test('by histogram: chosen where the exact ranking has no room, and the exact numbers lie within its bounds', async () => {
  const options = { engine, run: at('run'), dataset, out: at('histogram') };
  const { metrics } = await evaluate({ ...options, metricsMemory: 1000 });
  expect([result.metrics.mode, metrics.mode]).toEqual(['exact', 'histogram']);
  for (const measure of ['ssim', 'mse'] as const) {
    const [exact, { bounds, ...histogram }] = [result.metrics.measures[measure].pixel, metrics.measures[measure].pixel];
    for (const name of ['rocAuc', 'averagePrecision', 'prcTrapezoid', 'f1Max', 'iouBestOracle', 'aupro30'] as const) {
      const [low, high] = bounds![name]!;
      for (const value of [exact[name]!, histogram[name]!]) expect(value >= low - 1e-12 && value <= high + 1e-12, name).toBe(true);
      expect(high - low, name).toBeLessThan(0.02);
    }
    expect(histogram.iouAtValidationThreshold).toBe(exact.iouAtValidationThreshold);
  }
  expect((await evaluate({ ...options, metricsMode: 'exact', metricsMemory: 1000 })).metrics.measures).toEqual(result.metrics.measures);
});

test('squared error over its expectation: the table travels in metrics.json and gives the exported maps again', async () => {
  const recipe = resolveRecipe('ae', [...TINY, 'residual.mse.expected=true', 'residual.mse.sigma=1', 'residual.paperMode=true']);
  await train({ engine, recipe, dataset, seed: 1, out: at('expected') });
  const options = { engine, run: at('expected'), dataset, out: at('expected-eval') };
  const { images, metrics } = await evaluate(options);
  const { expectedResidual } = JSON.parse(readFileSync(at('expected-eval/metrics.json'), 'utf8'));
  expect(expectedResidual.values.length).toBeGreaterThan(5);
  for (const image of images) {
    const [input, reconstruction] = [
      await readPng8(at('expected-eval', image.files.input)),
      await readPng8(at('expected-eval', image.files.reconstruction)),
    ];
    const map = residualMap('mse', input, reconstruction, { ...recipe.residual, expected: expectedResidual });
    expect(await readFloat32Tiff(at('expected-eval', image.files.maps.mse))).toEqual(upsampleMap(map, image.width, image.height));
  }
  // What is divided is the map, not the reconstruction's error.
  expect(metrics.reconstruction.mse).toBe(result.metrics.reconstruction.mse);
  expect(metrics.measures.ssim).toEqual(result.metrics.measures.ssim);
  expect(metrics.paper!.mse.pixels).toBe(metrics.measures.mse.pixel.pixels);
  expect([result.metrics.expectedResidual, result.metrics.paper]).toEqual([null, undefined]);
  const testImages = { ...dataset, images: dataset.images.filter((image) => image.split === 'test') };
  await expect(evaluate({ ...options, dataset: testImages })).rejects.toThrow(/residual\.mse\.expected needs good validation images/);
});

describe('what cannot be used', () => {
  const again = (more: object) => evaluate({ engine, run: at('run'), dataset, out: at('other'), ...more });

  test('a folder without a run, a split without images, a folder of somebody else', async () => {
    await expect(again({ run: at('nothing') })).rejects.toThrow(/holds no run .*plumbline train --out/);
    const training = { ...dataset, images: dataset.images.filter((image) => image.split === 'train') };
    await expect(again({ dataset: training })).rejects.toThrow(/stripes has no test images/);
    await expect(again({ out: folder.path })).rejects.toThrow(/which is no part of an evaluation; give another --out/);
  });
  test('a mask of another size counts as none and says so; a broken image is listed', async () => {
    const warnings: string[] = [];
    writeFileSync(at('broken.png'), 'no image');
    const images = dataset.images.map((image) => {
      if (image.id === 'test/blot/0') return { ...image, mask: at('eval', result.images[0]!.files.input), file: at('broken.png') };
      return image;
    });
    const { metrics } = await again({
      dataset: { ...dataset, images },
      onEvent: (event: EvaluationEvent) => {
        if (event.kind === 'warning') warnings.push(event.message);
      },
    });
    expect(metrics.images).toMatchObject({ defective: 1, unusable: ['test/blot/0'] });
    expect(warnings).toEqual([expect.stringContaining('0.png')]);
    expect(metrics.thresholds.ssim!.origin).toContain('not the data the run was trained on');
    expect([result.metrics.evaluatedDataHash, metrics.dataHash]).toEqual([result.metrics.dataHash, result.metrics.dataHash]);
    expect(metrics.evaluatedDataHash).not.toBe(metrics.dataHash);
  });
  test('a validation image smaller than a patch is left out of the thresholds and says so', async () => {
    writeFileSync(at('small.png'), await encodePng8(texture(1, 60)));
    const [first, second] = dataset.images.filter((image) => image.split === 'train');
    const small: DatasetImage = { ...first!, file: at('small.png'), split: 'validation' };
    const validating = (...held: DatasetImage[]): Dataset => ({
      ...dataset,
      images: [...held, ...dataset.images.filter((image) => image.split === 'test')],
    });
    const warnings: string[] = [];
    const onEvent = (event: EvaluationEvent): void => void (event.kind === 'warning' && warnings.push(event.message));
    const usable: DatasetImage = { ...second!, split: 'validation' };
    const { thresholds } = await again({ dataset: validating(small, usable), onEvent });
    expect(warnings).toEqual([expect.stringContaining('60 × 60 px')]);
    expect(thresholds.ssim!.origin).toMatch(/^1 good validation images /);
    expect(thresholds).toEqual((await again({ dataset: validating(usable) })).thresholds);
  });
  test('cancelled, it leaves no metrics.json', async () => {
    await expect(again({ out: at('cancelled'), signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(existsSync(at('cancelled/metrics.json'))).toBe(false);
  });
});

test('residual options can be changed for one evaluation, which then names another recipe; others cannot', async () => {
  const sets = ['residual.ssim.sigma=0.8', 'residual.imageScore=max'];
  const { metrics } = await evaluate({ engine, run: at('run'), dataset, out: at('changed'), sets, name: 'ae, σ 0.8' });
  expect(metrics).toMatchObject({ recipe: 'ae, σ 0.8', imageScore: 'max', trainedRecipeHash: result.metrics.recipeHash });
  expect(metrics.recipeHash).toBe(recipeHash(resolveRecipe('ae', [...TINY, ...sets])));
  expect(metrics.measures.ssim.pixel.rocAuc).not.toBe(result.metrics.measures.ssim.pixel.rocAuc);
  expect(metrics.measures.mse.pixel).toEqual(result.metrics.measures.mse.pixel);
  await expect(evaluate({ engine, run: at('run'), dataset, out: at('refused'), sets: ['model.latent=3'] })).rejects.toThrow(
    /^--set model\.latent=3: an evaluation changes only residual/,
  );
});

describe('a regime that turns its patches', () => {
  const sets = [...TINY, 'orientation.patches=8', 'orientation.training.epochs=1', 'orientation.training.batch=4'];
  beforeAll(async () => {
    await train({ engine, recipe: resolveRecipe('stn-frozen', sets), dataset, seed: 1, out: at('turned') });
  });

  test('is evaluated with the α of every patch, which its run gives for the same patches again', async () => {
    const { images, metrics } = await evaluate({ engine, run: at('turned'), dataset, out: at('turned-eval') });
    expect(metrics).toMatchObject({ regime: 'stn-frozen', recipe: 'stn-frozen' });
    const image = images[0]!;
    const input = await readPng8(at('turned-eval', image.files.input));
    const { geometry } = resolveRecipe('stn-frozen', sets);
    const inputs = patchGrid(input, geometry).map((origin) => patchToInput(crop(input, origin, geometry.patch, geometry.patch), geometry));
    expect(image.orientations).toHaveLength(inputs.length);
    const written = readFileSync(at('turned-eval/orientations.csv'), 'utf8').trim().split('\n');
    expect(written).toHaveLength(1 + images.length * inputs.length);
    expect(written[1]).toBe(`${image.imageId},0,${image.orientations![0]}`);
    expect(existsSync(at('eval/orientations.csv'))).toBe(false);
    const normaliser = await RunNormaliser.load(engine, at('turned'));
    const degrees = Array.from(await normaliser.angles(inputs), (angle) => (wrapTurn(angle) * 180) / Math.PI);
    normaliser.dispose();
    degrees.forEach((angle, i) => expect(Math.abs(angle - image.orientations![i]!)).toBeLessThan(0.01));
  });

  test('the orientation of a run that turns nothing is refused', async () => {
    await expect(RunNormaliser.load(engine, at('run'))).rejects.toThrow(/is a run of the regime ae, which turns nothing/);
  });

  test('a run that trained the orientation alone has no autoencoder to evaluate', async () => {
    await expect(evaluate({ engine, run: at('turned/orientation'), dataset, out: at('no-eval') })).rejects.toThrow(
      /has no autoencoder to evaluate/,
    );
  });
});
