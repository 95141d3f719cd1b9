import { notifyChange } from '@plumbline/jobs';
import { scenarios, type QueuedRun } from '@plumbline/prisma/testing';
import type { Client } from 'graphql-ws';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually, startApi, type TestApi } from '../testing/api.ts';
import { socketClient } from '../testing/socketClient.ts';

let api: TestApi;
let own: QueuedRun;
const clients: Client[] = [];

beforeAll(async () => {
  api = await startApi();
  own = await scenarios.queuedRun(api.db);
});
afterAll(async () => {
  for (const client of clients) await client.dispose();
  await api.stop();
});

interface Watch {
  /** Loosely typed on purpose: a test says what it expects. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly events: any[];
  readonly errors: unknown[];
  /** Code that the server closed the socket with. */
  closed: number | null;
  ended: boolean;
}

function watch(cookie: string | null, query: string, variables: Record<string, unknown>, origin?: string): Watch {
  const watching: Watch = { events: [], errors: [], closed: null, ended: false };
  const headers = { ...(cookie ? { cookie } : {}), ...(origin ? { origin } : {}) };
  const client = socketClient(api, headers, {
    on: { closed: (event) => void (watching.closed = (event as { code: number }).code) },
  });
  clients.push(client);
  client.subscribe(
    { query, variables },
    {
      next: ({ data, errors }) => void (errors ? watching.errors.push(...errors) : watching.events.push(data)),
      error: (error) => void watching.errors.push(error),
      complete: () => void (watching.ended = true),
    },
  );
  return watching;
}

const runChanged = `subscription ($id: ID!) { trainingRunChanged(id: $id) {
  run { state epoch attempt variant { name } checkpoints { epoch } } points { series step value } previews { epoch url } } }`;

it('a watched run arrives at once with its curve, and then what is new within a moment of each change', async () => {
  const { cookie } = await api.signedIn(own.viewer);
  const { id } = own.run;
  await api.db.trainingRun.update({ where: { id }, data: { state: 'preparing', attempt: 1 } });
  await api.db.trainingRun.update({ where: { id }, data: { state: 'running' } });
  await api.db.runPoint.create({ data: { runId: id, series: 'step', step: 1, epoch: 1, value: 900 } });
  const seen = watch(cookie, runChanged, { id: `run_${id}` });
  await eventually('the first event', 3000, () => seen.events.length === 1);
  expect(seen.events[0].trainingRunChanged).toMatchObject({
    run: { state: 'running', variant: { name: own.variant.name } },
    points: [{ step: 1, value: 900 }],
  });

  await api.db.$transaction(async (tx) => {
    await tx.runPoint.createMany({ data: [2, 3].map((step) => ({ runId: id, series: 'step', step, epoch: 1, value: 800 })) });
    await tx.runPoint.create({ data: { runId: id, series: 'validation', step: 3, epoch: 1, value: 850 } });
    await tx.runPreview.create({ data: { runId: id, epoch: 1, imageId: 'test/good/0', sha256: 'a'.repeat(64) } });
    await tx.trainingRun.update({ where: { id }, data: { epoch: 1 } });
    await notifyChange(tx, { kind: 'run', id, projectId: own.project.id });
  });
  const ms = await eventually('the change', 2000, () => seen.events.length === 2);
  expect(ms).toBeLessThan(1500);
  const change = seen.events[1].trainingRunChanged;
  expect(change.run).toMatchObject({ epoch: 1 });
  expect(change.points.map((point: { series: string; step: number }) => `${point.series} ${point.step}`).sort()).toEqual([
    'step 2',
    'step 3',
    'validation 3',
  ]);
  expect(change.previews).toEqual([{ epoch: 1, url: `/files/previews/run_${id}/${'a'.repeat(64)}.png` }]);

  // A later attempt may start again from an earlier step: the whole curve comes again.
  await api.db.$transaction(async (tx) => {
    await tx.trainingRun.update({ where: { id }, data: { state: 'queued' } });
    await tx.trainingRun.update({ where: { id }, data: { state: 'preparing', attempt: 2 } });
    await notifyChange(tx, { kind: 'run', id, projectId: own.project.id });
  });
  await eventually('the attempt', 2000, () => seen.events.length === 3);
  expect(seen.events[2].trainingRunChanged).toMatchObject({ run: { attempt: 2 } });
  expect(seen.events[2].trainingRunChanged.points).toHaveLength(4);
});

it("changes of a project are told by kind and id, another project's are not", async () => {
  const { cookie } = await api.signedIn(own.viewer);
  const other = await scenarios.queuedRun(api.db);
  const seen = watch(cookie, 'subscription ($id: ID!) { projectChanged(projectId: $id) { kind id } }', { id: `prj_${own.project.id}` });
  await new Promise((done) => setTimeout(done, 500));
  await notifyChange(api.db, { kind: 'run', id: other.run.id, projectId: other.project.id });
  await notifyChange(api.db, { kind: 'run', id: own.run.id, projectId: own.project.id });
  await eventually('the change', 2000, () => seen.events.length === 1);
  expect(seen.events).toEqual([{ projectChanged: { kind: 'run', id: `run_${own.run.id}` } }]);
});

it('nobody, another site, and a member of another team may not watch', async () => {
  const stranger = await api.signedIn((await scenarios.teamWithProject(api.db)).owner);
  const id = `run_${own.run.id}`;
  const nobody = watch(null, runChanged, { id });
  await eventually('nobody is turned away', 3000, () => nobody.closed === 4403);
  const member = await api.signedIn(own.viewer);
  const elsewhere = watch(member.cookie, runChanged, { id }, 'https://elsewhere.example');
  await eventually('another site is turned away', 3000, () => elsewhere.closed !== null);
  const foreign = watch(stranger.cookie, runChanged, { id });
  await eventually('a stranger is turned away', 3000, () => foreign.errors.length > 0);
  expect(JSON.stringify(foreign.errors)).toContain('NOT_FOUND');
  const query = watch(member.cookie, '{ me { id } }', {});
  await eventually('a query is turned away', 3000, () => query.errors.length > 0);
  for (const turnedAway of [nobody, elsewhere, foreign, query]) expect(turnedAway.events).toEqual([]);
});

it('a session that is revoked elsewhere and a role that is removed stop their live subscriptions within 5 s', async () => {
  const first = await api.signedIn(own.engineer);
  const second = await api.signedIn(own.admin);
  const revoked = watch(first.cookie, runChanged, { id: `run_${own.run.id}` });
  const removed = watch(second.cookie, runChanged, { id: `run_${own.run.id}` });
  await eventually('both live', 3000, () => revoked.events.length === 1 && removed.events.length === 1);
  // By rows alone, as another process would.
  await api.db.session.update({ where: { id: first.sessionId }, data: { revokedAt: new Date() } });
  await api.db.member.deleteMany({ where: { userId: own.admin.id } });
  await eventually('the revoked session stops', 5000, () => revoked.ended || revoked.closed === 4403);
  await eventually('the removed role stops', 5000, () => removed.ended);
  await notifyChange(api.db, { kind: 'run', id: own.run.id, projectId: own.project.id });
  await new Promise((done) => setTimeout(done, 500));
  expect([revoked.events.length, removed.events.length]).toEqual([1, 1]);
});
