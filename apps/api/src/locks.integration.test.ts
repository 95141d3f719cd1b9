import type { Prisma } from '@plumbline/prisma';
import { scenarios, type QueuedRun } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockTeam } from './modules/accounts/memberService.ts';
import { lockProject } from './modules/recipes/service.ts';
import { startApi, type TestApi } from './testing/api.ts';

let api: TestApi;
let own: QueuedRun;
let cookie: string;
beforeAll(async () => {
  api = await startApi();
  own = await scenarios.queuedRun(api.db);
  cookie = (await api.signedIn(own.owner)).cookie;
});
afterAll(() => api.stop());

const create = `mutation ($input: CreateDatasetInput!) { createDataset(input: $input) { __typename } }`;
const rename = `mutation ($input: RenameDatasetInput!) { renameDataset(input: $input) { __typename } }`;
const save = `mutation ($input: SaveVariantInput!) { saveVariant(input: $input) { __typename } }`;

describe('whoever saves a recipe or changes a member', () => {
  it('keeps nobody from making something in the project or the team', async () => {
    await api.db.$transaction(
      async (tx) => {
        await lockProject(tx, own.project.id);
        await lockTeam(tx, own.team.id);
        const dataset = await api.run(cookie, create, { input: { projectId: `prj_${own.project.id}`, name: 'meanwhile' } });
        expect(dataset.data?.createDataset).toEqual({ __typename: 'CreateDatasetSuccess' });
        await api.db.project.create({ data: { teamId: own.team.id, name: 'meanwhile' } });
      },
      { timeout: 20_000 },
    );
  });
});

describe('what somebody else keeps locked too long', () => {
  it.each<[string, string, () => object]>([
    ['a statement of ours', save, () => ({ projectId: `prj_${own.project.id}`, name: 'new', recipe: { base: 'ae' } })],
    ['a statement of the database client', rename, () => ({ id: `dst_${own.dataset.id}`, name: 'renamed' })],
  ])('is told in one sentence, by %s', async (_whose, mutation, input) => {
    await api.db.$transaction(
      async (tx) => {
        await tx.$queryRaw`select 1 from "Project" where "id" = ${own.project.id}::uuid for update`;
        await tx.$queryRaw`select 1 from "Dataset" where "id" = ${own.dataset.id}::uuid for update`;
        const { errors } = await api.run(cookie, mutation, { input: input() });
        expect(errors).toMatchObject([
          { message: 'Somebody else is changing this; try again in a moment.', extensions: { code: 'CONFLICT' } },
        ]);
      },
      { timeout: 20_000 },
    );
  });
});

describe('two people who change different things of one thing at the same time', () => {
  /** Somebody has changed something and not said so yet, when another asks for another change. */
  async function atOnce(first: (tx: Prisma.TransactionClient) => Promise<unknown>, second: () => ReturnType<TestApi['run']>) {
    let changing: ReturnType<TestApi['run']> | undefined;
    await api.db.$transaction(
      async (tx) => {
        await first(tx);
        changing = second();
        await new Promise((done) => setTimeout(done, 1000));
      },
      { timeout: 20_000 },
    );
    expect((await changing!).errors).toBeUndefined();
  }

  it('both find their change of a webhook', async () => {
    const webhook = await api.db.webhook.create({
      data: { teamId: own.team.id, url: 'https://example.org/a', events: ['runFailed'], secret: 'x' },
    });
    const mutation = 'mutation ($input: ChangeWebhookInput!) { changeWebhook(input: $input) { __typename } }';
    await atOnce(
      (tx) => tx.webhook.update({ where: { id: webhook.id }, data: { events: ['runSucceeded'] } }),
      () => api.run(cookie, mutation, { input: { id: `whk_${webhook.id}`, url: 'https://example.org/b' } }),
    );
    expect(await api.db.webhook.findUniqueOrThrow({ where: { id: webhook.id } })).toMatchObject({
      url: 'https://example.org/b',
      events: ['runSucceeded'],
    });
  });

  it('both find their change of a saved view', async () => {
    const view = await api.db.runView.create({
      data: { projectId: own.project.id, userId: own.owner.id, name: 'before', query: 'a', shared: true },
    });
    const mutation = 'mutation ($input: ChangeRunViewInput!) { changeRunView(input: $input) { __typename } }';
    await atOnce(
      (tx) => tx.runView.update({ where: { id: view.id }, data: { query: 'b' } }),
      () => api.run(cookie, mutation, { input: { id: `rvw_${view.id}`, name: 'after' } }),
    );
    expect(await api.db.runView.findUniqueOrThrow({ where: { id: view.id } })).toMatchObject({ name: 'after', query: 'b', shared: true });
  });
});
