import { openEngine } from '@plumbline/tensorflow';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { operationsOf, type Activation, type Operations } from './index.ts';
import { plainOperations } from './operations.ts';

/** Largest difference, relative to the largest value. */
function difference(a: tf.Tensor, b: tf.Tensor): number {
  expect(a.shape).toEqual(b.shape);
  return tf.tidy(() => tf.div(tf.max(tf.abs(tf.sub(a, b))), tf.max(tf.abs(b))).dataSync()[0]!);
}

const uniform = (shape: [number, number, number, number], seed: number) => tf.randomUniform(shape, -1, 1, 'float32', seed) as tf.Tensor4D;

describe("the engine's own operations equal the tfjs ones", () => {
  let operations: Operations;
  beforeAll(async () => {
    operations = operationsOf(await openEngine());
  });

  test.each<Activation>([{ kind: 'linear' }, { kind: 'sigmoid' }, { kind: 'leaky-relu', slope: 0.2 }, { kind: 'leaky-relu', slope: 0 }])(
    'activation and its gradient: %j',
    (activation) => {
      tf.tidy(() => {
        const [x, gradient, bias] = [uniform([2, 5, 5, 3], 1), uniform([2, 5, 5, 3], 2), tf.tensor1d([0.3, -0.2, 0])];
        const output = operations.activate(x, bias, activation);
        expect(difference(output, plainOperations.activate(x, bias, activation))).toBeLessThan(1e-6);
        const own = operations.activationGradient(gradient, output, activation);
        expect(difference(own, plainOperations.activationGradient(gradient, output, activation))).toBeLessThan(1e-6);
        expect(difference(operations.biasGradient(gradient), plainOperations.biasGradient(gradient))).toBeLessThan(1e-6);
      });
    },
  );

  test.each([1, 3, 4, 5])('a transposed convolution of stride 2 to %i channels', (outputs) => {
    tf.tidy(() => {
      const [kernel, x] = [uniform([4, 4, outputs, 6], 3), uniform([2, 7, 7, 6], 4)];
      const shape = [2, 14, 14, outputs] as const;
      const window = { stride: 2, padding: 'same' } as const;
      const own = operations.convolveBack(shape, kernel, x, window);
      expect(difference(own, plainOperations.convolveBack(shape, kernel, x, window))).toBeLessThan(1e-5);
    });
  });

  test('the largest of 2 × 2 pixels, ties and all: the first of them takes the gradient', () => {
    tf.tidy(() => {
      const x = tf.round(tf.mul(uniform([2, 8, 8, 3], 5), 2)) as tf.Tensor4D;
      const gradient = uniform([2, 4, 4, 3], 6);
      const output = operations.maxPool(x);
      const own = operations.maxPoolGradient(gradient, x, output);
      expect(difference(own, plainOperations.maxPoolGradient(gradient, x, output))).toBe(0);
      expect(difference(tf.sum(own), tf.sum(gradient))).toBeLessThan(1e-5);
    });
  });
});
