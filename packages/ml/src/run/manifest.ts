import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { recipeSchema } from '../recipes/index.ts';
import { writeAtomic } from './atomic.ts';
import type { EpochRecord, StoredCheckpoint } from './checkpoint.ts';
import { RunError } from './errors.ts';

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

const manifestSchema = z.object({
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

/** What `best` is chosen by: validation loss, or training loss where no images are held out. */
export const lossOf = ({ validationLoss, trainLoss }: EpochRecord): number => validationLoss ?? trainLoss;

/** What the manifest says of a checkpoint, from the checkpoint itself. */
export function entryOf({ epoch, history, best, sha256 }: StoredCheckpoint): CheckpointEntry {
  const record = history.at(-1);
  return { epoch, loss: record ? lossOf(record) : best.loss, sha256 };
}

const FILE = 'manifest.json';

export async function writeManifest(run: string, manifest: RunManifest): Promise<void> {
  await writeAtomic(join(run, FILE), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** The manifest of a run folder, or null where the folder holds no run. @throws RunError where it cannot be read as one */
export function readManifest(run: string): RunManifest | null {
  const path = join(run, FILE);
  if (!existsSync(path)) return null;
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new RunError(`${path} is not JSON; restore it from a copy or train again.`);
  }
  const parsed = manifestSchema.safeParse(content);
  if (!parsed.success) throw new RunError(`${path} is not the manifest of a run of this version; train again.`);
  return parsed.data;
}
