import { join } from 'node:path';
import { readCheckpoint, type StoredCheckpoint, type WhichCheckpoint } from './checkpoint.ts';
import { RunError } from './errors.ts';
import { entryOf, readManifest, type RunManifest } from './manifest.ts';

export interface LoadedCheckpoint {
  readonly manifest: RunManifest;
  readonly checkpoint: StoredCheckpoint;
}

/**
 * A run's manifest and one of its checkpoints. What the manifest says of that checkpoint is taken from its own files: a run killed in the middle of
 * committing an epoch has a manifest that is behind.
 * @throws RunError where the folder holds none, with the remedy
 */
export async function loadCheckpoint(run: string, which: WhichCheckpoint): Promise<LoadedCheckpoint> {
  const manifest = readManifest(run);
  if (!manifest)
    throw new RunError(`${run} holds no run (there is no manifest.json in it); give the folder that \`plumbline train --out\` wrote.`);
  const checkpoint = await readCheckpoint(join(run, 'checkpoints', which));
  if (!checkpoint)
    throw new RunError(`${run} has no ${which} checkpoint yet; let it train for at least one epoch (\`plumbline train --resume\`).`);
  return { manifest: { ...manifest, checkpoints: { ...manifest.checkpoints, [which]: entryOf(checkpoint) } }, checkpoint };
}
