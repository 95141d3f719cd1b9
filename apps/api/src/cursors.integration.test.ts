import { createDatasetVersion, type PrismaClient } from '@plumbline/prisma';
import { anySha256, createImage, createRun, scenarios, type EvaluatedRun } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from './testing/api.ts';

let api: TestApi;
let own: Filled;
let foreign: Filled;
let cookie: string;

beforeAll(async () => {
  api = await startApi();
  own = await filled(api.db, 'm');
  // Newer, and first by name: whatever is one's own comes behind it.
  foreign = await filled(api.db, '!');
  cookie = (await api.signedIn(own.owner)).cookie;
});
afterAll(() => api.stop());

type Filled = Awaited<ReturnType<typeof filled>>;

/** A team with two of everything that is listed; a page that skips its cursor shows the other. @param name of what is listed by name */
async function filled(db: PrismaClient, name: string) {
  const scenario = await scenarios.evaluatedRun(db);
  const { project, team, variant, version, dataset, checkpoint } = scenario;
  const first = name === '!';
  const within = {
    experiment: await db.experiment.create({ data: { projectId: project.id, name, clientKey: 'first', seeds: [1] } }),
    comparison: await db.comparison.create({ data: { projectId: project.id, name } }),
    webhook: await db.webhook.create({ data: { teamId: team.id, url: 'https://example.org', events: ['runFailed'], secret: 'x' } }),
  };
  const datasetVersionId = version.id;
  const later = await db.evaluation.create({ data: { checkpointId: checkpoint.id, datasetVersionId, protocol: { split: 'train' } } });
  // Runs of an experiment are listed from the oldest on.
  const createdAt = new Date(first ? 0 : Date.now());
  const part = await createRun(db, variant, version, { experimentId: within.experiment.id, createdAt });
  await createRun(db, variant, version, { experimentId: within.experiment.id, seed: 2, createdAt });
  let latest = version;
  for (let number = 1; number < (first ? 4 : 2); number++) {
    await createImage(db, dataset);
    latest = await createDatasetVersion(db, dataset.id);
  }
  const listed = await each(db, scenario, within, name);
  await each(db, scenario, within, `${name} too`);
  return { ...scenario, ...within, later, part, latest, ...listed };
}

type Within = Readonly<Record<'comparison' | 'webhook', { readonly id: string }>>;

async function each(db: PrismaClient, { project, team, owner, variant, evaluation }: EvaluatedRun, within: Within, name: string) {
  const [projectId, teamId, userId] = [project.id, team.id, owner.id];
  const expiresAt = new Date(Date.now() + 3600_000);
  const payload = { id: '', name, team: name, role: 'viewer' };
  return {
    named: await db.variant.create({ data: { projectId, recipeId: variant.recipeId, name } }),
    other: await db.experiment.create({ data: { projectId, name, clientKey: name, seeds: [1] } }),
    shown: await db.comparison.create({ data: { projectId, name } }),
    shareLink: await db.shareLink.create({ data: { comparisonId: within.comparison.id, secretHash: anySha256(), expiresAt } }),
    hook: await db.webhook.create({ data: { teamId, url: 'https://example.org', events: ['runFailed'], secret: 'x' } }),
    delivery: await db.webhookDelivery.create({ data: { webhookId: within.webhook.id, event: 'test', body: '{}' } }),
    invitation: await db.invitation.create({ data: { teamId, role: 'viewer', secretHash: anySha256(), expiresAt } }),
    token: await db.apiToken.create({ data: { teamId, userId, name, secretHash: anySha256() } }),
    notification: await db.notification.create({ data: { teamId, userId, kind: 'invitation.accepted', payload, link: '/' } }),
    event: await db.auditEvent.create({ data: { teamId, actorName: name, action: 'training.start' } }),
    comment: await db.comment.create({ data: { projectId, evaluationId: evaluation.id, body: name } }),
    view: await db.runView.create({ data: { projectId, userId, name, query: '' } }),
  };
}

/** An id of no row, made at the same time as this one. */
const neighbour = (given: string) => given.slice(0, -1) + (given.endsWith('0') ? '1' : '0');
const id = (prefix: string, row: { id: string }) => `${prefix}_${row.id}`;
const node = (type: string, prefix: string, row: (of: Filled) => { id: string }) => ({
  open: () => `node(id: "${id(prefix, row(own))}") { ... on ${type} {`,
  close: '} }',
});
const project = node('Project', 'prj', (of) => of.project);
const dataset = node('Dataset', 'dst', (of) => of.dataset);
const evaluation = node('Evaluation', 'evl', (of) => of.evaluation);
const webhook = { open: () => `webhook(id: "${id('whk', own.webhook)}") {`, close: '}' };
const team = { open: () => 'me { teams { team {', close: '} } }' };
const me = { open: () => 'me {', close: '}' };
const root = { open: () => '', close: '' };

/** A list, where it stands, and a row of it of somebody else. */
const lists: readonly [string, { open(): string; close: string }, string, (of: Filled) => { id: string }, string?][] = [
  ['images', dataset, 'img', ({ images }) => images[0]!],
  ['versionPage', dataset, 'dsv', ({ latest }) => latest],
  ['reconstructions', evaluation, 'rec', ({ reconstructions }) => reconstructions.at(-1)!],
  ['reconstructions', evaluation, 'rec', ({ reconstructions }) => reconstructions[0]!, ', sort: scoreAscending'],
  ['reconstructions', evaluation, 'rec', ({ reconstructions }) => reconstructions[0]!, ', sort: name'],
  ['evaluations', project, 'evl', ({ later }) => later],
  ['evaluations', project, 'evl', ({ evaluation }) => evaluation, ', sort: imageRocAuc'],
  ['trainingRuns', project, 'run', ({ run }) => run],
  ['trainingRuns', project, 'run', ({ run }) => run, ', sort: seed'],
  ['trainingRuns', team, 'run', ({ run }) => run],
  ['trainingRuns', node('Experiment', 'exp', (of) => of.experiment), 'run', ({ part }) => part],
  ['experiments', project, 'exp', ({ other }) => other],
  ['variantPage', project, 'var', ({ named }) => named],
  ['runViews', project, 'rvw', ({ view }) => view],
  ['comparisons', project, 'cmp', ({ shown }) => shown],
  ['shareLinks', node('Comparison', 'cmp', (of) => of.comparison), 'shr', ({ shareLink }) => shareLink],
  ['comments', project, 'cmt', ({ comment }) => comment],
  ['webhooks', team, 'whk', ({ hook }) => hook],
  ['deliveries', webhook, 'dlv', ({ delivery }) => delivery],
  ['invitations', team, 'inv', ({ invitation }) => invitation],
  ['auditEvents', team, 'aud', ({ event }) => event],
  ['members', team, 'usr', ({ owner }) => owner],
  ['apiTokens', me, 'tok', ({ token }) => token],
  ['notifications', root, 'ntf', ({ notification }) => notification],
];

describe('a place behind a row that is somebody else’s', () => {
  it.each(lists)('is in %s what a place behind no row is', async (list, { open, close }, prefix, row, more = '') => {
    const ask = async (after: string | null) => {
      const query = `query ($after: String) { ${open()} list: ${list}(first: 50, after: $after${more}) { pageInfo { hasNextPage } edges { node { __typename } } } ${close} }`;
      const { data, errors } = await api.run(cookie, query, { after });
      return { data: JSON.stringify(data), errors };
    };
    const whole = await ask(null);
    expect(whole.errors).toBeUndefined();
    expect(whole.data).toContain('"edges":[{');
    const after = id(prefix, row(foreign));
    const there = await ask(after);
    expect(there.errors).toBeUndefined();
    expect(there).toEqual(await ask(neighbour(after)));
  });
});

it('a view that another member keeps to themselves is no place in the list of views', async () => {
  const { id: viewId } = await api.db.runView.create({ data: { projectId: own.project.id, userId: own.viewer.id, name: 'a', query: '' } });
  const query = 'query ($id: ID!, $after: String) { project(id: $id) { runViews(after: $after) { edges { node { name } } } } }';
  const after = async (view: string) => (await api.run(cookie, query, { id: id('prj', own.project), after: `rvw_${view}` })).data.project;
  expect(await after(viewId)).toEqual(await after(neighbour(viewId)));
});
