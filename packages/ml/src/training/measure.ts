import * as tf from '@tensorflow/tfjs';
import { operationsOf, type Engine } from '../engine/index.ts';
import { filledMask } from '../geometry/index.ts';
import { autoencoderLayers, initialWeights, multiplyAdds, NetworkFrame } from '../models/index.ts';
import { Random } from '../random/index.ts';
import { NETWORK_INPUT, resolveRecipe, type Recipe } from '../recipes/index.ts';
import { Adam } from './adam.ts';
import { disposeShown, Objective } from './objective.ts';
import { trainingStep } from './step.ts';
import type { StepLoss } from './trainee.ts';

/** A measured training step of an autoencoder (by default the paper's: d = 100, 3 channels), random images. */
export interface StepSpeed {
  readonly batch: number;
  /** Median. */
  readonly milliseconds: number;
  readonly gigaflops: number;
  readonly all: readonly number[];
}

/** A training step at hand, to be timed; `dispose` frees its tensors. */
export class StepProbe {
  readonly batch: number;
  readonly #step: () => Promise<StepLoss>;
  readonly #free: () => void;

  /** @param recipe its model and loss; every entry of an image is in its region of interest, and none is turned */
  constructor(engine: Engine, batch: number, recipe: Recipe = resolveRecipe('paper/ae')) {
    this.batch = batch;
    const { channels } = recipe;
    const layers = autoencoderLayers(recipe);
    const adam = Adam.start(initialWeights(layers, recipe.model.initialisation, new Random(1)), recipe.training);
    const roi = filledMask(NETWORK_INPUT, NETWORK_INPUT, 1);
    const frame = new NetworkFrame(roi, channels, null);
    const images = tf.randomUniform([batch, NETWORK_INPUT, NETWORK_INPUT, channels], 0, 1, 'float32', 1) as tf.Tensor4D;
    const operations = operationsOf(engine);
    const objective = new Objective({ operations, recipe, frame, roi, seed: 1, networks: {} });
    const values = images.dataSync<'float32'>().slice();
    this.#step = async () => {
      const shown = objective.shown(values, images.shape, adam.steps);
      const loss = await trainingStep({ operations, layers, frame, adam, objective }, images, 2e-4, { shown });
      disposeShown(shown);
      return loss;
    };
    this.#free = () => {
      images.dispose();
      adam.dispose();
      frame.dispose();
      objective.dispose();
    };
  }

  /** Milliseconds of one step, its loss read back. */
  async time(): Promise<number> {
    const start = performance.now();
    await this.#step();
    return performance.now() - start;
  }

  /** Median over `runs` steps after two to warm up. */
  async measure(runs: number): Promise<StepSpeed> {
    for (let i = 0; i < 2; i++) await this.time();
    const all: number[] = [];
    for (let i = 0; i < runs; i++) all.push(await this.time());
    return stepSpeed(this.batch, all);
  }

  dispose(): void {
    this.#free();
  }
}

export function stepSpeed(batch: number, all: readonly number[]): StepSpeed {
  const milliseconds = all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? NaN;
  const layers = autoencoderLayers(resolveRecipe('paper/ae'));
  return { batch, milliseconds, gigaflops: (2 * multiplyAdds(layers).training * batch) / milliseconds / 1e6, all };
}
