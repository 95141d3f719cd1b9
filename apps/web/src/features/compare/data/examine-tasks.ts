import type { Recipe } from '@plumbline/ml/recipes';
import type { Sampler } from '@plumbline/ml/transformer';

export const samplers: readonly Sampler[] = ['bilinear', 'nearest', 'legacy'];

export interface ExamineRequest {
  readonly url: string;
  readonly name: string;
  readonly recipe: Pick<Recipe, 'geometry' | 'channels' | 'orientation'>;
  /** What is asked: J over a full turn, or a turn by so many degrees and back. */
  readonly ask: { readonly kind: 'orientation' } | { readonly kind: 'sampler'; readonly degrees: number };
}

/** A picture ready to be drawn. */
export interface Drawn {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

export interface SampledTrip {
  readonly sampler: Sampler;
  readonly forward: Drawn;
  readonly back: Drawn;
  readonly difference: Drawn;
  /** An SVG figure. */
  readonly histogram: string;
  /** Mean squared error of the way there and back, 0–255 scale: over the whole picture, and where there is content. */
  readonly mse: number;
  readonly mseInner: number | null;
}

export type Examined =
  | {
      readonly kind: 'orientation';
      readonly steps: string;
      readonly input: Drawn;
      readonly normalised: Drawn;
      readonly gradient: Drawn;
      /** An SVG figure. */
      readonly chart: string;
      readonly degrees: number;
    }
  | { readonly kind: 'sampler'; readonly steps: string; readonly input: Drawn; readonly trips: readonly SampledTrip[] };

export type ExamineAnswer = { readonly examined: Examined } | { readonly refused: string };
