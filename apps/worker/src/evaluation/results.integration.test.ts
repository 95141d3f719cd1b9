import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJobs, type Jobs } from '@plumbline/jobs';
import type { EvaluationResult } from '@plumbline/ml';
import type { PrismaClient } from '@plumbline/prisma';
import { scenarios, testDatabase, type MigratedDatabase } from '@plumbline/prisma/testing';
import { createLocalStorage, type Storage } from '@plumbline/storage';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WorkerContext } from '../context.ts';
import { attemptRun } from '../runs/attempt.ts';
import { storeResult, writeResult } from './results.ts';

const never = new AbortController().signal;
let folder: string;
let out: string;
let database: MigratedDatabase;
let prisma: PrismaClient;
let storage: Storage;
let jobs: Jobs;
let context: WorkerContext;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-results-'));
  database = await testDatabase();
  ({ prisma } = database);
  jobs = createJobs({ connectionString: database.url, role: 'producer' });
  await jobs.start();
});
beforeEach(async () => {
  storage = createLocalStorage({ root: await mkdtemp(join(folder, 'storage-')) });
  out = await mkdtemp(join(folder, 'out-'));
  const { id: workerId } = await prisma.worker.create({ data: { name: 'test', pid: 1 } });
  context = { prisma, jobs, storage, log: pino({ level: 'silent' }), workerId, runsFolder: folder, stopping: never };
});
afterAll(async () => {
  await jobs.stop(0);
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** What a child process leaves of so many images: two pictures each, all different. */
async function resultOf(keys: readonly string[]): Promise<EvaluationResult> {
  const statistics = { min: 0, max: 1, mean: 0.5, p99: 0.9 };
  const images = await Promise.all(
    keys.map(async (imageId, number) => {
      const files = { input: `${number}-input.png`, reconstruction: `${number}-reconstruction.png` };
      for (const name of Object.values(files)) await writeFile(join(out, name), `${imageId} ${name}`);
      const scores = { ssim: 0.5, mse: 10 };
      return { imageId, files, networkWidth: 8, networkHeight: 8, scores, statistics: { ssim: statistics, mse: statistics } };
    }),
  );
  // What is measured of them is no matter here.
  const rest = { metrics: { measures: {} }, thresholds: {}, curves: {}, histogram: {} };
  return { images, ...rest } as unknown as EvaluationResult;
}

async function waitingEvaluation() {
  const { run, version, images } = await scenarios.queuedRun(prisma);
  const checkpoint = await prisma.checkpoint.create({ data: { runId: run.id, kind: 'best', epoch: 1, files: [], manifest: {} } });
  const evaluation = await prisma.evaluation.create({
    data: { checkpointId: checkpoint.id, datasetVersionId: version.id, protocol: { split: 'test' } },
  });
  return { evaluation, run, imageIds: new Map(images.map(({ id }) => [id, id])) };
}

const read = async (id: string) => prisma.evaluation.findUniqueOrThrow({ where: { id }, include: { reconstructions: true } });

describe('the results of an evaluation', () => {
  /** An attempt that computes nothing; `late` happens when the pictures are stored and the rows are not. */
  async function attempt(late: (id: string) => Promise<unknown>) {
    const { evaluation, run, imageIds } = await waitingEvaluation();
    const { id } = evaluation;
    await attemptRun(context, {
      queue: 'evaluation',
      table: 'Evaluation',
      id,
      work: { payload: { evaluationId: id }, attempt: 1, lastAttempt: false, signal: never },
      change: { kind: 'evaluation', id, projectId: run.projectId },
      // Nobody has heard of the wish yet.
      cancelled: never,
      perform: async (lease, signal) => {
        const result = await resultOf([...imageIds.keys()]);
        const rows = await storeResult(storage, result, out, id, imageIds, signal);
        await late(id);
        await prisma.$transaction((tx) => writeResult(tx, storage, lease, result, rows));
      },
    });
    return { now: await read(id), images: imageIds.size };
  }

  it('are its success, with two pictures an image', async () => {
    const { now, images } = await attempt(() => Promise.resolve());
    expect(now).toMatchObject({ state: 'succeeded', done: images, total: images });
    expect(now.reconstructions).toHaveLength(images);
    for (const { inputSha256, reconstructionSha256 } of now.reconstructions)
      for (const sha256 of [inputSha256, reconstructionSha256]) expect(await storage.stat(sha256)).not.toBeNull();
  });

  it('are none where somebody cancels it as late as that', async () => {
    const { now } = await attempt((id) => prisma.evaluation.update({ where: { id }, data: { cancelRequestedAt: new Date() } }));
    expect(now).toMatchObject({ state: 'cancelled', metrics: null, reconstructions: [] });
  });

  it('stop being stored soon after it is cancelled', async () => {
    const keys = Array.from({ length: 200 }, (_, i) => `image ${i}`);
    const result = await resultOf(keys);
    const cancelled = new AbortController();
    let commits = 0;
    const watched: Storage = {
      ...storage,
      batch: () => {
        const batch = storage.batch();
        return { ...batch, commit: () => batch.commit().then(() => ((commits += 1), cancelled.abort(new Error('cancelled')))) };
      },
    };
    const ids = new Map(keys.map((key) => [key, key]));
    await expect(storeResult(watched, result, out, 'any', ids, cancelled.signal)).rejects.toThrow('cancelled');
    expect(commits).toBe(1);
  });
});
