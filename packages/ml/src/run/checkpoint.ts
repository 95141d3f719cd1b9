import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Of, writeAtomic } from './atomic.ts';
import { checkpointFileSchema, type Checkpoint, type CheckpointFile, type NetworkState, type StoredArray } from './checkpoint-file.ts';
import { RunError } from './errors.ts';

export type { Checkpoint, EpochRecord, NetworkState, WhichCheckpoint } from './checkpoint-file.ts';

/** A checkpoint as it was read back, with the sha256 of its weights (of one network its vector's, of several over theirs in order of name). */
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
  const { networks, ...rest } = checkpoint;
  const file: CheckpointFile = { ...rest, networks: {} };
  for (const [name, { weights, moments, ...kept }] of Object.entries(networks)) {
    file.networks[name] = {
      weights: await saveArray(folder, `${name}-weights-${checkpoint.epoch}`, weights, onBoundary),
      optimiser: moments && (await saveArray(folder, `${name}-optimiser-${checkpoint.epoch}`, joined(moments), onBoundary)),
      ...kept,
    };
  }
  await writeAtomic(join(folder, COMMIT), JSON.stringify(file, null, 1), onBoundary);
  const arrays = Object.values(file.networks).flatMap(({ weights, optimiser }) => [weights.file, ...(optimiser ? [optimiser.file] : [])]);
  const kept = new Set([COMMIT, ...arrays]);
  for (const name of await readdir(folder)) {
    if (kept.has(name)) continue;
    await rm(join(folder, name), { force: true });
    onBoundary(`removed ${name}`);
  }
  return weightsHash(file.networks);
}

function joined({ first, second }: NonNullable<NetworkState['moments']>): Float32Array {
  const moments = new Float32Array(first.length + second.length);
  moments.set(first);
  moments.set(second, first.length);
  return moments;
}

function weightsHash(networks: CheckpointFile['networks']): string {
  const names = Object.keys(networks).sort();
  const hashes = names.map((name) => networks[name]!.weights.sha256);
  return hashes.length === 1 ? hashes[0]! : sha256Of(Buffer.from(names.map((name, i) => `${name} ${hashes[i]!}\n`).join('')));
}

/** The name carries the content's hash: saving an epoch again after a kill never touches what a commit already refers to. */
async function saveArray(folder: string, stem: string, values: Float32Array, onBoundary: (change: string) => void): Promise<StoredArray> {
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
  const { networks, ...rest } = parsed.data;
  const states: Record<string, NetworkState> = {};
  for (const [name, { weights, optimiser, ...kept }] of Object.entries(networks)) {
    const moments = optimiser && (await readArray(folder, optimiser));
    const half = (moments?.length ?? 0) / 2;
    states[name] = {
      weights: await readArray(folder, weights),
      moments: moments && { first: moments.slice(0, half), second: moments.slice(half) },
      ...kept,
    };
  }
  return { ...rest, networks: states, sha256: weightsHash(networks) };
}

async function readArray(folder: string, stored: StoredArray): Promise<Float32Array> {
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
