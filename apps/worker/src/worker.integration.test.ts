import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJobs, notifyChange, type Jobs } from '@plumbline/jobs';
import type { TrainingRun } from '@plumbline/prisma';
import { testDatabase, type MigratedDatabase } from '@plumbline/prisma/testing';
import { createLocalStorage, type Storage } from '@plumbline/storage';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { tinyProject, type TinyProject } from './testing/tinyProject.ts';
import { WorkerProcess } from './testing/workerProcess.ts';

let folder: string;
let database: MigratedDatabase;
let storage: Storage;
let jobs: Jobs;
let project: TinyProject;
let workers: WorkerProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-worker-'));
  database = await testDatabase();
  storage = createLocalStorage({ root: join(folder, 'storage') });
  jobs = createJobs({ connectionString: database.url, role: 'producer' });
  await jobs.start();
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
  await jobs.stop(0);
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function startWorker(): Promise<WorkerProcess> {
  const worker = await WorkerProcess.start(database.url, folder);
  workers.push(worker);
  return worker;
}

const read = ({ id }: TrainingRun) => database.prisma.trainingRun.findUniqueOrThrow({ where: { id } });
const until = (run: TrainingRun, condition: (now: TrainingRun) => boolean, timeout = 60_000) =>
  vi.waitFor(
    async () => {
      const now = await read(run);
      expect(condition(now), JSON.stringify({ state: now.state, epoch: now.epoch, attempt: now.attempt, reason: now.reason })).toBe(true);
      return now;
    },
    { timeout, interval: 100 },
  );
const succeeded = (run: TrainingRun) => until(run, ({ state }) => state === 'succeeded');

async function expectWholeCurve(run: TrainingRun): Promise<void> {
  const points = await database.prisma.runPoint.findMany({ where: { runId: run.id, series: 'train' }, orderBy: { epoch: 'asc' } });
  expect(points.map((point) => point.epoch)).toEqual(Array.from({ length: run.epochs }, (_, i) => i + 1));
}

describe('the worker', () => {
  it('trains, keeps curve, pictures and checkpoints, and evaluates every test image', async () => {
    const { prisma } = database;
    const worker = await startWorker();
    const run = await project.queueTraining(3);
    const done = await succeeded(run);
    expect(done).toMatchObject({ attempt: 1, epoch: 3, epochs: 3, reason: null });
    expect(done.engine).toMatchObject({ engine: expect.any(String), device: expect.any(String) });
    expect(done.dataVariance).toBeGreaterThan(0);
    await expectWholeCurve(run);
    const checkpoints = await prisma.checkpoint.findMany({ where: { runId: run.id }, include: { evaluations: true } });
    expect(checkpoints.map(({ kind }) => kind).sort()).toEqual(['best', 'last']);
    for (const { files } of checkpoints)
      for (const { sha256, bytes } of files as { sha256: string; bytes: number }[])
        expect(await storage.stat(sha256)).toEqual({ sha256, bytes });
    const previews = await prisma.runPreview.findMany({ where: { runId: run.id } });
    expect(new Set(previews.map(({ epoch }) => epoch))).toEqual(new Set([0, 1, 2, 3]));
    for (const { sha256 } of previews) expect(await storage.stat(sha256)).not.toBeNull();

    const [created] = checkpoints.flatMap(({ evaluations }) => evaluations);
    const evaluation = await vi.waitFor(
      async () => {
        const now = await prisma.evaluation.findUniqueOrThrow({
          where: { id: created!.id },
          include: { reconstructions: { include: { residualMaps: true, image: true } } },
        });
        expect(now.state, now.reason ?? '').toBe('succeeded');
        return now;
      },
      { timeout: 60_000, interval: 200 },
    );
    expect(evaluation.metrics).toMatchObject({ split: 'test', images: { good: 2, defective: 2 } });
    expect(evaluation.thresholds).toMatchObject({ ssim: { pixel: expect.any(Number) }, mse: { image: expect.any(Number) } });
    expect(evaluation.curves).toHaveProperty('curves.ssim.pixel.roc');
    expect(evaluation.reconstructions.map(({ image }) => `${image.label}/${image.name}`).sort()).toEqual([
      'good/6.png',
      'good/7.png',
      'spot/8.png',
      'spot/9.png',
    ]);
    for (const { inputSha256, reconstructionSha256, residualMaps } of evaluation.reconstructions) {
      expect(await storage.stat(inputSha256)).not.toBeNull();
      expect(await storage.stat(reconstructionSha256)).not.toBeNull();
      expect(residualMaps.map(({ measure }) => measure).sort()).toEqual(['mse', 'ssim']);
      for (const { score, maximum, mean } of residualMaps) expect(mean <= maximum && Number.isFinite(score)).toBe(true);
    }
    await vi.waitFor(() => expect(readdirSync(join(folder, 'runs'))).toEqual([]), { timeout: 5000 });
    const row = await prisma.worker.findUniqueOrThrow({ where: { id: (await worker.said('ready')).workerId as string } });
    expect(row.engine).toMatchObject({ engine: expect.any(String) });
    expect(Date.now() - row.heartbeatAt.getTime()).toBeLessThan(15_000);
  });

  describe('a run whose orientation is trained first', () => {
    const orientation = (epochs: number): string[] => ['orientation.patches=16', `orientation.training.epochs=${epochs}`];

    it('says so, then trains, and its evaluation keeps the α of every patch', async () => {
      const { prisma } = database;
      await startWorker();
      const run = await project.queueTraining(1, 'sample/stn-frozen', orientation(20));
      expect((await until(run, ({ phase }) => phase !== null)).phase).toMatch(/^Orientation first/);
      const done = await succeeded(run);
      expect(done).toMatchObject({ epoch: 1, phase: null });
      const evaluation = await vi.waitFor(
        async () => {
          const now = await prisma.evaluation.findFirstOrThrow({
            where: { checkpoint: { runId: run.id } },
            include: { reconstructions: true },
          });
          expect(now.state, now.reason ?? '').toBe('succeeded');
          return now;
        },
        { timeout: 60_000, interval: 200 },
      );
      expect(evaluation.reconstructions).toHaveLength(4);
      for (const { orientations } of evaluation.reconstructions) expect(orientations.length).toBeGreaterThan(0);
    });

    it('is cancelled there within 5 s, and says no phase any more', async () => {
      await startWorker();
      const run = await project.queueTraining(1, 'sample/stn-frozen', orientation(5000));
      await until(run, ({ phase }) => phase !== null);
      const before = performance.now();
      await database.prisma.$transaction(async (tx) => {
        await tx.trainingRun.update({ where: { id: run.id }, data: { cancelRequestedAt: new Date() } });
        await notifyChange(tx, { kind: 'run', id: run.id, projectId: run.projectId });
      });
      const ended = await until(run, ({ state }) => state === 'cancelled');
      expect(performance.now() - before).toBeLessThan(5000);
      expect(ended.phase).toBeNull();
    });
  });

  it('ends a training within 5 s of being asked to cancel it', async () => {
    const worker = await startWorker();
    const run = await project.queueTraining(500);
    await until(run, ({ epoch }) => epoch >= 1);
    const before = performance.now();
    await database.prisma.$transaction(async (tx) => {
      await tx.trainingRun.update({ where: { id: run.id }, data: { cancelRequestedAt: new Date() } });
      await notifyChange(tx, { kind: 'run', id: run.id, projectId: run.projectId });
    });
    await until(run, ({ state }) => state === 'cancelled');
    expect(performance.now() - before).toBeLessThan(5000);
    await expectGone((await worker.said('training')).child as number);
    await vi.waitFor(() => expect(existsSync(join(folder, 'runs', run.id))).toBe(false));
  });

  it('goes on from the last checkpoint when the computing process is killed', async () => {
    const worker = await startWorker();
    const run = await project.queueTraining(5);
    await until(run, ({ epoch }) => epoch >= 1);
    process.kill((await worker.said('training')).child as number, 'SIGKILL');
    const again = await until(run, ({ attempt, state }) => attempt === 2 && state === 'running');
    expect(again.epoch).toBeGreaterThanOrEqual(1);
    expect(await succeeded(run)).toMatchObject({ attempt: 2, epoch: 5, epochShare: 0 });
    await expectWholeCurve(run);
    const [best] = await database.prisma.checkpoint.findMany({ where: { runId: run.id, kind: 'last' } });
    expect(best!.manifest).toMatchObject({ epochsDone: 5, state: 'complete' });
  });

  it('says why, in words, when the computing process dies three times', async () => {
    const worker = await startWorker();
    const run = await project.queueTraining(500);
    for (const attempt of [1, 2, 3]) process.kill((await worker.said('training', attempt)).child as number, 'SIGKILL');
    const failed = await until(run, ({ state }) => state === 'failed');
    expect(failed).toMatchObject({ attempt: 3 });
    expect(failed.reason).toMatch(/^The computing process was ended by the system .*memory ran out.* It was tried 3 times\.$/);
  });

  it('fails at once, with a sentence, when a file is missing in storage', async () => {
    const { prisma } = database;
    const image = await prisma.image.findFirstOrThrow({ where: { datasetId: project.dataset.id, split: 'train' } });
    const path = await storage.localPath(image.sha256);
    const bytes = await import('node:fs/promises').then((fs) => fs.readFile(path));
    await storage.remove(image.sha256);
    await startWorker();
    const run = await project.queueTraining(2);
    const failed = await until(run, ({ state }) => state === 'failed');
    expect(failed).toMatchObject({ attempt: 1, reason: expect.stringMatching(/is not in storage: restore/) });
    await storage.put(bytes);
  });

  it('puts a training back when it is asked to end, within 10 s and without costing an attempt, and the next worker resumes it', async () => {
    const first = await startWorker();
    const run = await project.queueTraining(5);
    await until(run, ({ epoch }) => epoch >= 1);
    const child = (await first.said('training')).child as number;
    expect(await first.end('SIGTERM')).toBeLessThan(10_000);
    await expectGone(child);
    expect(await read(run)).toMatchObject({ state: 'queued', reason: null });
    expect(await jobs.stateOf('training', run.id)).toBe('created');
    const worker = await database.prisma.worker.findUniqueOrThrow({ where: { id: (await first.said('ready')).workerId as string } });
    expect(worker.stoppedAt).not.toBeNull();
    await startWorker();
    const resumed = await until(run, ({ state, attempt }) => state === 'running' && attempt === 2);
    expect(resumed.epoch).toBeGreaterThanOrEqual(1);
    expect(await succeeded(run)).toMatchObject({ attempt: 2, epoch: 5 });
    await expectWholeCurve(run);
  });

  it('loses no run when it is killed itself: its child ends, and another worker resumes within 30 s', async () => {
    const first = await startWorker();
    const run = await project.queueTraining(5);
    await until(run, ({ epoch }) => epoch >= 1);
    const child = (await first.said('training')).child as number;
    await first.end('SIGKILL');
    const killed = performance.now();
    await expectGone(child);
    await startWorker();
    await until(run, ({ attempt }) => attempt === 2);
    expect(performance.now() - killed).toBeLessThan(30_000);
    expect(await succeeded(run)).toMatchObject({ attempt: 2, epoch: 5 });
    await expectWholeCurve(run);
  });
});

function expectGone(pid: number): Promise<void> {
  return vi.waitFor(
    () => {
      // A zombie that its parent's death left behind has no memory map any more.
      expect(existsSync(`/proc/${pid}/exe`) || !existsSync('/proc/self')).toBe(false);
    },
    { timeout: 5000 },
  );
}
