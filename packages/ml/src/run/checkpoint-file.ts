import { z } from 'zod';

export type WhichCheckpoint = 'best' | 'last';

const epochRecordSchema = z.object({
  epoch: z.number().int(),
  trainLoss: z.number(),
  /** What the training lowers, mean over the patches, in units of its own; null in records of before it was kept. */
  objective: z.number().nullable().default(null),
  validationLoss: z.number().nullable(),
  learningRate: z.number(),
  seconds: z.number(),
  imagesPerSecond: z.number(),
});

/** One line of history.csv. Losses are mean squares on the 0–255 scale, of an orientation run J; validation is measured on whole stitched images, null where there are none. */
export type EpochRecord = z.infer<typeof epochRecordSchema>;

const storedArraySchema = z.object({
  file: z.string().regex(/^[a-z]+-[a-z]+-\d+-[0-9a-f]{16}\.f32$/),
  sha256: z.string(),
  length: z.number().int(),
});

const standardisationSchema = z.object({ mean: z.array(z.number()), deviation: z.array(z.number()) });

export type StoredArray = z.infer<typeof storedArraySchema>;

/** What `checkpoint.json` says. */
export const checkpointFileSchema = z.object({
  epoch: z.number().int(),
  steps: z.number().int(),
  /** State of the stream that orders the patches. */
  random: z.number().int(),
  best: z.object({ epoch: z.number().int(), loss: z.number() }),
  history: z.array(epochRecordSchema),
  networks: z.record(
    z.string().regex(/^[a-z]+$/),
    z.object({
      weights: storedArraySchema,
      /** First moments, then second ones; null where the network is not trained. */
      optimiser: storedArraySchema.nullable(),
      steps: z.number().int(),
      standardisation: standardisationSchema.nullable(),
    }),
  ),
});

export type CheckpointFile = z.infer<typeof checkpointFileSchema>;

/** One network of a checkpoint. Without moments it is only used, not trained. */
export interface NetworkState {
  readonly weights: Float32Array;
  readonly moments: { readonly first: Float32Array; readonly second: Float32Array } | null;
  /** Of its optimiser. */
  readonly steps: number;
  /** Of what it is shown, by channel; null where values come as they are. */
  readonly standardisation: z.infer<typeof standardisationSchema> | null;
}

/** All that training needs to go on as if it had never stopped. */
export interface Checkpoint extends Omit<CheckpointFile, 'networks'> {
  /** By name: `autoencoder`, `localisation`, … */
  readonly networks: Readonly<Record<string, NetworkState>>;
}
