import { z } from 'zod';
import { about, positive } from './field.ts';

export interface TrainingDefaults {
  readonly epochs: number;
  readonly batch: number;
  readonly warmup: number;
  readonly learningRate: number;
}

/** How weights are trained; the autoencoder and the localisation network each have a group of these with defaults of their own. */
export const trainingSchema = (defaults: TrainingDefaults) =>
  z.strictObject({
    epochs: positive.max(100_000).default(defaults.epochs).meta(about('Epochs', 'Passes over the training patches')),
    batch: positive.max(4096).default(defaults.batch).meta(about('Batch', 'Patches a step')),
    learningRate: z.number().min(1e-9).max(1).default(defaults.learningRate).meta(about('Learning rate', 'Of Adam')),
    schedule: z.enum(['constant', 'cosine']).default('cosine').meta(about('Schedule', 'How the learning rate changes over the run')),
    warmup: z
      .number()
      .int()
      .min(0)
      .default(defaults.warmup)
      .meta(about('Warm-up', 'The learning rate rises linearly over so many first steps', 'steps')),
    weightDecay: z.number().min(0).max(1).default(1e-5).meta(about('Weight decay', 'Strength of the decay below')),
    decayKind: z
      .enum(['l2', 'decoupled', 'learning-rate'])
      .default('l2')
      .meta(
        about(
          'Decay kind',
          'l2 adds decay·w to the gradient; decoupled subtracts rate·decay·w; learning-rate divides the rate by 1 + decay·step',
        ),
      ),
    epsilon: z.number().min(1e-16).max(1).default(1e-7).meta(about('Adam ε', 'Added to the root of the second moment')),
  });
