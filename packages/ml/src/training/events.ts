import type { EpochRecord } from '../run/index.ts';
import type { RecoveryReport } from './recovery-report.ts';

/**
 * What a training tells while it runs. Losses are mean squared differences on the 0–255 scale over the region of interest; of a training of the
 * orientation they are J.
 */
export type TrainingEvent =
  | {
      readonly kind: 'prepared';
      readonly trainImages: number;
      readonly validationImages: number;
      readonly trainPatches: number;
      readonly epochs: number;
      readonly stepsPerEpoch: number;
      readonly parameters: number;
      /** The loss of a constant image; an autoencoder that stays there has not begun. */
      readonly dataVariance: number;
      /** Epochs that are done already, of a training that is resumed; empty at a start. */
      readonly history: readonly EpochRecord[];
    }
  /** At most one each 200 ms. `imagesPerSecond` counts patches. */
  | {
      readonly kind: 'step';
      readonly step: number;
      readonly epoch: number;
      readonly loss: number;
      readonly imagesPerSecond: number;
      readonly secondsLeft: number;
    }
  | ({ readonly kind: 'epoch'; readonly secondsLeft: number } & EpochRecord)
  /** Epoch 0 brings the inputs, later ones the reconstructions of the same images. */
  | { readonly kind: 'preview'; readonly epoch: number; readonly images: readonly { readonly imageId: string; readonly png: Buffer }[] }
  /** How the held-out patches are turned after an epoch, where the regime turns any: patches by α modulo 180°, in bins of 5° from 0. */
  | { readonly kind: 'orientations'; readonly epoch: number; readonly counts: readonly number[] }
  | { readonly kind: 'checkpoint'; readonly which: 'best' | 'last'; readonly epoch: number }
  | { readonly kind: 'warning'; readonly code: 'dead-start' | 'unusable-image' | 'no-orientation' | 'other-data'; readonly message: string }
  /** What a dead-start warning said no longer holds. */
  | { readonly kind: 'left-dead-start'; readonly epoch: number }
  /** At the end of a training of the orientation: known rotations of held-out patches, as the network and as exhaustive search recover them. */
  | ({ readonly kind: 'recovery' } & RecoveryReport)
  /** What the training of the localisation network tells that comes before this one. */
  | { readonly kind: 'pre-training'; readonly event: TrainingEvent };
