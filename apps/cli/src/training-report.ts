import type { TrainingEvent } from '@plumbline/ml';
import { duration, type Progress } from './progress.ts';

type Recovery = Extract<TrainingEvent, { kind: 'recovery' }>['network'];

/** What a training tells, for a person: lines that stay, and where it is. */
export class TrainingReport {
  readonly #progress: Progress;
  readonly #orientation: boolean;
  #preTraining: TrainingReport | null = null;
  #stepsInAll = 0;

  /** @param orientation whether the losses are J */
  constructor(progress: Progress, orientation: boolean) {
    this.#progress = progress;
    this.#orientation = orientation;
  }

  event(event: TrainingEvent): void {
    const progress = this.#progress;
    switch (event.kind) {
      case 'pre-training':
        if (!this.#preTraining) progress.line('The localisation network is trained first.');
        this.#preTraining ??= new TrainingReport(progress, true);
        this.#preTraining.event(event.event);
        break;
      case 'prepared':
        this.#stepsInAll = event.epochs * event.stepsPerEpoch;
        progress.line(
          `${event.trainPatches} patches of ${event.trainImages} images, ${event.validationImages} images held out, ` +
            `${event.epochs} epochs of ${event.stepsPerEpoch} steps` +
            (this.#orientation ? '' : `; a constant image's loss is ${event.dataVariance.toFixed(1)}`),
        );
        break;
      case 'step':
        progress.update(
          this.#orientation ? 'Orientation' : 'Training',
          event.step,
          this.#stepsInAll,
          event.secondsLeft,
          `loss ${this.#shown(event.loss)}, ${event.imagesPerSecond.toFixed(0)} patches/s`,
        );
        break;
      case 'epoch':
        progress.line(
          `epoch ${event.epoch}: training ${this.#shown(event.trainLoss)}, validation ${event.validationLoss === null ? '–' : this.#shown(event.validationLoss)}, ` +
            `${duration(event.seconds)}${event.secondsLeft > 0 ? `, ${duration(event.secondsLeft)} left` : ''}`,
        );
        break;
      case 'recovery':
        progress.line(
          `known rotations of held-out patches, modulo 180°: ${recovered(event.network)} by the network, ${recovered(event.search)} by search; chance is a median of ${event.chance.medianDegrees.toFixed(1)}°`,
        );
        break;
      case 'warning':
        progress.line(`warning: ${event.message}`);
        break;
      case 'left-dead-start':
        progress.line(`epoch ${event.epoch}: the loss has left the data's variance`);
        break;
      case 'preview':
      case 'orientations':
      case 'checkpoint':
        break;
    }
  }

  #shown(loss: number): string {
    return loss.toFixed(this.#orientation ? 4 : 1);
  }
}

const recovered = ({ medianDegrees, percentile90Degrees, missedShare, pairs }: Recovery): string =>
  `median ${medianDegrees.toFixed(2)}°, 90 % within ${percentile90Degrees.toFixed(2)}°, ${(100 * missedShare).toFixed(1)} % of ${pairs} beyond 15°`;
