import * as tf from '@tensorflow/tfjs';
import type { Engine } from './engine.ts';
import { stepFlops, steppedAutoencoder } from './probe/autoencoder-step.ts';

export interface EngineSpeed {
  /** Images a step. */
  readonly batch: number;
  /** Median time of a training step of the plain autoencoder, in milliseconds. */
  readonly stepMilliseconds: number;
  readonly imagesPerSecond: number;
  /** Arithmetic of the convolutions of a step, in 10⁹ floating-point operations. */
  readonly stepGigaflop: number;
  readonly gigaflopPerSecond: number;
}

/**
 * Measures a training step (forward, backward, Adam) of the paper's autoencoder, written plainly, on an open engine.
 * The first step is not counted. Takes about two seconds natively, ten on WebAssembly.
 */
export async function measureEngine(
  engine: Engine,
  options: { readonly batch?: number; readonly runs?: number } = {},
): Promise<EngineSpeed> {
  const { batch = 32, runs = 3 } = options;
  await tf.setBackend(engine.backend);
  const autoencoder = steppedAutoencoder(batch);
  try {
    await autoencoder.step();
    const times: number[] = [];
    for (let run = 0; run < runs; run++) {
      const started = performance.now();
      await autoencoder.step();
      times.push(performance.now() - started);
    }
    const stepMilliseconds = times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? NaN;
    const stepGigaflop = stepFlops(batch) / 1e9;
    return {
      batch,
      stepMilliseconds,
      imagesPerSecond: (1000 * batch) / stepMilliseconds,
      stepGigaflop,
      gigaflopPerSecond: (1000 * stepGigaflop) / stepMilliseconds,
    };
  } finally {
    autoencoder.dispose();
  }
}
