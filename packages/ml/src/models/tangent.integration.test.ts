import { openEngine } from '@plumbline/tensorflow';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { operationsOf, type Operations } from '../engine/index.ts';
import { Random } from '../random/index.ts';
import { arrayLengths, backward, cutWeights, disposeWeights, forward, initialWeights, tangentPass, type Layer } from './index.ts';

const layer = (name: string, inputs: number, outputs: number, side: number, more: Partial<Layer> = {}): Layer => ({
  name,
  kind: 'convolution',
  size: 4,
  window: { stride: 2, padding: 'same' },
  inputs,
  outputs,
  inputSide: side,
  outputSide: side / 2,
  activation: { kind: 'leaky-relu', slope: 0.2 },
  ...more,
});
const CODE: Partial<Layer> = { window: { stride: 1, padding: 'valid' }, outputSide: 1, activation: { kind: 'linear' } };
const layers = [layer('first', 2, 5, 16), layer('second', 5, 6, 8), layer('code', 6, 3, 4, CODE)];

describe.each(['native', 'wasm'] as const)('the tangent of an encoder on the %s engine', (kind) => {
  let operations: Operations;
  let available = false;
  beforeAll(async () => {
    const engine = await openEngine({ prefer: kind });
    available = engine.kind === kind;
    operations = operationsOf(engine);
  });
  beforeEach(({ skip }) => {
    if (!available) skip(`the ${kind} engine is not installed`);
  });

  const random = Random.of('tangent');
  const images = (values: Float32Array): tf.Tensor4D => tf.tensor4d(values, [2, 16, 16, 2]);
  const flat = initialWeights(layers, 'kaiming', random);
  const [input, direction, pull] = [random.normals(2 * 16 * 16 * 2), random.normals(2 * 16 * 16 * 2), random.normals(2 * 3)];

  /** Codes and tangents at `input`, and the gradients of Σ pull·code and Σ pull·tangent towards the weights. */
  function pass(along: Float32Array) {
    const [vector, shown, way] = [tf.tensor1d(flat), images(input), images(along)];
    const cut = cutWeights(layers, vector);
    const outputs = forward(operations, layers, cut, shown);
    const tangents = tangentPass(operations, layers, cut, outputs, way);
    const [code, tangent] = [outputs.at(-1)!.dataSync<'float32'>().slice(), tangents.tangent.dataSync<'float32'>().slice()];
    const ofTangent = tangents.backward(tf.tensor4d(pull, [2, 1, 1, 3]));
    const { weights: ofCode } = backward(operations, layers, cut, shown, outputs, tf.tensor4d(pull, [2, 1, 1, 3]));
    const gradients = { code: ofCode.dataSync<'float32'>().slice(), tangent: ofTangent.dataSync<'float32'>().slice() };
    tf.dispose([vector, shown, way, ofTangent, ofCode]);
    disposeWeights(cut);
    return { code, tangent, gradients };
  }

  const expectClose = (got: Float32Array, wanted: Float32Array): void => {
    const largest = Math.max(...wanted.map(Math.abs));
    got.forEach((value, i) => expect(Math.abs(value - wanted[i]!) / largest).toBeLessThan(1e-5));
  };

  // A network without biases that is linear piece by piece is its own derivative: f(x) = f'(x)·x.
  test('along the input itself is the code, with the code’s gradient towards every kernel and none towards a bias', () => {
    const before = tf.memory().numTensors;
    const { code, tangent, gradients } = pass(input);
    expect(tf.memory().numTensors).toBe(before);
    expectClose(tangent, code);
    const kernels = gradients.code.slice();
    let at = 0;
    arrayLengths(layers).forEach((length, i) => {
      if (i % 2 === 1) kernels.fill(0, at, at + length);
      at += length;
    });
    expectClose(gradients.tangent, kernels);
  });

  test('is linear in the direction, and another along another one', () => {
    const [along, alongInput] = [pass(direction).tangent, pass(input).tangent];
    expectClose(
      pass(direction.map((value, i) => 2 * value - input[i]!)).tangent,
      along.map((value, i) => 2 * value - alongInput[i]!),
    );
    expect(Math.max(...along.map((value, i) => Math.abs(value - alongInput[i]!)))).toBeGreaterThan(0.1);
  });

  test('refuses a layer whose slope changes everywhere', () => {
    const curved = [layer('curved', 2, 5, 16, { activation: { kind: 'sigmoid' } })];
    expect(() => tangentPass(operations, curved, [null], [], images(direction))).toThrow('curved is not linear piece by piece');
  });
});
