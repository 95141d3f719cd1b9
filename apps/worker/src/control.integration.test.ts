import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJobs, notifyChange, type Jobs } from '@plumbline/jobs';
import type { TrainingRun } from '@plumbline/prisma';
import { testDatabase, type MigratedDatabase } from '@plumbline/prisma/testing';
import { createLocalStorage, type Storage } from '@plumbline/storage';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { tinyProject, type TinyProject } from './testing/tinyProject.ts';
import { WorkerProcess } from './testing/workerProcess.ts';

let folder: string;
let database: MigratedDatabase;
let storage: Storage;
let jobs: Jobs;
let project: TinyProject;
let workers: WorkerProcess[] = [];

beforeAll(async () => {
  // On one thread the same training gives the same bytes.
  vi.stubEnv('PLUMBLINE_THREADS', '1');
  folder = mkdtempSync(join(tmpdir(), 'plumbline-control-'));
  database = await testDatabase();
  storage = createLocalStorage({ root: join(folder, 'storage') });
  jobs = createJobs({ connectionString: database.url, role: 'producer' });
  await jobs.start();
});
beforeEach(async () => {
  project = await tinyProject(database.prisma, storage, jobs);
});
afterEach(async () => {
  for (const worker of workers) await worker.end('SIGKILL');
  workers = [];
  for (const run of await database.prisma.trainingRun.findMany({ where: { state: { in: ['queued', 'preparing', 'running'] } } })) {
    await jobs.cancel('training', run.id);
    await database.prisma.trainingRun.update({ where: { id: run.id }, data: { state: 'cancelled' } });
  }
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await jobs.stop(0);
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function startWorker(data = folder): Promise<WorkerProcess> {
  const worker = await WorkerProcess.start(database.url, data);
  workers.push(worker);
  return worker;
}

const read = ({ id }: TrainingRun) => database.prisma.trainingRun.findUniqueOrThrow({ where: { id } });
const until = (run: TrainingRun, condition: (now: TrainingRun) => boolean) =>
  vi.waitFor(
    async () => {
      const now = await read(run);
      expect(condition(now), JSON.stringify({ state: now.state, epoch: now.epoch, attempt: now.attempt, reason: now.reason })).toBe(true);
      return now;
    },
    { timeout: 60_000, interval: 100 },
  );
const reached = (run: TrainingRun, state: TrainingRun['state']) => until(run, (now) => now.state === state);

const ask = (run: TrainingRun, data: { pauseRequestedAt: Date } | { cancelRequestedAt: Date }) =>
  database.prisma.$transaction(async (tx) => {
    await tx.trainingRun.update({ where: { id: run.id }, data });
    await notifyChange(tx, { kind: 'run', id: run.id, projectId: run.projectId });
  });
const resume = (run: TrainingRun) =>
  database.prisma.$transaction(async (tx) => {
    await tx.trainingRun.update({ where: { id: run.id }, data: { state: 'queued' } });
    await jobs.release('training', { trainingRunId: run.id }, { tx });
  });
const weights = async (run: TrainingRun) => {
  const { manifest } = await database.prisma.checkpoint.findUniqueOrThrow({ where: { runId_kind: { runId: run.id, kind: 'last' } } });
  return (manifest as { checkpoints: { last: { sha256: string } } }).checkpoints.last.sha256;
};
const foldersOf = ({ id }: TrainingRun) => readdirSync(join(folder, 'runs')).filter((name) => name.startsWith(id));
const epochsOf = async (run: TrainingRun) =>
  (await database.prisma.runPoint.findMany({ where: { runId: run.id, series: 'train' }, orderBy: { epoch: 'asc' } })).map(
    ({ epoch }) => epoch,
  );
const logOf = async (run: TrainingRun) =>
  (await database.prisma.runLogLine.findMany({ where: { runId: run.id }, orderBy: { number: 'asc' } })).map(({ text }) => text);

/** Enough for a look at the memory, and for a pause to meet the training under way. */
const epochs = 24;

describe('a paused training', () => {
  it('frees the worker, goes on on another machine, and ends with the same weights as one that never paused', async () => {
    const worker = await startWorker();
    const paused = await project.queueTraining(epochs);
    const next = await project.queueTraining(epochs, 'sample/ae');
    await until(paused, ({ epoch }) => epoch >= 1);
    await ask(paused, { pauseRequestedAt: new Date() });
    const halted = await reached(paused, 'paused');
    expect(halted).toMatchObject({ pauseRequestedAt: null, workerId: null, finishedAt: null });
    expect(halted.epoch).toBeGreaterThanOrEqual(1);
    expect(halted.epoch).toBeLessThan(epochs);
    const kept = await database.prisma.checkpoint.findMany({ where: { runId: paused.id, kind: 'last' } });
    expect(kept.map(({ epoch }) => epoch)).toEqual([halted.epoch]);
    await vi.waitFor(() => expect(foldersOf(paused)).toEqual([]), { timeout: 5000 });
    await reached(next, 'succeeded');
    expect((await read(paused)).state).toBe('paused');
    await worker.end('SIGTERM');
    // Another machine has the database and the storage, and none of the runs' folders.
    rmSync(join(folder, 'runs'), { recursive: true });
    await startWorker();
    await resume(paused);
    await reached(paused, 'succeeded');
    expect(await weights(paused)).toBe(await weights(next));
    expect(await epochsOf(paused)).toEqual(Array.from({ length: epochs }, (_, i) => i + 1));
    const log = await logOf(paused);
    expect(log.filter((line) => line.startsWith('attempt '))).toHaveLength(2);
    expect(log).toContainEqual(expect.stringMatching(new RegExp(`^ended: Paused after epoch \\d+ of ${epochs}\\.$`)));
    const vitals = await database.prisma.runVital.findMany({ where: { runId: paused.id } });
    expect(vitals.length).toBeGreaterThan(0);
    for (const { memory } of vitals) expect(memory).toBeGreaterThan(20);
  });

  it('keeps its folder while the training that it begins with is there alone', async () => {
    const worker = await startWorker();
    const run = await project.queueTraining(1, 'sample/stn-frozen', ['orientation.patches=16', 'orientation.training.epochs=400']);
    await until(run, ({ phase }) => /^Orientation first, [1-9]/.test(phase ?? ''));
    await ask(run, { pauseRequestedAt: new Date() });
    await reached(run, 'paused');
    expect(await database.prisma.checkpoint.count({ where: { runId: run.id } })).toBe(0);
    // What it does after the pause is done when it ends.
    await worker.end('SIGTERM');
    expect(foldersOf(run)).toEqual([run.id]);
  });
});

describe('the queue', () => {
  it('takes the highest priority first, a change of it included, and cancels within 5 s', async () => {
    const [low, usual, raised] = [
      await project.queueTraining(2, 'sample/ae', [], { priority: -10 }),
      await project.queueTraining(2),
      await project.queueTraining(500),
    ];
    await database.prisma.$transaction(async (tx) => {
      await tx.trainingRun.update({ where: { id: raised.id }, data: { priority: 10 } });
      await jobs.prioritise('training', raised.id, { tx, priority: 10 });
    });
    await startWorker();
    await until(raised, ({ state }) => state === 'running');
    expect((await read(usual)).state).toBe('queued');
    const before = performance.now();
    await ask(raised, { cancelRequestedAt: new Date() });
    await reached(raised, 'cancelled');
    expect(performance.now() - before).toBeLessThan(5000);
    const last = await reached(low, 'succeeded');
    expect(last.startedAt!.getTime()).toBeGreaterThan((await read(usual)).finishedAt!.getTime());
  });

  it('gives a run that kills its process up after three attempts, keeps its checkpoint, moves on, and a new run continues it', async () => {
    const worker = await startWorker();
    const poison = await project.queueTraining(400);
    const next = await project.queueTraining(1);
    for (const attempt of [1, 2, 3]) {
      const child = (await worker.said('training', attempt)).child as number;
      if (attempt === 3) await until(poison, (now) => now.attempt === 3 && now.epoch >= 1);
      process.kill(child, 'SIGKILL');
    }
    expect((await reached(poison, 'failed')).reason).toMatch(/memory ran out.* It was tried 3 times\.$/);
    await reached(next, 'succeeded');
    const last = await database.prisma.checkpoint.findUniqueOrThrow({ where: { runId_kind: { runId: poison.id, kind: 'last' } } });
    expect(last.epoch).toBeGreaterThanOrEqual(1);
    const again = await project.queueTraining(400, 'sample/ae', [], { continuesId: poison.id });
    const going = await until(again, ({ state, epoch }) => state === 'running' && epoch > last.epoch);
    expect(going.attempt).toBe(1);
    expect((await epochsOf(again)).slice(0, last.epoch)).toEqual(Array.from({ length: last.epoch }, (_, i) => i + 1));
    expect(await logOf(again)).toContainEqual(expect.stringMatching(new RegExp(`400 epochs, ${last.epoch} done before`)));
  });
});

describe('runs that share an orientation training', () => {
  const sets = ['orientation.patches=16', 'orientation.training.epochs=3'];

  it('wait for it without a job, begin with its network, and tell how they turn patches', async () => {
    const orientation = await project.queueTraining(3, 'sample/stn-frozen', sets, { kind: 'orientation' });
    const shared = { orientationRunId: orientation.id };
    const frozen = await project.queueTraining(1, 'sample/stn-frozen', sets, shared);
    expect(await jobs.stateOf('training', frozen.id)).toBeNull();
    await startWorker();
    await reached(orientation, 'succeeded');
    expect(await database.prisma.evaluation.count({ where: { checkpoint: { runId: orientation.id } } })).toBe(0);
    await reached(frozen, 'succeeded');
    const best = await database.prisma.checkpoint.findUniqueOrThrow({ where: { runId_kind: { runId: orientation.id, kind: 'best' } } });
    const own = await database.prisma.checkpoint.findUniqueOrThrow({ where: { runId_kind: { runId: frozen.id, kind: 'last' } } });
    expect((own.manifest as { localisation: { sha256: string } }).localisation.sha256).toBe(
      (best.manifest as { checkpoints: { best: { sha256: string } } }).checkpoints.best.sha256,
    );
    const turned = await database.prisma.runOrientation.findMany({ where: { runId: { in: [orientation.id, frozen.id] } } });
    expect(turned.map(({ runId, epoch }) => `${runId === frozen.id ? 'frozen' : 'orientation'} ${epoch}`).sort()).toEqual([
      'frozen 1',
      'orientation 1',
      'orientation 2',
      'orientation 3',
    ]);
    for (const { counts } of turned) expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
  });

  it('fail with its reason when it fails', async () => {
    const image = await database.prisma.image.findFirstOrThrow({ where: { datasetId: project.dataset.id, split: 'train' } });
    await storage.remove(image.sha256);
    const orientation = await project.queueTraining(3, 'sample/stn-frozen', sets, { kind: 'orientation' });
    const waiting = await project.queueTraining(1, 'sample/stn-frozen', sets, { orientationRunId: orientation.id });
    await startWorker();
    expect((await reached(waiting, 'failed')).reason).toMatch(
      /^The orientation training that it waited for failed: .* is not in storage: restore.*\. Retry this run: the orientation is then trained again\.$/,
    );
  });
});
