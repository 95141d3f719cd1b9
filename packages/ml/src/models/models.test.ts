import { describe, expect, test } from 'vitest';
import { Random } from '../random/index.ts';
import { resolveRecipe } from '../recipes/index.ts';
import { autoencoderLayers, initialWeights, kernelLength, latentLayer, multiplyAdds, parameterCount } from './index.ts';

const paper = resolveRecipe('paper/ae');

describe("Table 1's autoencoder as data", () => {
  const layers = autoencoderLayers(paper);
  test('has 1,050,599 parameters with d = 100 and 3 channels', () => expect(parameterCount(layers)).toBe(1_050_599));
  test('a step at batch 32 costs 24.5 GFLOP', () => expect((2 * 32 * multiplyAdds(layers).training) / 1e9).toBeCloseTo(24.5, 0));
  test('narrows to the latent vector and mirrors back to the input', () => {
    expect(layers.map((layer) => layer.outputSide)).toEqual([64, 32, 32, 16, 16, 8, 8, 8, 1, 8, 8, 8, 16, 16, 32, 32, 64, 128]);
    expect(layers[latentLayer(layers)]).toMatchObject({ outputs: 100, activation: { kind: 'linear' } });
    expect(layers.at(-1)).toMatchObject({ outputs: 3, activation: { kind: 'sigmoid' } });
  });
  test('ReLU is the leaky one with slope 0', () => {
    expect(autoencoderLayers({ ...paper, model: { ...paper.model, activation: 'relu' } })[0]!.activation).toEqual({
      kind: 'leaky-relu',
      slope: 0,
    });
  });
});

describe('initial weights', () => {
  const layers = autoencoderLayers(paper);
  const deviationOf = (weights: Float32Array, index: number): number => {
    const start = layers.slice(0, index).reduce((sum, layer) => sum + kernelLength(layer) + layer.outputs, 0);
    const own = weights.subarray(start, start + kernelLength(layers[index]!));
    return Math.sqrt(own.reduce((sum, value) => sum + value * value, 0) / own.length);
  };
  test('follow from the seed', () => {
    const make = (seed: number) => Buffer.from(initialWeights(layers, 'kaiming-true-fan', new Random(seed)).buffer);
    expect(make(1).equals(make(1))).toBe(true);
    expect(make(1).equals(make(2))).toBe(false);
  });
  test('have the deviation of Kaiming, and with the true fan the stride makes up for what a transposed convolution spreads', () => {
    const [truly, plain] = (['kaiming-true-fan', 'kaiming'] as const).map((kind) => initialWeights(layers, kind, new Random(1)));
    expect(deviationOf(truly!, 1)).toBeCloseTo(Math.sqrt(2 / 1.04 / (16 * 32)), 3);
    const strided = layers.length - 2;
    expect(deviationOf(truly!, strided) / deviationOf(plain!, strided)).toBeCloseTo(2, 1);
  });
});

describe('random numbers', () => {
  test('are mulberry32: the first draws of a known seed', () => {
    const random = new Random(1640526138);
    expect([random.next(), random.next()]).toEqual([0.7115617415402085, 0.45324321277439594]);
  });
  test('go on from a stored state', () => {
    const random = Random.of('order', 1);
    random.next();
    const rest = new Random(random.state);
    expect(rest.next()).toBe(random.next());
  });
  test('normal numbers have mean 0, deviation 1 and the tails of a Gaussian, neighbours are independent, and an odd count is a shorter even one', () => {
    const values = new Random(5).normals(20_000);
    const mean = (of: (i: number) => number): number => values.reduce((sum, _, i) => sum + of(i), 0) / values.length;
    expect(Math.abs(mean((i) => values[i]!))).toBeLessThan(0.03);
    expect(mean((i) => values[i]! ** 2)).toBeCloseTo(1, 1);
    expect(mean((i) => (Math.abs(values[i]!) > 1.96 ? 1 : 0))).toBeCloseTo(0.05, 2);
    expect(Math.abs(mean((i) => values[i]! * values[i ^ 1]!))).toBeLessThan(0.03);
    expect(new Random(5).normals(7)).toEqual(values.slice(0, 7));
  });
  test('a permutation holds every number once', () => {
    expect([...new Random(3).permutation(100)].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });
});
