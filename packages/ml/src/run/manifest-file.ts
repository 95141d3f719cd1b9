import { z } from 'zod';
import { recipeSchema } from '../recipes/index.ts';

const checkpointEntrySchema = z.object({ epoch: z.number().int(), loss: z.number(), sha256: z.string() });

const engineSchema = z.object({
  kind: z.enum(['native', 'wasm']),
  device: z.string(),
  tensorflow: z.string().nullable(),
  threads: z.number().nullable(),
});

/** Angular errors modulo 180°, degrees. */
const recoverySchema = z.object({
  pairs: z.number().int(),
  medianDegrees: z.number(),
  percentile90Degrees: z.number(),
  /** Share of the pairs beyond 15°, 0…1. */
  missedShare: z.number(),
});

/** What `manifest.json` says. */
export const manifestSchema = z.object({
  format: z.literal(1),
  /** Name of the dataset. */
  class: z.string(),
  recipe: recipeSchema,
  recipeHash: z.string(),
  /** Of every image and mask the run was given. */
  dataHash: z.string(),
  seed: z.number().int(),
  /** What the run was begun with; `attempts` tells with what it went on. */
  engine: engineSchema,
  codeVersion: z.string(),
  attempts: z.array(z.object({ fromEpoch: z.number().int(), engine: engineSchema, codeVersion: z.string() })).default([]),
  parameters: z.number().int(),
  /** The localisation network the run took, and how well it recovers a known rotation; null where the regime has none of its own kind. */
  localisation: z
    .object({
      recipeHash: z.string(),
      dataHash: z.string(),
      seed: z.number().int(),
      sha256: z.string(),
      recovery: recoverySchema.nullable(),
    })
    .nullable()
    .default(null),
  /** Of an orientation run: how well known rotations of held-out patches are recovered by the network, by exhaustive search, and by always giving one angle. */
  recovery: z.object({ network: recoverySchema, search: recoverySchema, chance: recoverySchema }).nullable().default(null),
  epochs: z.number().int(),
  epochsDone: z.number().int(),
  dataVariance: z.number(),
  state: z.enum(['partial', 'complete']),
  /** sha256 of the weights of each checkpoint; `loss` is what `best` is chosen by (validation, or training where there is none). */
  checkpoints: z.object({ best: checkpointEntrySchema.nullable(), last: checkpointEntrySchema.nullable() }),
});

/** What a run folder says about itself. */
export type RunManifest = z.infer<typeof manifestSchema>;

export type CheckpointEntry = z.infer<typeof checkpointEntrySchema>;
