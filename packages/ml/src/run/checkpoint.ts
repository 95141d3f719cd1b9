import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256Of, writeAtomic } from './atomic.ts';
import { RunError } from './errors.ts';

export type WhichCheckpoint = 'best' | 'last';

const epochRecordSchema = z.object({
  epoch: z.number().int(),
  trainLoss: z.number(),
  validationLoss: z.number().nullable(),
  learningRate: z.number(),
  seconds: z.number(),
  imagesPerSecond: z.number(),
});

/** One line of history.csv. Losses are mean squares on the 0–255 scale; validation is measured on whole stitched images, null where there are none. */
export type EpochRecord = z.infer<typeof epochRecordSchema>;

const storedArraySchema = z.object({
  file: z.string().regex(/^[a-z]+-\d+-[0-9a-f]{16}\.f32$/),
  sha256: z.string(),
  length: z.number().int(),
});

const checkpointFileSchema = z.object({
  epoch: z.number().int(),
  steps: z.number().int(),
  /** State of the stream that orders the patches. */
  random: z.number().int(),
  standardisation: z.object({ mean: z.array(z.number()), deviation: z.array(z.number()) }).nullable(),
  best: z.object({ epoch: z.number().int(), loss: z.number() }),
  history: z.array(epochRecordSchema),
  weights: storedArraySchema,
  /** First moments, then second ones. */
  optimiser: storedArraySchema,
});

type CheckpointFile = z.infer<typeof checkpointFileSchema>;

/** All that training needs to go on as if it had never stopped. */
export interface Checkpoint extends Omit<CheckpointFile, 'weights' | 'optimiser'> {
  readonly weights: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** A checkpoint as it was read back, with the sha256 of its weights. */
export interface StoredCheckpoint extends Checkpoint {
  readonly sha256: string;
}

const COMMIT = 'checkpoint.json';

/**
 * Replaces the checkpoint in `folder`. Its arrays get names of their own, and `checkpoint.json`, renamed into place last, says which belong together
 * and their sha256: a kill at any point leaves the previous checkpoint or the new one. Files of the previous one go only then.
 * @param onBoundary called after every change on disk, with its name; tests kill the process there
 * @returns sha256 of the weights
 */
export async function saveCheckpoint(
  folder: string,
  checkpoint: Checkpoint,
  onBoundary: (change: string) => void = () => undefined,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const { weights, first, second, ...rest } = checkpoint;
  const moments = new Float32Array(first.length + second.length);
  moments.set(first);
  moments.set(second, first.length);
  const file: CheckpointFile = {
    ...rest,
    weights: await saveArray(folder, `weights-${checkpoint.epoch}`, weights, onBoundary),
    optimiser: await saveArray(folder, `optimiser-${checkpoint.epoch}`, moments, onBoundary),
  };
  await writeAtomic(join(folder, COMMIT), JSON.stringify(file, null, 1), onBoundary);
  const kept = new Set([COMMIT, file.weights.file, file.optimiser.file]);
  for (const name of await readdir(folder)) {
    if (kept.has(name)) continue;
    await rm(join(folder, name), { force: true });
    onBoundary(`removed ${name}`);
  }
  return file.weights.sha256;
}

/** The name carries the content's hash: saving an epoch again after a kill never touches what a commit already refers to. */
async function saveArray(
  folder: string,
  stem: string,
  values: Float32Array,
  onBoundary: (change: string) => void,
): Promise<CheckpointFile['weights']> {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const sha256 = sha256Of(bytes);
  const file = `${stem}-${sha256.slice(0, 16)}.f32`;
  await writeAtomic(join(folder, file), bytes, onBoundary);
  return { file, sha256, length: values.length };
}

/**
 * The checkpoint committed in `folder`, or null where none is.
 * @throws RunError where its files do not have the content that was committed
 */
export async function readCheckpoint(folder: string): Promise<StoredCheckpoint | null> {
  const text = await readFile(join(folder, COMMIT), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  const parsed = checkpointFileSchema.safeParse(parseJson(text));
  if (!parsed.success) throw damaged(folder, COMMIT);
  const { weights, optimiser, ...rest } = parsed.data;
  const moments = await readArray(folder, optimiser);
  return {
    ...rest,
    weights: await readArray(folder, weights),
    first: moments.slice(0, moments.length / 2),
    second: moments.slice(moments.length / 2),
    sha256: weights.sha256,
  };
}

async function readArray(folder: string, stored: CheckpointFile['weights']): Promise<Float32Array> {
  const bytes = await readFile(join(folder, stored.file)).catch(() => null);
  if (!bytes || bytes.length !== 4 * stored.length || sha256Of(bytes) !== stored.sha256) throw damaged(folder, stored.file);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

const damaged = (folder: string, file: string): RunError =>
  new RunError(`${join(folder, file)} does not have the content that was saved; restore it from a copy or train again.`);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
