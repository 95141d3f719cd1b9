import { createRun, scenarios, type QueuedRun } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, startApi, type TestApi } from '../../testing/api.ts';
import { socketClient } from '../../testing/socketClient.ts';

let api: TestApi;
let own: QueuedRun;
let engineer: string;
let admin: string;

beforeAll(async () => {
  api = await startApi();
  own = await scenarios.queuedRun(api.db);
  engineer = (await api.signedIn(own.engineer)).cookie;
  admin = (await api.signedIn(own.admin)).cookie;
});
afterAll(() => api.stop());

interface Told {
  readonly id: string;
  readonly kind: string;
  readonly sentence: string;
  readonly link: string;
  readonly read: boolean;
}
const told = async (who: string, args = ''): Promise<Told[]> => {
  const { data } = await api.run(who, `{ notifications${args} { edges { node { id kind sentence link read } } } }`);
  return data.notifications.edges.map(({ node }: { node: Told }) => node);
};
/** What a person was told, once everything that ended was taken off. */
const settled = async (who: string, args = ''): Promise<Told[]> => {
  await eventually('endings are taken off', 8000, async () => (await api.db.ending.count()) === 0);
  return told(who, args);
};
const newRun = (data: object = {}) => createRun(api.db, own.variant, own.version, { createdById: own.engineer.id, seed: 5, ...data });
const end = async (id: string, state: 'succeeded' | 'failed', data: object = {}): Promise<void> => {
  for (const next of ['preparing', 'running'] as const) await api.db.trainingRun.update({ where: { id }, data: { state: next } });
  await api.db.trainingRun.update({ where: { id }, data: { state, ...data } });
};
const cancel = (who: string, id: string) =>
  api.run(who, 'mutation ($id: ID!) { cancelTraining(id: $id) { __typename } }', { id: `run_${id}` });

describe('a person is told', () => {
  it('of their own run that ended, with its reason and the way to it; nobody else is', async () => {
    const run = await newRun();
    await end(run.id, 'failed', { reason: 'The disk is full: make room and retry.' });
    const [newest] = await settled(engineer);
    expect(newest).toMatchObject({
      kind: 'run.ended',
      sentence: `Your training of ${own.variant.name} on ${own.dataset.name}, seed 5, failed: The disk is full: make room and retry.`,
      link: `/projects/prj_${own.project.id}/runs/run_${run.id}`,
      read: false,
    });
    expect(await told(admin)).toEqual([]);
  });

  it('of a run that somebody else cancelled, and not of one that they cancelled themselves', async () => {
    const before = (await told(engineer)).length;
    await cancel(engineer, (await newRun()).id);
    expect(await settled(engineer)).toHaveLength(before);
    await cancel(admin, (await newRun()).id);
    expect((await settled(engineer))[0]?.sentence).toBe(
      `Your training of ${own.variant.name} on ${own.dataset.name}, seed 5, was cancelled.`,
    );
  });

  it('of an experiment once, when the last of it has ended, its evaluations too', async () => {
    const experiment = await api.db.experiment.create({
      data: { projectId: own.project.id, name: 'Four seeds', clientKey: 'a', seeds: [1, 2], createdById: own.engineer.id },
    });
    const runs = [await newRun({ seed: 1, experimentId: experiment.id }), await newRun({ seed: 2, experimentId: experiment.id })];
    const before = (await told(engineer)).length;
    const checkpoint = await api.db.checkpoint.create({
      data: { runId: runs[0]?.id ?? '', kind: 'best', epoch: 1, files: [], manifest: {} },
    });
    const evaluation = await api.db.evaluation.create({
      data: { checkpointId: checkpoint.id, datasetVersionId: own.version.id, protocol: { split: 'test' } },
    });
    await end(runs[0]?.id ?? '', 'succeeded');
    await end(runs[1]?.id ?? '', 'failed');
    expect(await settled(engineer)).toHaveLength(before);
    for (const state of ['preparing', 'running', 'succeeded'] as const)
      await api.db.evaluation.update({ where: { id: evaluation.id }, data: { state } });
    const after = await settled(engineer);
    expect(after).toHaveLength(before + 1);
    expect(after[0]).toMatchObject({
      kind: 'experiment.finished',
      sentence: 'Your experiment Four seeds has finished: 1 succeeded, 1 failed.',
      link: `/projects/prj_${own.project.id}/experiments/exp_${experiment.id}`,
    });
  });

  it('of an invitation that was accepted', async () => {
    const made = await api.run(
      admin,
      `mutation ($input: CreateInvitationInput!) { createInvitation(input: $input) { ... on CreateInvitationSuccess { secret } } }`,
      { input: { teamId: `team_${own.team.id}`, role: 'viewer', days: 1 } },
    );
    await api.run(null, 'mutation ($input: CreateAccountInput!) { createAccount(input: $input) { __typename } }', {
      input: {
        secret: made.data.createInvitation.secret,
        name: 'Nora New',
        email: 'nora@example.org',
        password: 'four words are enough',
      },
    });
    expect(await told(admin)).toMatchObject([
      {
        kind: 'invitation.accepted',
        sentence: `Nora New joined ${own.team.name} as viewer by your invitation.`,
        link: `/teams/team_${own.team.id}`,
      },
    ]);
  });
});

describe('notifications', () => {
  const mark = async (who: string, variables: { ids?: string[]; read: boolean }): Promise<number> => {
    const { data } = await api.run(
      who,
      'mutation ($ids: [ID!], $read: Boolean!) { markNotifications(ids: $ids, read: $read) { ... on MarkNotificationsSuccess { unreadCount } } }',
      variables,
    );
    return data.markNotifications.unreadCount;
  };

  it("are marked as read one by one or all, and a person's marks touch nobody else's", async () => {
    const [first, second] = await told(engineer);
    const total = (await told(engineer)).length;
    expect(await mark(engineer, { ids: [first?.id ?? ''], read: true })).toBe(total - 1);
    expect(await mark(admin, { ids: [second?.id ?? ''], read: true })).toBe(1);
    expect((await told(engineer, '(unread: true)')).map(({ id }) => id)).not.toContain(first?.id);
    expect(await mark(engineer, { ids: [first?.id ?? ''], read: false })).toBe(total);
    expect(await mark(engineer, { read: true })).toBe(0);
    expect((await told(admin)).filter(({ read }) => !read)).toHaveLength(1);
  });

  it('are told live, the new one with the count of what is unread, and their end in another window too', async () => {
    const seen: { unreadCount: number; newest: { sentence: string } | null }[] = [];
    const client = socketClient(api, { cookie: engineer });
    const off = client.subscribe<{ notificationsChanged: (typeof seen)[number] }>(
      { query: 'subscription { notificationsChanged { unreadCount newest { sentence } } }' },
      { next: ({ data }) => void (data && seen.push(data.notificationsChanged)), error: () => undefined, complete: () => undefined },
    );
    await eventually('the first', 5000, () => seen.length === 1);
    expect(seen[0]?.unreadCount).toBe(0);
    await end((await newRun({ seed: 99 })).id, 'succeeded');
    await eventually('the new one', 5000, () => seen.some(({ unreadCount }) => unreadCount === 1));
    expect(seen.at(-1)?.newest?.sentence).toContain('seed 99, succeeded.');
    await mark(engineer, { read: true });
    await eventually('read elsewhere', 5000, () => seen.at(-1)?.unreadCount === 0);
    off();
    await client.dispose();
  });

  it('of a team go out of sight with the membership, and an API token has none', async () => {
    const token = await api.tokenOf(own.engineer, own.team);
    expect((await api.run(token.headers, '{ notifications { totalCount } }')).errors?.[0]).toMatchObject({
      message: 'An API token cannot do this; sign in with a browser.',
    });
    await api.db.member.deleteMany({ where: { userId: own.engineer.id } });
    api.server.platform.sessions.forgetAll();
    expect(await told(engineer)).toEqual([]);
  });
});
