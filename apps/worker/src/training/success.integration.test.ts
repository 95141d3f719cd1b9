import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJobs, type Jobs } from '@plumbline/jobs';
import { resolveRecipe } from '@plumbline/ml';
import type { PrismaClient } from '@plumbline/prisma';
import { anySha256, scenarios, testDatabase, type MigratedDatabase } from '@plumbline/prisma/testing';
import { addressOf, createLocalStorage, type Storage } from '@plumbline/storage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pino } from 'pino';
import type { WorkerContext } from '../context.ts';
import { asJson } from '../registration.ts';
import { claim, settle, startRunning } from '../runs/lease.ts';
import { storeCheckpoints, writeCheckpoints } from './checkpoints.ts';
import { succeed } from './success.ts';

let folder: string;
let database: MigratedDatabase;
let prisma: PrismaClient;
let storage: Storage;
let jobs: Jobs;
let context: WorkerContext;
const recipe = resolveRecipe('sample/ae');
const protocol = asJson({ split: 'test', ...recipe.residual }) as object;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-success-'));
  database = await testDatabase();
  ({ prisma } = database);
  storage = createLocalStorage({ root: join(folder, 'storage') });
  jobs = createJobs({ connectionString: database.url, role: 'producer' });
  await jobs.start();
  const { id: workerId } = await prisma.worker.create({ data: { name: 'test', pid: 1 } });
  const log = pino({ level: 'silent' });
  context = { prisma, jobs, storage, log, workerId, runsFolder: folder, stopping: new AbortController().signal };
});
afterAll(async () => {
  await jobs.stop(0);
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** A run's folder as a training leaves it after so many epochs; the best weights are of epoch 1 unless told otherwise. */
async function runFolder(epoch: number, best = 1): Promise<string> {
  const run = join(folder, randomUUID());
  for (const [which, of] of Object.entries({ best, last: epoch })) {
    await mkdir(join(run, 'checkpoints', which), { recursive: true });
    await writeFile(join(run, 'checkpoints', which, 'weights.bin'), `weights after epoch ${of}`);
  }
  await writeFile(join(run, 'manifest.json'), JSON.stringify({ checkpoints: { best: { epoch: best }, last: { epoch } } }));
  return run;
}

/** A run that was paused after its first epoch, with an evaluation of each checkpoint that somebody started meanwhile. */
async function evaluatedWhilePaused() {
  const scenario = await scenarios.queuedRun(prisma);
  const { run, version, engineer, images } = scenario;
  const lease = (await prisma.$transaction((tx) => claim(tx, 'TrainingRun', run.id, context.workerId)))!;
  await startRunning(prisma.trainingRun, lease);
  const stored = (await storeCheckpoints(storage, await runFolder(1)))!;
  const ids = await prisma.$transaction(async (tx) => {
    await settle(tx, lease, 'paused', null);
    return writeCheckpoints(tx, storage, run.id, stored);
  });
  const evaluate = (checkpointId: string) =>
    prisma.evaluation.create({ data: { checkpointId, datasetVersionId: version.id, protocol, createdById: engineer.id } });
  return { run, images, best: await evaluate(ids.best!), last: await evaluate(ids.last!) };
}

async function finish(id: string, run: string): Promise<void> {
  await prisma.trainingRun.update({ where: { id }, data: { state: 'queued' } });
  const lease = (await prisma.$transaction((tx) => claim(tx, 'TrainingRun', id, context.workerId)))!;
  const row = await prisma.trainingRun.findUniqueOrThrow({ where: { id } });
  await succeed(context, row, recipe, lease, { kind: 'run', id, projectId: row.projectId }, run);
}
const evaluationsOf = (runId: string) => prisma.evaluation.findMany({ where: { checkpoint: { runId } }, include: { checkpoint: true } });

describe('a run whose checkpoints were evaluated while it was paused', () => {
  it('succeeds with better weights, of which alone it has evaluations', async () => {
    const { run, best, last, images } = await evaluatedWhilePaused();
    const picture = anySha256();
    const pictures = { inputSha256: picture, reconstructionSha256: anySha256(), networkWidth: 8, networkHeight: 8 };
    await prisma.reconstruction.create({ data: { evaluationId: last.id, imageId: images[0]!.id, ...pictures } });
    await finish(run.id, await runFolder(3, 3));
    expect(await prisma.trainingRun.findUniqueOrThrow({ where: { id: run.id } })).toMatchObject({ state: 'succeeded' });
    const [own, ...more] = await evaluationsOf(run.id);
    expect(more).toEqual([]);
    expect(own).toMatchObject({ createdById: null, state: 'queued', checkpoint: { kind: 'best', epoch: 3 } });
    expect([best.id, last.id]).not.toContain(own!.id);
    expect(await jobs.stateOf('evaluation', own!.id)).toBe('created');
    const discarded = (await prisma.discardedFile.findMany()).map(({ address }) => address);
    expect(discarded).toEqual(expect.arrayContaining([addressOf(Buffer.from('weights after epoch 1')), picture]));
  });

  it('succeeds where the best weights are still the same, and takes their evaluation for its own', async () => {
    const { run, best } = await evaluatedWhilePaused();
    await finish(run.id, await runFolder(3, 1));
    expect(await evaluationsOf(run.id)).toMatchObject([{ id: best.id, createdById: null, checkpoint: { kind: 'best', epoch: 1 } }]);
  });

  it('succeeds where that evaluation had failed, and has it made anew', async () => {
    const { run, best } = await evaluatedWhilePaused();
    await prisma.evaluation.update({ where: { id: best.id }, data: { state: 'failed' } });
    await finish(run.id, await runFolder(3, 1));
    const evaluations = await evaluationsOf(run.id);
    expect(evaluations).toMatchObject([{ createdById: null, state: 'queued', checkpoint: { kind: 'best' } }]);
    expect(evaluations[0]!.id).not.toBe(best.id);
  });
});
