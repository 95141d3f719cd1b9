import type { EpochRecord } from '../run/index.ts';
import type { TrainingEvent } from './events.ts';

/** How close to the constant image's loss counts as not having left it, and how many steps are given before anyone is told. */
const NEAR = 0.97;
const PATIENCE_STEPS = 100;

/**
 * Whether a training still sits at the constant image: an autoencoder with a narrow latent can stay there for hundreds of steps, its loss equal to
 * the data's variance; comparisons made before it has left are worthless.
 * @param loss mean training loss of an epoch; @param variance of the training data, both on the 0–255 scale
 */
export function isDeadStart(loss: number, variance: number, steps: number): boolean {
  return steps >= PATIENCE_STEPS && loss >= NEAR * variance;
}

export function deadStartMessage(loss: number, variance: number, steps: number): string {
  return (
    `After ${steps} steps the loss (${loss.toFixed(1)}) still equals the data's variance (${variance.toFixed(1)}): the network shows one constant image. ` +
    'Train longer, raise training.learningRate, take another seed, or keep standardise=roi and model.initialisation=kaiming-true-fan.'
  );
}

/** Tells once that a training sits at the constant image, again if it ends there, and when it has left. */
export class DeadStartWatch {
  readonly #variance: number;
  readonly #epochs: number;
  readonly #onEvent: (event: TrainingEvent) => void;
  #warned = false;

  constructor(variance: number, epochs: number, onEvent: (event: TrainingEvent) => void) {
    this.#variance = variance;
    this.#epochs = epochs;
    this.#onEvent = onEvent;
  }

  epoch({ epoch, trainLoss }: EpochRecord, steps: number): void {
    const dead = isDeadStart(trainLoss, this.#variance, steps);
    if (dead && (!this.#warned || epoch === this.#epochs)) {
      this.#warned = true;
      this.#onEvent({ kind: 'warning', code: 'dead-start', message: deadStartMessage(trainLoss, this.#variance, steps) });
    } else if (this.#warned && !dead) {
      this.#warned = false;
      this.#onEvent({ kind: 'left-dead-start', epoch });
    }
  }
}
