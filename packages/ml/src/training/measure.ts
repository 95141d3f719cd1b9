import * as tf from '@tensorflow/tfjs';
import { operationsOf, type Engine } from '../engine/index.ts';
import { filledMask } from '../geometry/index.ts';
import { autoencoderLayers, initialWeights, multiplyAdds, NetworkFrame } from '../models/index.ts';
import { Random } from '../random/index.ts';
import { NETWORK_INPUT, resolveRecipe } from '../recipes/index.ts';
import { Adam } from './adam.ts';
import { trainingStep } from './step.ts';

/** A measured training step of the paper's autoencoder (d = 100, 3 channels), random images. */
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
  readonly #step: () => Promise<number>;
  readonly #free: () => void;

  constructor(engine: Engine, batch: number) {
    this.batch = batch;
    const recipe = resolveRecipe('paper/ae');
    const layers = autoencoderLayers(3, recipe.model);
    const adam = Adam.start(initialWeights(layers, recipe.model.initialisation, new Random(1)), recipe.training);
    const frame = new NetworkFrame(filledMask(NETWORK_INPUT, NETWORK_INPUT, 1), 3, null);
    const images = tf.randomUniform([batch, NETWORK_INPUT, NETWORK_INPUT, 3], 0, 1, 'float32', 1) as tf.Tensor4D;
    const operations = operationsOf(engine);
    this.#step = () => trainingStep({ operations, layers, frame, adam, loss: recipe.loss }, images, 2e-4);
    this.#free = () => {
      images.dispose();
      adam.dispose();
      frame.dispose();
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
  const layers = autoencoderLayers(3, resolveRecipe('paper/ae').model);
  return { batch, milliseconds, gigaflops: (2 * multiplyAdds(layers).training * batch) / milliseconds / 1e6, all };
}
