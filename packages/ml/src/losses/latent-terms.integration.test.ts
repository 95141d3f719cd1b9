import { openEngine } from '@plumbline/tensorflow';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { operationsOf, type Operations } from '../engine/index.ts';
import { Random } from '../random/index.ts';
import { expectGradient } from './gradient-check.ts';
import {
  CodeDiscriminator,
  contractive,
  normalDivergence,
  sampledCodes,
  siamese,
  sparseDivergence,
  sparseMagnitude,
  throughSampling,
  type LatentTerm,
} from './index.ts';

const BATCH = 5;
const D = 6;
const random = Random.of('latent terms');
const codes = random.normals(BATCH * D);
const other = random.normals(BATCH * D);

const matrix = (values: Float32Array): tf.Tensor2D => tf.tensor2d(values, [BATCH, values.length / BATCH]);
const CHECK = { step: 2 ** -8, tolerance: 2e-3 };

describe.each(['native', 'wasm'] as const)('terms of the code on the %s engine', (engineKind) => {
  let operations: Operations;
  let available = false;
  beforeAll(async () => {
    const engine = await openEngine({ prefer: engineKind });
    available = engine.kind === engineKind;
    operations = operationsOf(engine);
  });
  beforeEach(({ skip }) => {
    if (!available) skip(`the ${engineKind} engine is not installed`);
  });

  const TERMS: readonly [string, (z: tf.Tensor2D) => LatentTerm][] = [
    ['sparse divergence', (z) => sparseDivergence(z, { weight: 0.7, target: 0.05 })],
    ['sparse magnitude', (z) => sparseMagnitude(z, { weight: 0.7 })],
    ['contractive', (tangents) => contractive(tangents, { weight: 0.7 })],
    ['siamese, a batch of odd length', (z) => siamese(z, { weight: 0.7 })],
    ['divergence from the normal', (z) => normalDivergence(z, { beta: 0.7 })],
  ];

  test.each(TERMS)('%s: the gradient is the value’s, and no tensor is left behind', async (_, term) => {
    const measured = (values: Float32Array): { value: number; gradient: Float32Array } => {
      const z = matrix(values);
      const { value, gradient } = term(z);
      const result = { value: value.dataSync()[0]!, gradient: gradient.dataSync<'float32'>().slice() };
      tf.dispose([z, value, gradient]);
      return result;
    };
    const before = tf.memory().numTensors;
    await expectGradient((z) => measured(z).value, codes, measured(codes).gradient, CHECK);
    expect(tf.memory().numTensors).toBe(before);
  });

  const valueOf = (term: LatentTerm): number => term.value.dataSync()[0]!;

  test('sparse divergence is 0 where every unit is as active as aimed at, and large where all are on', () => {
    const aimed = Math.log(0.05 / 0.95);
    const at = (z: number): number => valueOf(sparseDivergence(tf.fill([4, D], z) as tf.Tensor2D, { weight: 1, target: 0.05 }));
    expect(Math.abs(at(aimed))).toBeLessThan(1e-6);
    expect(at(3)).toBeGreaterThan(1);
    expect(Number.isFinite(at(500))).toBe(true);
  });

  test('siamese is 0 for equal codes, its weight for orthogonal ones, twice that for opposed ones; a batch of one has no pair', () => {
    const pair = (b: number[]): number => valueOf(siamese(tf.tensor2d([[3, 0], b]), { weight: 0.5 }));
    expect(pair([7, 0])).toBeCloseTo(0, 5);
    expect(pair([0, 2])).toBeCloseTo(0.5, 5);
    expect(pair([-1, 0])).toBeCloseTo(1, 5);
    const alone = siamese(tf.tensor2d([[1, 2]]), { weight: 1 });
    expect([valueOf(alone), ...alone.gradient.dataSync()]).toEqual([0, 0, 0]);
  });

  test('contractive: the mean over random directions is the squared Frobenius norm of the encoder’s derivative', () => {
    const [rows, inputs] = [D, 40];
    const jacobian = tf.tensor2d(random.normals(inputs * rows), [inputs, rows]);
    const norm = tf.sum(tf.square(jacobian)).dataSync()[0]!;
    const directions = tf.tensor2d(random.normals(2000 * inputs), [2000, inputs]);
    const estimate = valueOf(contractive(tf.matMul(directions, jacobian), { weight: 1 }));
    // 2000 draws of a sum over some tens of directions: its deviation is near 1 %.
    expect(Math.abs(estimate / norm - 1)).toBeLessThan(0.05);
  });

  test('variational: drawn codes have the stated mean and deviation, and the gradient goes through the draw', async () => {
    const statistics = random.normals(2 * BATCH * D);
    const noise = matrix(other);
    const pull = matrix(codes);
    const loss = (values: Float32Array): number => tf.sum(tf.mul(pull, sampledCodes(matrix(values), noise))).dataSync()[0]!;
    const gradient = throughSampling(matrix(statistics), noise, pull);
    await expectGradient(loss, statistics, gradient.dataSync(), CHECK);
    const drawn = sampledCodes(matrix(statistics), tf.zerosLike(noise)).dataSync();
    expect(drawn[0]).toBe(statistics[0]);
    expect(valueOf(normalDivergence(tf.zeros([3, 8]), { beta: 1 }))).toBe(0);
  });

  describe('adversarial', () => {
    const discriminator = (): CodeDiscriminator => new CodeDiscriminator(operations, D, { weight: 0.7, hidden: 8 });

    test('the gradients towards codes and weights are the two values’', async () => {
      const game = discriminator();
      const flat = game.initialWeights(Random.of('discriminator'));
      const term = (weights: Float32Array, z: Float32Array) => game.measure(tf.tensor1d(weights), matrix(z), matrix(other));
      const { gradient, discriminatorGradient } = term(flat, codes);
      await expectGradient((z) => valueOf(term(flat, z)), codes, gradient.dataSync(), { step: 2 ** -12, tolerance: 1e-2 });
      const ofDiscriminator = (weights: Float32Array) => term(weights, codes).discriminatorValue.dataSync()[0]!;
      await expectGradient(ofDiscriminator, flat, discriminatorGradient.dataSync(), { step: 2 ** -12, tolerance: 1e-2 });
    });

    test('the discriminator learns to tell codes off the prior from draws of it, and leaves no tensor behind', () => {
      const game = discriminator();
      const flat = game.initialWeights(Random.of('discriminator'));
      const shifted = codes.map((value) => value + 3);
      const before = tf.memory().numTensors;
      const values: number[] = [];
      for (let step = 0; step < 60; step++) {
        const [weights, z, drawn] = [tf.tensor1d(flat), matrix(shifted), matrix(other)];
        const term = game.measure(weights, z, drawn);
        values.push(term.discriminatorValue.dataSync()[0]!);
        term.discriminatorGradient.dataSync().forEach((slope, i) => (flat[i] = flat[i]! - 0.1 * slope));
        tf.dispose([weights, z, drawn, ...Object.values(term)]);
      }
      expect(tf.memory().numTensors).toBe(before);
      expect(values.at(-1)).toBeLessThan(0.2);
    });
  });
});
