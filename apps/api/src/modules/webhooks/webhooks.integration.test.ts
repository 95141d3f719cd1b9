import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createProject, createRun, scenarios, type QueuedRun } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually, startApi, type TestApi } from '../../testing/api.ts';
import { startWorker } from '../../testing/worker.ts';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server that is called, and answers with what is next in `answers`, then with 200. */
async function receiver(host: string) {
  const received: Received[] = [];
  const answers: number[] = [];
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
      response.writeHead(answers.shift() ?? 200, { location: '/elsewhere' }).end('thanks');
    });
  });
  await new Promise<void>((listening) => server.listen(0, host, listening));
  const url = `http://${host}:${(server.address() as AddressInfo).port}/hook`;
  return { url, received, answers, stop: () => new Promise((stopped) => server.close(stopped)) };
}

let api: TestApi;
let own: QueuedRun;
let admin: string;
let worker: Awaited<ReturnType<typeof startWorker>>;
let open: Awaited<ReturnType<typeof receiver>>;
let forbidden: Awaited<ReturnType<typeof receiver>>;
const secrets: string[] = [];

beforeAll(async () => {
  api = await startApi();
  own = await scenarios.queuedRun(api.db);
  // The worker would give a waiting one its job, and its end would be told too.
  await api.db.trainingRun.update({ where: { id: own.run.id }, data: { state: 'paused' } });
  admin = (await api.signedIn(own.admin)).cookie;
  open = await receiver('127.0.0.1');
  forbidden = await receiver('127.0.0.2');
  process.env['PLUMBLINE_WEBHOOK_ALLOW'] = '127.0.0.1';
  worker = await startWorker(api);
});
afterAll(async () => {
  delete process.env['PLUMBLINE_WEBHOOK_ALLOW'];
  await worker.stop();
  await open.stop();
  await forbidden.stop();
  await api.stop();
});

const fields = `id url events enabled disabledReason failingSince project { id } createdBy { name }
  deliveries { totalCount edges { node { id event state dueAt body attempts { number status milliseconds problem } } } }`;
const problems = '__typename ... on Problem { message }';

async function create(input: object, who = admin) {
  const { data } = await api.run(
    who,
    `mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { ${problems} ... on CreateWebhookSuccess { secret webhook { ${fields} } } } }`,
    {
      input: {
        teamId: `team_${own.team.id}`,
        url: open.url,
        events: ['runSucceeded', 'runFailed', 'runCancelled', 'evaluationFinished'],
        ...input,
      },
    },
  );
  if (data.createWebhook.secret) secrets.push(data.createWebhook.secret);
  return data.createWebhook;
}
const change = async (input: object) =>
  (
    await api.run(
      admin,
      `mutation ($input: ChangeWebhookInput!) { changeWebhook(input: $input) { ${problems} ... on ChangeWebhookSuccess { webhook { ${fields} } } } }`,
      { input },
    )
  ).data.changeWebhook;
const read = async (id: string) => (await api.run(admin, `query ($id: ID!) { webhook(id: $id) { ${fields} } }`, { id })).data.webhook;
const test = async (id: string) =>
  (
    await api.run(
      admin,
      `mutation ($id: ID!) { testWebhook(id: $id) { ${problems} ... on TestWebhookSuccess { delivery { id state } } } }`,
      {
        id,
      },
    )
  ).data.testWebhook;
const remove = (id: string) => api.run(admin, `mutation ($id: ID!) { deleteWebhook(id: $id) { ${problems} } }`, { id });

/** Deliveries of a webhook, newest first, once the newest is over. */
async function settled(id: string, count = 1, ms = 20_000) {
  let found: { state: string; dueAt: string | null; attempts: { status: number | null; problem: string | null }[] }[] = [];
  await eventually(`${count} deliveries`, ms, async () => {
    found = (await read(id)).deliveries.edges.map(({ node }: { node: object }) => node);
    return found.length >= count && found.slice(0, count).every(({ state }) => state !== 'waiting');
  });
  return found;
}

async function endRun(state: 'succeeded' | 'failed', data: object = {}): Promise<string> {
  // Together: a worker looks for those that wait without a job.
  return api.db.$transaction(async (tx) => {
    const { id } = await createRun(tx, own.variant, own.version, { createdById: own.engineer.id, seed: 11 });
    for (const next of ['preparing', 'running', state] as const)
      await tx.trainingRun.update({ where: { id }, data: { state: next, ...(next === state ? data : {}) } });
    return id;
  });
}

beforeEach(async () => {
  await api.db.webhook.deleteMany();
  open.answers.length = 0;
});

describe('a webhook', () => {
  it('is called, signed, for what its team or project ends, whichever process ends it', async () => {
    const elsewhere = await createProject(api.db, own.team);
    const made = await create({ projectId: `prj_${own.project.id}` });
    expect(made).toMatchObject({ __typename: 'CreateWebhookSuccess', secret: expect.stringMatching(/^whsec_[\w-]{43}$/) });
    const other = await create({ projectId: `prj_${elsewhere.id}` });
    const onlyFailures = await create({ events: ['runFailed'] });
    open.received.length = 0;
    const runId = await endRun('succeeded', { validationLoss: 12.5, finishedAt: new Date() });
    const [delivery] = await settled(made.webhook.id);
    expect(delivery).toMatchObject({
      event: 'run.succeeded',
      state: 'delivered',
      dueAt: null,
      attempts: [{ number: 1, status: 200, problem: null, milliseconds: expect.any(Number) }],
    });
    expect(open.received).toHaveLength(1);
    const [{ headers, body }] = open.received as [Received];
    const [, time, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-plumbline-signature'])) ?? [];
    expect(signature).toBe(createHmac('sha256', made.secret).update(`${time}.${body}`).digest('hex'));
    expect(Math.abs(Number(time) - Date.now() / 1000)).toBeLessThan(30);
    expect(headers).toMatchObject({ 'x-plumbline-event': 'run.succeeded', 'x-plumbline-attempt': '1', 'content-type': /json/ });
    expect(JSON.parse(body)).toMatchObject({
      event: 'run.succeeded',
      project: { id: `prj_${own.project.id}`, name: own.project.name },
      team: { name: own.team.name },
      run: {
        id: `run_${runId}`,
        state: 'succeeded',
        seed: 11,
        validationLoss: 12.5,
        variant: { name: own.variant.name },
        dataset: { name: own.dataset.name, version: 1 },
        startedBy: own.engineer.name,
      },
      url: `http://127.0.0.1:3000/projects/prj_${own.project.id}/runs/run_${runId}`,
    });
    expect((await read(other.webhook.id)).deliveries.totalCount).toBe(0);
    expect((await read(onlyFailures.webhook.id)).deliveries.totalCount).toBe(0);

    const waiting = await api.db.$transaction(async (tx) => {
      const { id } = await createRun(tx, own.variant, own.version, { createdById: own.engineer.id });
      return tx.trainingRun.update({ where: { id }, data: { state: 'paused' } });
    });
    const cancelling = 'mutation ($id: ID!) { cancelTraining(id: $id) { __typename } }';
    await api.run((await api.signedIn(own.engineer)).cookie, cancelling, { id: `run_${waiting.id}` });
    const [cancelled] = await settled(made.webhook.id, 2);
    expect(cancelled).toMatchObject({ event: 'run.cancelled', state: 'delivered' });
    expect(await api.db.ending.count()).toBe(0);
    for (const { webhook } of [made, other, onlyFailures]) await remove(webhook.id);
  });

  it('is tried again where it did not arrive, with the same body and id under a new signature', async () => {
    const { webhook } = await create({ events: ['runFailed'] });
    open.received.length = 0;
    open.answers.push(503);
    await endRun('failed', { reason: 'Out of memory.' });
    await eventually('the first attempt', 20_000, async () => (await read(webhook.id)).deliveries.edges[0]?.node.attempts.length === 1);
    const between = await read(webhook.id);
    expect(between.deliveries.edges[0].node).toMatchObject({
      state: 'waiting',
      attempts: [{ status: 503, problem: 'The answer was 503 where 200 to 299 means that it arrived.' }],
    });
    expect(Date.parse(between.deliveries.edges[0].node.dueAt)).toBeGreaterThan(Date.now());
    expect(between.failingSince).not.toBeNull();
    const [delivery] = await settled(webhook.id, 1, 30_000);
    expect(delivery).toMatchObject({ state: 'delivered', attempts: [{ status: 503 }, { number: 2, status: 200, problem: null }] });
    const [first, second] = open.received as [Received, Received];
    expect(second.body).toBe(first.body);
    expect(second.headers['x-plumbline-delivery']).toBe(first.headers['x-plumbline-delivery']);
    expect(second.headers['x-plumbline-signature']).not.toBe(first.headers['x-plumbline-signature']);
    expect((await read(webhook.id)).failingSince).toBeNull();
    await remove(webhook.id);
  }, 60_000);

  it('is never called at an address that only the platform sees, by number or by name; a redirect is not followed', async () => {
    const port = new URL(forbidden.url).port;
    for (const url of [forbidden.url, `http://localhost:${port}/`, `http://0x7f000002:${port}/`, `http://[::ffff:127.0.0.2]:${port}/`]) {
      const { webhook } = await create({ url });
      expect((await test(webhook.id)).__typename, url).toBe('TestWebhookSuccess');
      const [delivery] = await settled(webhook.id);
      const [attempt] = delivery?.attempts ?? [];
      expect(delivery?.state).toBe('failed');
      if (url.includes('localhost')) expect(attempt?.status).not.toBe(200);
      else expect(attempt).toMatchObject({ status: null, problem: expect.stringMatching(/is no public address/) });
      await remove(webhook.id);
    }
    expect(forbidden.received).toEqual([]);
    const { webhook } = await create({});
    open.received.length = 0;
    open.answers.push(302);
    await test(webhook.id);
    const [delivery] = await settled(webhook.id);
    expect(delivery).toMatchObject({ state: 'failed', attempts: [{ status: 302, problem: expect.stringMatching(/leads elsewhere/) }] });
    expect(open.received).toHaveLength(1);
    await remove(webhook.id);
  });

  it('is tested at once, also while it is disabled, and a test that fails is not repeated', async () => {
    const { webhook } = await create({});
    expect(await change({ id: webhook.id, enabled: false })).toMatchObject({ webhook: { enabled: false, disabledReason: null } });
    await endRun('succeeded');
    await eventually('the ending is taken off', 5000, async () => (await api.db.ending.count()) === 0);
    expect((await read(webhook.id)).deliveries.totalCount).toBe(0);
    open.answers.push(500);
    await test(webhook.id);
    expect(await settled(webhook.id)).toMatchObject([{ event: 'test', state: 'failed', attempts: [{ status: 500 }], dueAt: null }]);
    expect((await read(webhook.id)).failingSince).toBeNull();
    await test(webhook.id);
    expect((await settled(webhook.id, 2))[0]).toMatchObject({ state: 'delivered' });
    await remove(webhook.id);
  });

  it('that failed for three days is disabled; who made it is told, and the audit has it', async () => {
    const { webhook } = await create({ events: ['runFailed'] });
    const id = webhook.id.replace('whk_', '');
    await api.db.webhook.update({ where: { id }, data: { failingSince: new Date(Date.now() - 4 * 24 * 3600 * 1000) } });
    open.answers.push(500);
    await endRun('failed');
    await eventually('it is disabled', 20_000, async () => !(await read(webhook.id)).enabled);
    expect((await read(webhook.id)).disabledReason).toBe(
      'Nothing arrived for three days. Last: The answer was 500 where 200 to 299 means that it arrived.',
    );
    const { data } = await api.run(admin, '{ notifications { edges { node { kind sentence link } } } }');
    expect(data.notifications.edges[0].node).toMatchObject({
      kind: 'webhook.disabled',
      sentence: expect.stringContaining(`Your webhook to ${new URL(open.url).host} was disabled.`),
      link: `/teams/team_${own.team.id}/webhooks`,
    });
    expect(await change({ id: webhook.id, enabled: true })).toMatchObject({ webhook: { enabled: true, failingSince: null } });
    const events = await api.db.auditEvent.findMany({ where: { subjectId: webhook.id }, orderBy: { id: 'asc' } });
    expect(events.map(({ action, actorName }) => `${actorName}: ${action}`)).toEqual([
      `${own.admin.name}: webhook.create`,
      'Plumbline: webhook.disable',
      `${own.admin.name}: webhook.enable`,
    ]);
    await remove(webhook.id);
  });

  it.each([
    ['example.org/hook', 'This is no address; write it out, for example https://example.org/plumbline.'],
    ['ftp://example.org/', 'The address begins with neither https:// nor http://.'],
    ['https://me:secret@example.org/', 'The address holds a name or password; take them out, the signature proves who calls.'],
  ])('is not made for %s', async (url, message) => expect((await create({ url })).message).toBe(message));

  it('keeps its secret: it is answered once, and stands in no log', async () => {
    const viewer = (await api.signedIn(own.viewer)).cookie;
    expect((await create({}, viewer)).__typename).toBe('NotAllowed');
    const { data } = await api.run(admin, '{ __type(name: "Webhook") { fields { name } } }');
    expect(data.__type.fields.map(({ name }: { name: string }) => name)).not.toContain('secret');
    expect(secrets.length).toBeGreaterThan(5);
    const logs = api.logged.join('\n');
    for (const secret of secrets) expect(logs).not.toContain(secret);
  });
});
