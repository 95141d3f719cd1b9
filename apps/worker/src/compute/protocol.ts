import type { Dataset, EvaluationEvent, EvaluationResult, Recipe, TrainingEvent, WhichCheckpoint } from '@plumbline/ml';
import type { EngineDescription } from '@plumbline/tensorflow';

/** What a child process is asked to do; it does one task and ends. */
export type Task =
  | { readonly kind: 'describe-engine' }
  | {
      readonly kind: 'train';
      readonly recipe: Recipe;
      readonly dataset: Dataset;
      readonly seed: number;
      readonly epochs: number;
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

/** What it says meanwhile. */
export type Message =
  | { readonly kind: 'engine'; readonly engine: EngineDescription }
  | { readonly kind: 'training'; readonly event: TrainingEvent }
  | { readonly kind: 'evaluation'; readonly event: EvaluationEvent }
  | { readonly kind: 'trained' }
  | { readonly kind: 'evaluated'; readonly result: EvaluationResult }
  | { readonly kind: 'aborted' }
  /** `final`: trying again cannot help. The message is a sentence for people then. */
  | { readonly kind: 'failed'; readonly message: string; readonly final: boolean };
