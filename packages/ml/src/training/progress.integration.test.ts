import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openEngine } from '@plumbline/tensorflow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readMvtecDataset, type Dataset } from '../datasets/index.ts';
import type { Engine } from '../engine/index.ts';
import { resolveRecipe } from '../recipes/index.ts';
import { loadCheckpoint, readCheckpoint, readManifest, type EpochRecord, type RunManifest } from '../run/index.ts';
import { temporaryFolder, TINY, writeTinyDataset } from './fixture.ts';
import { TrainingProgress } from './progress.ts';
import { startRun, type StartedRun } from './start.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const module = new URL('./progress.ts', import.meta.url).href;

let folder: ReturnType<typeof temporaryFolder>;
let engine: Engine;
let dataset: Dataset;
beforeAll(async () => {
  folder = temporaryFolder();
  engine = await openEngine({ threads: 1 });
  dataset = await readMvtecDataset(await writeTinyDataset(folder.path));
});
afterAll(() => folder.remove());

const start = (out: string, resume = true): Promise<StartedRun> =>
  startRun({ engine, recipe: resolveRecipe('ae', TINY), dataset, seed: 1, out, resume });

/** Epoch 2 is worse than epoch 1. */
const recordOf = (epoch: number): EpochRecord => ({
  epoch,
  trainLoss: 1,
  objective: 0.5,
  validationLoss: 10 * epoch,
  learningRate: 1e-3,
  seconds: 1,
  imagesPerSecond: 1,
});

const traineeOf = (epoch: number) => {
  const same = Float32Array.from({ length: 10 }, () => epoch);
  const autoencoder = { weights: same, moments: { first: same, second: same }, steps: epoch, standardisation: null };
  return { steps: epoch, networks: () => Promise.resolve({ autoencoder }) };
};

/** Commits both epochs in a process that kills itself (SIGKILL) after the given write. Returns the write, or null where it got to the end. */
function killedAfter(out: string, manifest: RunManifest, boundary: number): string | null {
  const script = `
    import { mkdirSync, writeSync } from 'node:fs';
    import { TrainingProgress } from ${JSON.stringify(module)};
    const recordOf = (epoch) => ({ ...${JSON.stringify(recordOf(0))}, epoch, validationLoss: 10 * epoch });
    const same = (epoch) => Float32Array.from({ length: 10 }, () => epoch);
    const out = ${JSON.stringify(out)};
    mkdirSync(out, { recursive: true });
    const progress = new TrainingProgress(out, ${JSON.stringify(manifest)}, null, () => undefined);
    await progress.begin();
    let left = ${boundary};
    for (const epoch of [1, 2]) {
      const moments = { first: same(epoch), second: same(epoch) };
      const autoencoder = { weights: same(epoch), moments, steps: epoch, standardisation: null };
      await progress.commit(recordOf(epoch), { steps: epoch, networks: async () => ({ autoencoder }) }, (written) => {
        if (left-- > 0) return;
        writeSync(1, epoch + ' ' + written);
        process.kill(process.pid, 'SIGKILL');
      });
    }`;
  const { signal, status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    cwd: root,
    encoding: 'utf8',
  });
  if (signal !== 'SIGKILL' && status !== 0) throw new Error(stderr);
  return signal === 'SIGKILL' ? stdout : null;
}

test('weights that are not finite are never committed', async () => {
  const out = join(folder.path, 'not-finite');
  mkdirSync(out);
  const { manifest } = await start(out, false);
  const progress = new TrainingProgress(out, manifest, null, () => undefined);
  const values = Float32Array.of(1, NaN);
  const autoencoder = { weights: values, moments: { first: values, second: values }, steps: 7, standardisation: null };
  await expect(progress.commit(recordOf(1), { steps: 7, networks: () => Promise.resolve({ autoencoder }) })).rejects.toThrow(
    'The training diverged at step 7; lower training.learningRate (now 0.001)',
  );
  expect(readdirSync(out)).toEqual([]);
});

test('killed between any writes of a commit, the resumed run ends with the right best and last, and a loaded checkpoint names its own weights', async () => {
  const { manifest } = await start(join(folder.path, 'new'), false);
  const killed: string[] = [];
  for (;;) {
    const out = join(folder.path, `killed-${killed.length}`);
    const at = killedAfter(out, manifest, killed.length);
    if (at === null) break;
    killed.push(at);
    const last = await readCheckpoint(join(out, 'checkpoints/last'));
    if (last) {
      const loaded = await loadCheckpoint(out, 'last');
      expect(loaded.manifest.checkpoints.last).toEqual({ epoch: last.epoch, loss: 10 * last.epoch, sha256: last.sha256 });
    }
    const started = await start(out);
    const progress = new TrainingProgress(out, started.manifest, started.checkpoint, () => undefined);
    await progress.begin();
    for (let epoch = progress.epochsDone + 1; epoch <= 2; epoch++) await progress.commit(recordOf(epoch), traineeOf(epoch));
    await progress.complete({ recovery: null });
    const [best, end] = [await loadCheckpoint(out, 'best'), await loadCheckpoint(out, 'last')];
    expect(best.checkpoint.networks).toEqual(await traineeOf(1).networks());
    expect(end.checkpoint.networks).toEqual(await traineeOf(2).networks());
    expect(readManifest(out), at).toMatchObject({
      state: 'complete',
      epochsDone: 2,
      checkpoints: {
        best: { epoch: 1, loss: 10, sha256: best.checkpoint.sha256 },
        last: { epoch: 2, loss: 20, sha256: end.checkpoint.sha256 },
      },
    });
    expect(readFileSync(join(out, 'history.csv'), 'utf8').trim().split('\n')).toHaveLength(3);
  }
  expect(killed).toEqual(['1 best', '1 last', '1 history', '1 manifest', '2 last', '2 history', '2 manifest']);
});
