import { openEngine } from '@plumbline/tensorflow';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { operationsOf, type Operations } from '../engine/index.ts';
import {
  blankImage,
  blendPatches,
  contentFields,
  crop,
  insert,
  patchGrid,
  quantise8,
  type Geometry,
  type PixelImage,
} from '../geometry/index.ts';
import { autoencoderLayers, initialWeights, negated, type Sampler } from '../models/index.ts';
import { Random } from '../random/index.ts';
import { resolveRecipe, type Recipe } from '../recipes/index.ts';
import { texture, TINY } from '../training/fixture.ts';
import { rotate, turnInDegrees } from '../transformer/index.ts';
import { Examiner } from './examiner.ts';

let operations: Operations;
beforeAll(async () => {
  operations = operationsOf(await openEngine({ threads: 1 }));
});

/** Weights that a training begins with, somewhat larger: what is decoded has structure, and differs from patch to patch. */
function opened(recipe: Recipe): Examiner {
  const weights = initialWeights(autoencoderLayers(recipe), 'kaiming', Random.of('weights', 3)).map((weight) => 1.2 * weight);
  const autoencoder = { weights, standardisation: { mean: [0.45], deviation: [0.2] } };
  return new Examiner({ operations, recipe, seed: 5, autoencoder, localisation: null });
}

/** The squares of a sheet, one after another. */
function squaresOf(sheet: PixelImage, side: number): PixelImage[] {
  const columns = sheet.width / side;
  return Array.from({ length: (columns * sheet.height) / side }, (_, i) =>
    crop(sheet, { x: (i % columns) * side, y: Math.floor(i / columns) * side }, side, side),
  );
}

/** A sheet turned back square by square and put together as the geometry says, whatever the reconstructor does for it. */
function together(sheet: PixelImage, input: PixelImage, geometry: Geometry, sampler: Sampler, angles: Float64Array): Uint8Array {
  const side = geometry.input;
  const back = squaresOf(sheet, side).map(({ data }, i): PixelImage => {
    const turned = rotate(sampler, data, { count: 1, side, channels: 1 }, negated(angles.subarray(i, i + 1)));
    return { width: side, height: side, channels: 1, data: turned };
  });
  if (geometry.kind === 'image') {
    const lead = Math.floor((side - geometry.patch) / 2);
    const contents = back.map((square) => crop(square, { x: lead, y: lead }, geometry.patch, geometry.patch));
    return quantise8(blendPatches(contents, patchGrid(input, geometry), input.width, input.height));
  }
  const whole = blankImage(input.width, input.height, 1);
  contentFields(input, geometry).forEach((field, i) => {
    const content = crop(back[i]!, { x: field.x % side, y: field.y % side }, field.width, field.height);
    insert(whole, content, field);
  });
  return quantise8(whole);
}

/** With more patches than are computed at once. */
const overlapping = { name: 'ae', sets: TINY, photograph: texture(1, 380), inputs: 49 };
const tiles = { name: 'paper/ae', sets: ['channels=1', 'model.latent=8'], photograph: texture(2, 300), inputs: 4 };

describe.each([
  ['image', overlapping],
  ['patch', tiles],
] as const)('in the %s geometry', (_, { name, sets, photograph, inputs }) => {
  test.each([
    ['search', 'bilinear'],
    ['sampler-only', 'legacy'],
  ] as const)('what %s decodes, turned back by the %s sampler and put together, is the reconstruction', async (kind, sampler) => {
    const recipe = resolveRecipe(name, [...sets, `regime.kind=${kind}`, `regime.sampler=${sampler}`]);
    const examiner = opened(recipe);
    const { input, reconstruction, angles } = await examiner.look(photograph, { id: 'a', name: 'a' });
    expect(angles).toHaveLength(inputs);
    expect(new Set(angles).size).toBeGreaterThan(1);
    const sheet = await examiner.decode(input, angles!);
    examiner.dispose();
    expect(together(sheet, input, recipe.geometry, sampler, angles!)).toEqual(quantise8(reconstruction));
    // Neither flat nor the same everywhere: else any order of the squares would do.
    const [first, second] = squaresOf(sheet, recipe.geometry.input).map(quantise8);
    expect(new Set(first).size).toBeGreaterThan(8);
    expect(first).not.toEqual(second);
  });

  test('decoded unturned it is the reconstruction of an autoencoder that turns nothing', async () => {
    const [plain, turning] = ['ae', 'search'].map((kind) => opened(resolveRecipe(name, [...sets, `regime.kind=${kind}`])));
    const { input, reconstruction } = await plain!.look(photograph, { id: 'a', name: 'a' });
    const zeros = new Float64Array(inputs);
    const sheet = await turning!.decode(input, zeros);
    const { geometry } = resolveRecipe(name, sets);
    expect(together(sheet, input, geometry, 'bilinear', zeros)).toEqual(quantise8(reconstruction));
    plain!.dispose();
    turning!.dispose();
  });
});

test.each([
  // Near upright, to either side; and anywhere, upside down too.
  ['search', (angle: number) => angle < 0],
  ['sampler-only', (angle: number) => Math.cos(angle) < 0],
] as const)('from the turns of %s as they are stored, rounded, the same is decoded but for a grey level', async (regime, telling) => {
  const examiner = opened(resolveRecipe('ae', [...TINY, `regime.kind=${regime}`]));
  const { input, angles } = await examiner.look(texture(1, 380), { id: 'a', name: 'a' });
  expect(angles!.some(telling)).toBe(true);
  const stored = Float64Array.from(angles!, (angle) => (turnInDegrees(angle) * Math.PI) / 180);
  const [exact, again] = [await examiner.decode(input, angles!), await examiner.decode(input, stored)].map(quantise8);
  examiner.dispose();
  expect(again!.reduce((most, value, i) => Math.max(most, Math.abs(value - exact![i]!)), 0)).toBeLessThanOrEqual(1);
});

test('decoding leaves no tensors behind and counts as work', async () => {
  const examiner = opened(resolveRecipe('ae', [...TINY, 'regime.kind=search']));
  const { input, angles } = await examiner.look(texture(1), { id: 'a', name: 'a' });
  const [tensors, { patches }] = [tf.memory().numTensors, examiner.work];
  await examiner.decode(input, angles!);
  expect(tf.memory().numTensors).toBe(tensors);
  expect(examiner.work.patches).toBe(2 * patches);
  examiner.dispose();
});

test('other angles than the inputs have, and a regime that turns none, are refused', async () => {
  const [turning, plain] = ['search', 'ae'].map((kind) => opened(resolveRecipe('ae', [...TINY, `regime.kind=${kind}`])));
  const { input } = await plain!.look(texture(1), { id: 'a', name: 'a' });
  await expect(turning!.decode(input, new Float64Array(3))).rejects.toThrow('3 angles do not match 4 network inputs');
  await expect(plain!.decode(input, new Float64Array(4))).rejects.toThrow('this regime turns no patches');
  turning!.dispose();
  plain!.dispose();
});
