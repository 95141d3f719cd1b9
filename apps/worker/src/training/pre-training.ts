import type { TrainingEvent } from '@plumbline/ml';

interface Told {
  readonly phase?: string;
  readonly imagesPerSecond?: number;
  readonly warning?: string;
}

/** What is shown of a run while its localisation network is trained first: its curve is not the run's, how far it is is. */
export class PreTraining {
  #steps = 0;
  #warning: string | null = null;

  /** What it found wrong; stands when the run's own training begins. */
  get warning(): string | null {
    return this.#warning;
  }

  event(event: TrainingEvent): Told {
    switch (event.kind) {
      case 'prepared':
        this.#steps = event.epochs * event.stepsPerEpoch;
        return { phase: 'Orientation first' };
      case 'step':
        return {
          phase: `Orientation first, ${Math.round((100 * event.step) / this.#steps)} %`,
          imagesPerSecond: event.imagesPerSecond,
        };
      case 'warning':
        if (event.code !== 'unusable-image') this.#warning = event.message;
        return { warning: event.message };
      default:
        return {};
    }
  }
}
