import type { NetworkState } from '../run/index.ts';
import type { Preview } from './validation.ts';

/** Patches of one step, by their place in the store. */
export interface Chosen {
  readonly indices: Int32Array;
  readonly epoch: number;
}

/** Of a batch, before the step. */
export interface StepLoss {
  /** What every training of its kind is compared by: of a reconstruction the mean squared difference on the 0–255 scale over the region of interest. */
  readonly loss: number;
  /** What the step lowers. */
  readonly objective: number;
}

export interface Measured {
  /** What `best` is chosen by; null where no images are held out. */
  readonly loss: number | null;
  readonly preview: Preview;
  /** α of every held-out patch, radians; null where none is turned. */
  readonly angles: Float64Array | null;
}

/** What an epoch loop trains, whatever it is: it asks for steps and measurements, and for the networks when a checkpoint is due. */
export interface Trainee {
  /** How many patches an epoch has. */
  readonly patches: number;
  /** Steps done so far. */
  readonly steps: number;
  /** One step. */
  step(chosen: Chosen, rate: number): Promise<StepLoss>;
  measure(signal: AbortSignal | undefined): Promise<Measured>;
  /** By name, as a checkpoint keeps them. */
  networks(): Promise<Record<string, NetworkState>>;
  dispose(): void;
}
