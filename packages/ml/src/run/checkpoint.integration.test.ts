import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../training/fixture.ts';
import { sha256Of } from './atomic.ts';
import { readCheckpoint, saveCheckpoint, type Checkpoint, type StoredCheckpoint } from './checkpoint.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const module = new URL('./checkpoint.ts', import.meta.url).href;

const checkpointOf = (epoch: number): Checkpoint => ({
  epoch,
  steps: 10 * epoch,
  random: epoch,
  best: { epoch, loss: 1 / epoch },
  history: [],
  networks: {
    autoencoder: {
      weights: Float32Array.from({ length: 100 }, () => epoch),
      moments: {
        first: Float32Array.from({ length: 100 }, () => epoch + 0.25),
        second: Float32Array.from({ length: 100 }, () => epoch + 0.5),
      },
      steps: 10 * epoch,
      standardisation: null,
    },
  },
});

/** The same as it is read back. */
const stored = (epoch: number): StoredCheckpoint => {
  const checkpoint = checkpointOf(epoch);
  return { ...checkpoint, sha256: sha256Of(new Uint8Array(checkpoint.networks['autoencoder']!.weights.buffer)) };
};

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());

/** Saves checkpoint 2 in a process that kills itself (SIGKILL) at the given change on disk. True where it got that far. */
function killedAt(target: string, boundary: number): boolean {
  const script = `
    import { saveCheckpoint } from ${JSON.stringify(module)};
    const same = (value) => Float32Array.from({ length: 100 }, () => value);
    let left = ${boundary};
    await saveCheckpoint(${JSON.stringify(target)}, { epoch: 2, steps: 20, random: 2, best: { epoch: 2, loss: 0.5 }, history: [],
      networks: { autoencoder: { weights: same(2), moments: { first: same(2.25), second: same(2.5) }, steps: 20, standardisation: null } } }, () => { if (left-- === 0) process.kill(process.pid, 'SIGKILL'); });`;
  const { signal, status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    cwd: root,
    encoding: 'utf8',
  });
  if (signal !== 'SIGKILL' && status !== 0) throw new Error(stderr);
  return signal === 'SIGKILL';
}

test('killed at any change on disk, the previous checkpoint or the new one loads, never a mixture', async () => {
  const seen = new Set<number>();
  let boundaries = 0;
  for (; ; boundaries++) {
    const target = join(folder.path, String(boundaries));
    await saveCheckpoint(target, checkpointOf(1));
    const killed = killedAt(target, boundaries);
    const loaded = await readCheckpoint(target);
    expect(loaded).toEqual(stored(loaded!.epoch));
    seen.add(loaded!.epoch);
    // What a kill left behind does not stand in the way of the next save.
    await saveCheckpoint(target, checkpointOf(3));
    expect(await readCheckpoint(target)).toEqual(stored(3));
    expect(readdirSync(target)).toHaveLength(3);
    if (!killed) break;
  }
  // Three files, each opened, written and renamed, then two old ones removed.
  expect(boundaries).toBe(11);
  expect(seen).toEqual(new Set([1, 2]));
});

test('weights that are not the committed ones are refused by name', async () => {
  const target = join(folder.path, 'run');
  await saveCheckpoint(target, checkpointOf(1));
  const weights = readdirSync(target).find((name) => name.startsWith('autoencoder-weights'))!;
  cpSync(target, `${target}-cut`, { recursive: true });
  const bytes = readFileSync(join(target, weights));
  bytes[7] = bytes[7]! ^ 1;
  writeFileSync(join(target, weights), bytes);
  await expect(readCheckpoint(target)).rejects.toThrow(`${join(target, weights)} does not have the content that was saved`);
  writeFileSync(join(`${target}-cut`, weights), bytes.subarray(0, 100));
  await expect(readCheckpoint(`${target}-cut`)).rejects.toThrow('does not have the content that was saved');
});

test('of several networks, one of them only used, each comes back, and the hash is of all their weights', async () => {
  const one = checkpointOf(1);
  const localisation = { weights: Float32Array.of(1, 2, 3), moments: null, steps: 0, standardisation: { mean: [0.5], deviation: [0.1] } };
  const both = { ...one, networks: { ...one.networks, localisation } };
  const target = join(folder.path, 'both');
  const sha256 = await saveCheckpoint(target, both);
  expect(await readCheckpoint(target)).toEqual({ ...both, sha256 });
  expect(sha256).not.toBe(stored(1).sha256);
  expect(readdirSync(target)).toHaveLength(4);
});

test('an empty folder holds no checkpoint', async () => expect(await readCheckpoint(folder.path)).toBeNull());
