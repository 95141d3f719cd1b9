import { randomUUID } from 'node:crypto';
import { scenarios, testDatabase, type MigratedDatabase } from '@plumbline/prisma/testing';
import type { PrismaClient } from '@plumbline/prisma';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LeaseLost } from '../compute/failures.ts';
import { claim, fence, requireHeld, settle, startRunning, type Lease } from './lease.ts';

let database: MigratedDatabase;
let prisma: PrismaClient;
let worker: string;

beforeAll(async () => {
  database = await testDatabase();
  ({ prisma } = database);
  worker = (await prisma.worker.create({ data: { name: 'test', pid: 1 } })).id;
});
afterAll(() => database.drop());

const take = (id: string, table: 'TrainingRun' | 'Evaluation' = 'TrainingRun') => prisma.$transaction((tx) => claim(tx, table, id, worker));
const write = async (lease: Lease) =>
  requireHeld(await prisma.trainingRun.updateMany({ where: fence(lease), data: { trainLoss: lease.attempt } }), lease);
const state = async (id: string) => (await prisma.trainingRun.findUniqueOrThrow({ where: { id } })).state;

describe('a lease', () => {
  it('lets the newest attempt alone write: an earlier one is refused everything', async () => {
    const { run } = await scenarios.queuedRun(prisma);
    const first = (await take(run.id))!;
    await write(first);
    await startRunning(prisma.trainingRun, first);
    const second = (await take(run.id))!;
    expect([first.attempt, second.attempt]).toEqual([1, 2]);
    await expect(write(first)).rejects.toThrow(LeaseLost);
    await expect(prisma.$transaction((tx) => settle(tx, first, 'failed', 'late'))).rejects.toThrow(LeaseLost);
    await write(second);
    expect(await prisma.trainingRun.findUniqueOrThrow({ where: { id: run.id } })).toMatchObject({
      state: 'preparing',
      trainLoss: 2,
      reason: null,
    });
  });

  it('of two workers that claim at once goes to both in turn, never with the same attempt', async () => {
    const { run } = await scenarios.queuedRun(prisma);
    const leases = await Promise.all([take(run.id), take(run.id), take(run.id)]);
    expect(leases.map((lease) => lease?.attempt).sort()).toEqual([1, 2, 3]);
  });

  it('is not given for a run that has ended or does not exist, and a cancelled one is ended instead', async () => {
    const { run: done, evaluation } = await scenarios.evaluatedRun(prisma);
    expect(await take(done.id)).toBeNull();
    expect(await take(evaluation.id, 'Evaluation')).toBeNull();
    expect(await take(randomUUID())).toBeNull();
    const { run } = await scenarios.queuedRun(prisma);
    await prisma.trainingRun.update({ where: { id: run.id }, data: { cancelRequestedAt: new Date() } });
    expect(await take(run.id)).toBeNull();
    expect(await state(run.id)).toBe('cancelled');
    const { checkpoint, version } = await scenarios.evaluatedRun(prisma);
    const key = { checkpointId: checkpoint.id, datasetVersionId: version.id, protocol: { split: 'train' } };
    const asked = await prisma.evaluation.create({ data: { ...key, cancelRequestedAt: new Date() } });
    expect(await take(asked.id, 'Evaluation')).toBeNull();
    expect(await prisma.evaluation.findUnique({ where: { id: asked.id } })).toMatchObject({ state: 'cancelled' });
  });

  it('is not given for a run that was asked to pause when its worker died: it is paused', async () => {
    const { run } = await scenarios.queuedRun(prisma);
    await take(run.id);
    await prisma.trainingRun.update({ where: { id: run.id }, data: { pauseRequestedAt: new Date() } });
    expect(await take(run.id)).toBeNull();
    expect(await prisma.trainingRun.findUniqueOrThrow({ where: { id: run.id } })).toMatchObject({
      state: 'paused',
      attempt: 1,
      pauseRequestedAt: null,
      workerId: null,
    });
  });

  it('ends with the attempt: nothing can be written about a settled run', async () => {
    const { run } = await scenarios.queuedRun(prisma);
    const lease = (await take(run.id))!;
    await prisma.$transaction((tx) => settle(tx, lease, 'failed', 'why'));
    expect(await state(run.id)).toBe('failed');
    await expect(write(lease)).rejects.toThrow(LeaseLost);
  });
});
