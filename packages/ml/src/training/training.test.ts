import { describe, expect, test } from 'vitest';
import { filledMask, fromBytes8, regionOfInterest, type PixelImage } from '../geometry/index.ts';
import { resolveRecipe } from '../recipes/index.ts';
import { TrainingClock } from './clock.ts';
import { isDeadStart } from './dead-start.ts';
import { texture } from './fixture.ts';
import { drawPatch } from '../augmentation/index.ts';
import { drawPatches, PatchStore } from './patches.ts';
import { learningRate } from './schedule.ts';
import { regionStatistics } from './statistics.ts';

/** Row and column of a pixel as its value, so that a patch tells where it was cut. */
function gradient(width: number, height: number): PixelImage {
  const data = Float32Array.from({ length: width * height }, (_, i) => (i % width) / (width - 1));
  return { width, height, channels: 1, data };
}

describe('learning rate', () => {
  const training = { learningRate: 1e-3, schedule: 'cosine', warmup: 10 } as const;
  test('rises over the warm-up, then falls to a hundredth', () => {
    expect(learningRate(training, 0, 1000)).toBeCloseTo(1e-4, 6);
    expect(learningRate(training, 9, 1000)).toBeCloseTo(1e-3, 5);
    expect(learningRate(training, 999, 1000)).toBeCloseTo(1e-5, 7);
  });
  test('stays where the schedule is constant', () => {
    expect(learningRate({ ...training, schedule: 'constant', warmup: 0 }, 500, 1000)).toBe(1e-3);
  });
});

describe('training patches', () => {
  const recipe = resolveRecipe('ae', ['channels=1', 'augmentation.rotation.probability=0']);
  const turning = resolveRecipe('ae', ['channels=1', 'augmentation.rotation.probability=1', 'augmentation.rotation.degrees=180']);

  test('follow from seed, source and index alone', () => {
    const image = texture(1, 200);
    const values = (seed: number, source: string, index: number) =>
      Buffer.from(drawPatch(image, turning, seed, source, index).data.buffer).toString('hex');
    expect(values(1, 'a', 0)).toBe(values(1, 'a', 0));
    expect(new Set([values(1, 'a', 0), values(2, 'a', 0), values(1, 'b', 0), values(1, 'a', 1)]).size).toBe(4);
  });
  test('reach the borders about as often as the middle when they cover, almost never when they do not', () => {
    const image = gradient(400, 100);
    const atBorder = (cover: boolean): number => {
      const lefts = Array.from({ length: 400 }, (_, i) =>
        drawPatch(image, { ...recipe, augmentation: { ...recipe.augmentation, cover } }, 1, 's', i),
      );
      // The patch starts at row and column 19 of the 128² input.
      return lefts.filter((patch) => patch.data[60 * 128 + 19] === 0).length / 400;
    };
    expect(atBorder(true)).toBeGreaterThan(0.08);
    expect(atBorder(false)).toBeLessThan(0.02);
  });
  test('carry zeros outside the region of interest, turned or not, in both geometries', () => {
    for (const set of ['geometry.kind=image', 'geometry.kind=patch']) {
      const own = resolveRecipe('ae', ['channels=1', 'augmentation.rotation.probability=0.5', set]);
      const roi = regionOfInterest(own.geometry);
      const patch = drawPatches({ ...texture(3, 300) }, own, 1, 's', 2)[1]!;
      const outside = patch.filter((_, i) => !roi.data[i]);
      // The paper's geometry mixes a little content into the pixel before its region.
      expect(outside.filter((value) => value > 0).length).toBeLessThan(own.geometry.kind === 'image' ? 1 : 400);
      expect(patch.filter((value, i) => roi.data[i] && value > 0).length).toBeGreaterThan(8000);
    }
  });
  test('are as many as the grid lays when no number is given', () => {
    expect(drawPatches(texture(1, 181), recipe, 1, 's', null)).toHaveLength(9);
  });
});

test('a batch gives the chosen patches in order, values in [0,1]', () => {
  const store = new PatchStore();
  store.add([Uint8Array.of(0, 255), Uint8Array.of(51, 102)]);
  expect([...store.batch([1, 0])]).toEqual([...Float32Array.of(51 / 255, 102 / 255, 0, 1)]);
  expect(() => store.batch([2])).toThrow('there is no patch 2; there are 2');
});

test('mean, deviation and variance are taken over the region of interest, a channel at a time', () => {
  const store = new PatchStore();
  const pixels = fromBytes8(Uint8Array.of(10, 0, 100, 30, 0, 200), 2, 1, 3);
  store.add([pixels.data.map((value) => value * 255) as unknown as Uint8Array].map((values) => Uint8Array.from(values, Math.round)));
  const { mean, deviation, variance } = regionStatistics(store, filledMask(2, 1, 1), 3);
  expect(mean.map((value) => Math.round(value * 255))).toEqual([20, 0, 150]);
  expect(deviation.map((value) => Math.round(value * 255))).toEqual([10, 1, 50]);
  expect(variance).toBeCloseTo((100 + 0 + 2500) / 3, 6);
  const first = { width: 2, height: 1, data: Uint8Array.of(1, 0) };
  expect(regionStatistics(store, first, 3).mean.map((value) => Math.round(value * 255))).toEqual([10, 0, 100]);
});

test('a dead start is a loss at the variance after enough steps, not before', () => {
  expect(isDeadStart(799, 807, 100)).toBe(true);
  expect(isDeadStart(799, 807, 99)).toBe(false);
  expect(isDeadStart(700, 807, 500)).toBe(false);
});

test('the time left counts the steps to come and what validation takes after each epoch', () => {
  let now = 0;
  const clock = new TrainingClock(2, () => now);
  clock.startEpoch();
  for (let i = 0; i < 2; i++) {
    now += 1;
    clock.stepDone();
  }
  now += 3;
  expect(clock.epochDone()).toBe(5);
  expect(clock.secondsPerStep).toBe(1);
  expect(clock.secondsLeft(4)).toBe(4 + 2 * 3);
});
