import type { Dataset, EvaluationEvent, EvaluationResult, Recipe, TrainingEvent, WhichCheckpoint } from '@plumbline/ml';
import type { EngineDescription } from '@plumbline/tensorflow';

/** What a child process is asked to do; it does one task and ends. */
export type Task =
  | { readonly kind: 'describe-engine' }
  /** The same with a measured training step: some seconds of all cores. */
  | { readonly kind: 'measure-engine' }
  | {
      readonly kind: 'train';
      readonly recipe: Recipe;
      readonly dataset: Dataset;
      readonly seed: number;
      readonly epochs: number;
      /** Folder of the orientation run whose network it begins with; without it a regime that needs one trains it first. */
      readonly stn?: string;
      readonly out: string;
    }
  | {
      readonly kind: 'evaluate';
      readonly run: string;
      readonly which: WhichCheckpoint;
      readonly dataset: Dataset;
      readonly split: 'train' | 'validation' | 'test';
      /** `residual.…` settings of the evaluation's protocol. */
      readonly sets: readonly string[];
      readonly out: string;
    };

/** What it may be told while it trains: to end at the next checkpoint. */
export interface PauseRequest {
  readonly kind: 'pause';
}

/** What it says meanwhile. */
export type Message =
  | { readonly kind: 'engine'; readonly engine: EngineDescription }
  | { readonly kind: 'training'; readonly event: TrainingEvent }
  | { readonly kind: 'evaluation'; readonly event: EvaluationEvent }
  /** Resident memory of the process, bytes. */
  | { readonly kind: 'memory'; readonly bytes: number }
  | { readonly kind: 'trained' }
  /** It ended at a checkpoint as it was asked to. */
  | { readonly kind: 'paused'; readonly message: string }
  | { readonly kind: 'evaluated'; readonly result: EvaluationResult }
  | { readonly kind: 'aborted' }
  /** `final`: trying again cannot help. The message is a sentence for people then. */
  | { readonly kind: 'failed'; readonly message: string; readonly final: boolean };
