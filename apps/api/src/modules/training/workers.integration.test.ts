import { scenarios, type TeamWithProject } from '@plumbline/prisma/testing';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually, startApi, type TestApi } from '../../testing/api.ts';
import { socketClient } from '../../testing/socketClient.ts';
import { startWorker } from '../../testing/worker.ts';

let api: TestApi;
let own: TeamWithProject;
let admin: string;
let worker: Awaited<ReturnType<typeof startWorker>>;
let server: Server;
let called = 0;

beforeAll(async () => {
  api = await startApi();
  own = await scenarios.teamWithProject(api.db);
  admin = (await api.signedIn(own.admin)).cookie;
  server = createServer((_request, response) => {
    called++;
    response.end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  process.env['PLUMBLINE_WEBHOOK_ALLOW'] = '127.0.0.1';
  worker = await startWorker(api);
});
afterAll(async () => {
  delete process.env['PLUMBLINE_WEBHOOK_ALLOW'];
  await worker.stop();
  server.close();
  await api.stop();
});

it('a worker tells its machine, and one that is drained takes nothing new until it is not, as an open page sees', async () => {
  const { data } = await api.run(admin, '{ workers { id machine drainingSince alive } }');
  const [{ id, machine, drainingSince }] = data.workers;
  expect(machine).toMatchObject({
    cores: expect.any(Number),
    memoryBytes: expect.any(Number),
    system: expect.stringContaining(process.platform),
  });
  expect(drainingSince).toBeNull();

  const seen: { workers: { drainingSince: string | null }[]; lanes: { name: string; waiting: number }[] }[] = [];
  const client = socketClient(api, { cookie: (await api.signedIn(own.viewer)).cookie });
  client.subscribe<{ workersChanged: (typeof seen)[number] }>(
    { query: 'subscription { workersChanged { workers { drainingSince } lanes { name waiting } } }' },
    { next: (result) => void (result.data && seen.push(result.data.workersChanged)), error: () => undefined, complete: () => undefined },
  );
  await eventually('the workers', 10_000, () => seen.length > 0);
  const drain = async (draining: boolean) =>
    (
      await api.run(
        admin,
        'mutation ($id: ID!, $draining: Boolean!) { drainWorker(id: $id, draining: $draining) { __typename ... on DrainWorkerSuccess { worker { drainingSince } } } }',
        { id, draining },
      )
    ).data.drainWorker;
  expect((await drain(true)).worker.drainingSince).not.toBeNull();
  await eventually('it is seen', 5000, () => Boolean(seen.at(-1)?.workers[0]?.drainingSince));
  // The worker looks every second.
  await new Promise((done) => setTimeout(done, 3000));

  const { port } = server.address() as AddressInfo;
  const row = { teamId: own.team.id, url: `http://127.0.0.1:${port}/`, events: [], secret: 'whsec_x' };
  const webhook = await api.db.webhook.create({ data: row });
  await api.run(admin, 'mutation ($id: ID!) { testWebhook(id: $id) { __typename } }', { id: `whk_${webhook.id}` });
  await new Promise((done) => setTimeout(done, 4000));
  expect(called).toBe(0);
  const lanes = (await api.run(admin, '{ queueLanes { name waiting later active } }')).data.queueLanes;
  expect(lanes).toContainEqual({ name: 'webhook', waiting: 1, later: 0, active: 0 });
  expect(lanes.map(({ name }: { name: string }) => name)).toEqual(['training', 'evaluation', 'import', 'leakCheck', 'webhook']);

  expect((await drain(false)).worker.drainingSince).toBeNull();
  await eventually('the job is taken', 20_000, () => called === 1);
  const events = await api.db.auditEvent.findMany({ where: { subjectId: id }, orderBy: { id: 'asc' } });
  expect(events.map(({ action }) => action)).toEqual(['worker.drain', 'worker.undrain']);
  await client.dispose();
});
