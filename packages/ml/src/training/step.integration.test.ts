import { openEngine } from '@plumbline/tensorflow';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operationsOf, type Operations } from '../engine/index.ts';
import { regionOfInterest } from '../geometry/index.ts';
import {
  autoencoderLayers,
  cutWeights,
  initialWeights,
  kernelLength,
  LocalisationPass,
  NetworkFrame,
  parameterCount,
  predict,
  type Layer,
  type Localisation,
} from '../models/index.ts';
import { Random } from '../random/index.ts';
import { resolveRecipe, type Recipe } from '../recipes/index.ts';
import { Adam } from './adam.ts';
import { localisationOf, startingLocalisation } from './orientation-start.ts';
import { Objective } from './objective.ts';
import { trainingStep, type StepInputs, type Turned } from './step.ts';

// Everything between α and the loss is as smooth as can be: no kinks of activations, and patches that fade out towards their border.
const recipe = resolveRecipe('stn-random', ['channels=1', 'model.latent=8', 'model.slope=1', 'model.output=linear']);

/** Two smooth patches that fade out to 0 before the border of the region of interest. */
function patches({ side }: NetworkFrame): tf.Tensor4D {
  return tf.tidy(() => {
    const values = Float32Array.from({ length: 2 * side * side }, (_, i) => {
      const [n, y, x] = [Math.floor(i / side / side), Math.floor(i / side) % side, i % side];
      const fade = Math.max(0, 1 - Math.hypot(x - 63.5, y - 63.5) / 44) ** 2;
      return fade * (0.5 + 0.2 * Math.sin(x / 7 + n) + 0.2 * Math.cos((x + 2 * y) / 11));
    });
    return tf.tensor4d(values, [2, side, side, 1]);
  });
}

/** Weights whose transposed kernels do not change within themselves: an untrained decoder paints so finely that no difference would show its slope. */
function smoothWeights(layers: readonly Layer[]): Float32Array {
  const weights = initialWeights(layers, 'kaiming-true-fan', new Random(1));
  let at = 0;
  for (const layer of layers) {
    const plane = layer.inputs * layer.outputs;
    const end = at + kernelLength(layer);
    if (layer.kind === 'transposed') {
      for (let i = at + plane; i < end; i++) weights[i] = weights[i - plane]!;
      // Equal taps add up where drawn ones half cancel: what overlaps is made smaller by as much.
      const overlap = layer.inputSide === 1 ? 1 : layer.size / layer.window.stride;
      for (let i = at; i < end; i++) weights[i] = weights[i]! / overlap;
    }
    at = end + layer.outputs;
  }
  return weights;
}

/** The weights with a last kernel that keeps the reconstruction within what images hold. */
function tamed(operations: Operations, layers: readonly Layer[], weights: Float32Array, input: tf.Tensor4D): Float32Array {
  const last = weights.length - parameterCount(layers.slice(-1));
  const largest = tf.tidy(() => {
    const cut = cutWeights(layers, tf.tensor1d(weights));
    return tf.max(tf.abs(predict(operations, layers, cut, input))).dataSync()[0]!;
  });
  input.dispose();
  return weights.map((weight, i) => (i < last ? weight : (0.6 * weight) / largest));
}

describe.each(['native', 'wasm'] as const)('on the %s engine', (kind) => {
  let step: StepInputs;
  let target: tf.Tensor4D;
  let network: Localisation;
  let available = false;
  beforeAll(async () => {
    const engine = await openEngine({ prefer: kind });
    available = engine.kind === kind;
    const operations = operationsOf(engine);
    const layers = autoencoderLayers(recipe);
    const frame = new NetworkFrame(regionOfInterest(recipe.geometry), 1, { mean: [0], deviation: [0.2] });
    const roi = regionOfInterest(recipe.geometry);
    target = patches(frame);
    const adam = Adam.start(tamed(operations, layers, smoothWeights(layers), frame.standardised(target)), {
      ...recipe.training,
      weightDecay: 0,
    });
    step = { operations, layers, frame, adam, objective: new Objective({ operations, recipe, frame, roi, seed: 1, networks: {} }) };
    network = localisationOf(operations, recipe);
  });
  const objectiveOf = (taken: 'after' | 'before'): Objective => {
    const { frame, operations } = step;
    // Everywhere: a turned region is a constant for the gradient, but not for the loss.
    const changed: Recipe = { ...recipe, loss: { ...recipe.loss, taken, region: taken === 'before' ? 'all' : 'roi' } };
    return new Objective({ operations, recipe: changed, frame, roi: regionOfInterest(recipe.geometry), seed: 1, networks: {} });
  };
  const lossOf = async (taken: 'after' | 'before', turned: Turned | null): Promise<number> => {
    const objective = objectiveOf(taken);
    const { objective: value } = await trainingStep({ ...step, objective }, target, 0, { turned });
    objective.dispose();
    return value * 255 ** 2;
  };
  afterAll(() => {
    target.dispose();
    step.adam.dispose();
    step.frame.dispose();
    step.objective.dispose();
  });

  test.for(['after', 'before'] as const)(
    'the gradient towards each α is the slope of the loss, taken %s turning back',
    async (taken, { skip }) => {
      if (!available) skip(`the ${kind} engine is not installed`);
      const lossAt = (angles: readonly number[], learn?: (gradient: Float64Array) => void): Promise<number> =>
        lossOf(taken, { sampler: 'bilinear', angles: Float64Array.from(angles), ...(learn ? { learn } : {}) });
      // The slope of a bilinear turn jumps wherever a position crosses a pixel: over several angles what one of them shows evens out.
      const h = 4e-4;
      let [squaredSlopes, squaredErrors] = [0, 0];
      for (let k = 0; k < 8; k++) {
        const at = [0.3 + 0.1 * k, -1.1 - 0.1 * k];
        let learnt = new Float64Array(2);
        await lossAt(at, (gradient) => void (learnt = Float64Array.from(gradient)));
        for (const patch of [0, 1]) {
          const moved = (by: number): number[] => at.map((angle, i) => (i === patch ? angle + by : angle));
          const slope = ((await lossAt(moved(h))) - (await lossAt(moved(-h)))) / (2 * h);
          squaredSlopes += slope ** 2;
          squaredErrors += (learnt[patch]! * 255 ** 2 - slope) ** 2;
        }
      }
      expect(squaredSlopes).toBeGreaterThan(100);
      expect(Math.sqrt(squaredErrors / squaredSlopes)).toBeLessThan(0.1);
    },
  );

  test("the gradient towards the localisation network's weights is the slope of α", async ({ skip }) => {
    if (!available) skip(`the ${kind} engine is not installed`);
    const { weights } = startingLocalisation(recipe, network.layers, 1, null);
    const seen = step.frame.standardised(target);
    const weighted = async (values: Float32Array): Promise<{ sum: number; gradient: Float32Array }> => {
      const flat = tf.tensor1d(values);
      const pass = await LocalisationPass.forward(network, flat, seen);
      const gradient = pass.backward(Float64Array.of(1, -2));
      const result = { sum: pass.angles[0]! - 2 * pass.angles[1]!, gradient: Float32Array.from(await gradient.data()) };
      tf.dispose([flat, gradient]);
      return result;
    };
    const { gradient } = await weighted(weights);
    // Along the gradient itself the slope is its squared length.
    const squared = gradient.reduce((sum, value) => sum + value * value, 0);
    const h = 1e-3 / Math.sqrt(squared);
    const along = async (by: number): Promise<number> => (await weighted(weights.map((weight, i) => weight + by * gradient[i]!))).sum;
    const slope = ((await along(h)) - (await along(-h))) / (2 * h);
    expect(Math.abs(slope / squared - 1)).toBeLessThan(0.01);
    seen.dispose();
  });

  test('before turning back, the loss is taken in the turned region', async ({ skip }) => {
    if (!available) skip(`the ${kind} engine is not installed`);
    const { frame, layers } = step;
    const white = tf.tile(frame.roi, [1, 1, 1, 1]) as tf.Tensor4D;
    const still = Adam.start(new Float32Array(parameterCount(layers)), recipe.training);
    const objective = objectiveOf('before');
    const turned = { sampler: 'bilinear', angles: Float64Array.of(Math.PI / 4) } as const;
    // The output is 0 everywhere and the white patch fills its turned region; of the upright one it would fill 83 %.
    const { loss } = await trainingStep({ ...step, adam: still, objective }, white, 0, { turned });
    expect(loss / 255 ** 2).toBeGreaterThan(0.97);
    tf.dispose(white);
    still.dispose();
    objective.dispose();
  });
});
