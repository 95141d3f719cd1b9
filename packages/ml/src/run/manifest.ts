import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomic } from './atomic.ts';
import type { EpochRecord, StoredCheckpoint } from './checkpoint.ts';
import { RunError } from './errors.ts';
import { manifestSchema, type CheckpointEntry, type RunManifest } from './manifest-file.ts';

export type { CheckpointEntry, RunManifest } from './manifest-file.ts';

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
