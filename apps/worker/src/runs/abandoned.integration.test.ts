import { createJobs, type Jobs, type Payload, type QueueName } from '@plumbline/jobs';
import type { PrismaClient } from '@plumbline/prisma';
import { createRun, scenarios, testDatabase, type MigratedDatabase, type QueuedRun } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sweepOpenWork } from './abandoned.ts';

let database: MigratedDatabase;
let prisma: PrismaClient;
let jobs: Jobs;

beforeAll(async () => {
  database = await testDatabase();
  ({ prisma } = database);
  jobs = createJobs({ connectionString: database.url, role: 'producer' });
  await jobs.start();
});
afterAll(async () => {
  await jobs.stop(0);
  await database.drop();
});

type Work = { readonly [Name in QueueName]: string };
let scenario: QueuedRun;
let work: Work;

/** One of everything that a queue is about, waiting without a job. */
beforeEach(async () => {
  scenario = await scenarios.queuedRun(prisma);
  const { run, dataset, version, team } = scenario;
  const checkpoint = await prisma.checkpoint.create({ data: { runId: run.id, kind: 'best', epoch: 1, files: [], manifest: {} } });
  const webhook = await prisma.webhook.create({
    data: { teamId: team.id, url: 'https://example.org', events: ['runFailed'], secret: 'x' },
  });
  const rows = {
    training: run,
    evaluation: await prisma.evaluation.create({ data: { checkpointId: checkpoint.id, datasetVersionId: version.id, protocol: {} } }),
    import: await prisma.datasetImport.create({ data: { datasetId: dataset.id, source: 'a.zip', files: [] } }),
    leakCheck: await prisma.leakCheck.create({ data: { datasetId: dataset.id, distance: 3 } }),
    webhook: await prisma.webhookDelivery.create({ data: { webhookId: webhook.id, event: 'test', body: '{}' } }),
  };
  work = Object.fromEntries(Object.entries(rows).map(([queue, { id }]) => [queue, id])) as Work;
});

const keys = {
  training: 'trainingRunId',
  evaluation: 'evaluationId',
  import: 'importId',
  leakCheck: 'leakCheckId',
  webhook: 'deliveryId',
} as const;
const queues = Object.keys(keys) as QueueName[];
const enqueue = (queue: QueueName) =>
  prisma.$transaction((tx) => jobs.enqueue(queue, { [keys[queue]]: work[queue] } as Payload<QueueName>, { tx }));
const states = async () =>
  Object.fromEntries(await Promise.all(queues.map(async (queue) => [queue, await jobs.stateOf(queue, work[queue])])));
const rowStates = async () => ({
  training: (await prisma.trainingRun.findUniqueOrThrow({ where: { id: work.training } })).state,
  evaluation: (await prisma.evaluation.findUniqueOrThrow({ where: { id: work.evaluation } })).state,
  import: (await prisma.datasetImport.findUniqueOrThrow({ where: { id: work.import } })).state,
  leakCheck: (await prisma.leakCheck.findUniqueOrThrow({ where: { id: work.leakCheck } })).state,
  webhook: (await prisma.webhookDelivery.findUniqueOrThrow({ where: { id: work.webhook } })).state,
});
const all = <Value>(value: Value) => Object.fromEntries(queues.map((queue) => [queue, value]));
const sorted = () => queues.map((queue) => work[queue]).sort();

describe('work whose job the queue gave up', () => {
  it('is failed, whatever it is, with a reason where it has one', async () => {
    for (const queue of queues) await enqueue(queue);
    expect((await sweepOpenWork(prisma, jobs)).failed).toEqual([]);
    await prisma.$executeRaw`update pgboss.job set state = 'failed' where id = any(${sorted()}::uuid[])`;
    const swept = await sweepOpenWork(prisma, jobs);
    expect([...swept.failed].sort()).toEqual(sorted());
    expect(swept.released).toEqual([]);
    expect(await rowStates()).toEqual(all('failed'));
    const { reason, finishedAt } = await prisma.trainingRun.findUniqueOrThrow({ where: { id: work.training } });
    expect(reason).toMatch(/^Its worker was lost 3 times/);
    expect(finishedAt).not.toBeNull();
    expect(await sweepOpenWork(prisma, jobs)).toEqual({ failed: [], released: [] });
  });
});

describe('work that waits without a job', () => {
  it('gets one again, once, though several workers look at the same time', async () => {
    await prisma.trainingRun.update({ where: { id: work.training }, data: { priority: 7 } });
    const swept = await Promise.all([1, 2, 3].map(() => sweepOpenWork(prisma, jobs)));
    expect(swept.flatMap(({ released }) => released).sort()).toEqual(sorted());
    expect(await states()).toEqual(all('created'));
    const [job] = await prisma.$queryRaw<{ priority: number }[]>`select priority from pgboss.job where id = ${work.training}::uuid`;
    expect(job?.priority).toBe(7);
  });

  it('gets none while it waits for a localisation network, is under way, paused or ended', async () => {
    for (const queue of queues) await enqueue(queue);
    const { variant, version, run: orientation } = scenario;
    const run = await createRun(prisma, variant, version, { orientationRunId: orientation.id });
    const paused = await createRun(prisma, variant, version, { seed: 2 });
    await prisma.trainingRun.update({ where: { id: paused.id }, data: { state: 'paused' } });
    const taken = await createRun(prisma, variant, version, { seed: 3 });
    await prisma.trainingRun.update({ where: { id: taken.id }, data: { state: 'preparing' } });
    expect(await sweepOpenWork(prisma, jobs)).toEqual({ failed: [], released: [] });
    for (const state of ['preparing', 'running', 'succeeded'] as const)
      await prisma.trainingRun.update({ where: { id: orientation.id }, data: { state } });
    expect((await sweepOpenWork(prisma, jobs)).released).toEqual([run.id]);
  });
});

it('looks through open work of any number by one statement', async () => {
  const { variant, version } = scenario;
  for (const queue of queues) await enqueue(queue);
  for (let seed = 10; seed < 20; seed++) {
    const run = await createRun(prisma, variant, version, { seed });
    await prisma.$transaction((tx) => jobs.enqueue('training', { trainingRunId: run.id }, { tx }));
  }
  let asked = 0;
  const counting = prisma.$extends({ query: { $allOperations: ({ args, query }) => ((asked += 1), query(args)) } });
  expect(await sweepOpenWork(counting as unknown as PrismaClient, jobs)).toEqual({ failed: [], released: [] });
  expect(asked).toBe(1);
});
