import { anySha256, scenarios, type TeamWithProject } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, startApi, type TestApi } from '../../testing/api.ts';
import { socketClient } from '../../testing/socketClient.ts';
import { statementsOf } from '../../testing/statements.ts';

let api: TestApi;
let own: TeamWithProject;
let foreign: TeamWithProject;
beforeAll(async () => {
  api = await startApi();
  own = await scenarios.teamWithProject(api.db);
  foreign = await scenarios.teamWithProject(api.db);
});
afterAll(() => api.stop());

const create = `mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) { __typename
  ... on CreateApiTokenSuccess { secret apiToken { id name scopes expiresAt team { name } } }
  ... on InvalidInput { issues { path message } } ... on NotAllowed { message } ... on NotFound { message } } }`;
const revoke = 'mutation ($id: ID!) { revokeApiToken(id: $id) { __typename ... on NotAllowed { message } } }';
const rename = (id: string) =>
  `mutation { renameDataset(input: { id: "${id}", name: "Renamed" }) { __typename ... on NotAllowed { message } } }`;
const bearing = (secret: string) => ({ authorization: `Bearer ${secret}` });

/** A token of the person, made by way of the API. */
async function tokenOf(user: { id: string }, input: object = {}) {
  const { cookie } = await api.signedIn(user);
  const answer = await api.run(cookie, create, { input: { teamId: `team_${own.team.id}`, name: 'Line 4', scopes: ['write'], ...input } });
  expect(answer.data?.createApiToken.__typename, JSON.stringify(answer)).toBe('CreateApiTokenSuccess');
  const { secret, apiToken } = answer.data.createApiToken as { secret: string; apiToken: { id: string } };
  return { cookie, secret, id: apiToken.id, rowId: apiToken.id.replace('tok_', '') };
}

function watch(secret: string, how: 'header' | 'parameter') {
  const watching = { events: 0, errors: [] as unknown[], closed: null as number | null };
  const client = socketClient(api, how === 'header' ? bearing(secret) : {}, {
    ...(how === 'parameter' ? { connectionParams: { Authorization: `Bearer ${secret}` } } : {}),
    on: { closed: (event) => void (watching.closed = (event as { code: number }).code) },
  });
  return { watching, client };
}

describe('an API token', () => {
  it('is shown once, kept as a hash alone, and never logged', async () => {
    const { secret, rowId } = await tokenOf(own.engineer);
    expect(secret).toMatch(/^plb_[\w-]{43}$/);
    expect((await api.run(bearing(secret), '{ me { name } }')).data.me.name).toBe(own.engineer.name);
    const row = await api.db.apiToken.findUniqueOrThrow({ where: { id: rowId } });
    expect(JSON.stringify(row)).not.toContain(secret.slice(4));
    expect(row.lastUsedAt).not.toBeNull();
    expect(api.logged.join('')).not.toContain(secret.slice(4));
  });

  it('has the rights of its person in its team alone, within its scopes', async () => {
    const dataset = await api.db.dataset.create({ data: { projectId: own.project.id, name: 'Bricks' } });
    await api.db.member.create({ data: { teamId: foreign.team.id, userId: own.engineer.id, role: 'owner' } });
    const writing = await tokenOf(own.engineer);
    const reading = await tokenOf(own.engineer, { scopes: ['read'] });
    const ofViewer = await tokenOf(own.viewer);
    const me = await api.run(
      bearing(writing.secret),
      '{ me { teams { role team { id } } sessions { id } apiTokens { edges { node { id } } } } }',
    );
    expect(me.data.me).toEqual({
      teams: [{ role: 'engineer', team: { id: `team_${own.team.id}` } }],
      sessions: [],
      apiTokens: { edges: [] },
    });
    const project = (id: string) => `{ project(id: "prj_${id}") { name } node(id: "prj_${id}") { id } }`;
    expect((await api.run(bearing(reading.secret), project(own.project.id))).data.project.name).toBe(own.project.name);
    expect((await api.run(bearing(writing.secret), project(foreign.project.id))).data).toEqual({ project: null, node: null });
    expect((await api.run(bearing(writing.secret), `{ node(id: "team_${foreign.team.id}") { id } }`)).data.node).toBeNull();

    const id = `dst_${dataset.id}`;
    expect((await api.run(bearing(reading.secret), rename(id))).data.renameDataset).toEqual({
      __typename: 'NotAllowed',
      message: 'This API token has no scope to write; make one that has.',
    });
    expect((await api.run(bearing(ofViewer.secret), rename(id))).data.renameDataset.message).toContain('your role in this team is viewer');
    expect((await api.run(bearing(writing.secret), rename(id))).data.renameDataset.__typename).toBe('RenameDatasetSuccess');
  });

  it('cannot make, revoke or list tokens, nor end sign-ins', async () => {
    const { secret, id } = await tokenOf(own.owner);
    const { sessionId } = await api.signedIn(own.owner);
    const input = { teamId: `team_${own.team.id}`, name: 'Another', scopes: ['read'] };
    for (const [query, variables] of [
      [create, { input }],
      [revoke, { id }],
      ['mutation ($id: ID!) { revokeSession(id: $id) { __typename ... on NotAllowed { message } } }', { id: `ses_${sessionId}` }],
    ] as const) {
      const [result] = Object.values((await api.run(bearing(secret), query, variables)).data as object) as { message: string }[];
      expect(result).toEqual({ __typename: 'NotAllowed', message: 'An API token cannot do this; sign in with a browser.' });
    }
  });

  it('opens files and uploads as a cookie does, and answers name both in Vary', async () => {
    const { secret } = await tokenOf(own.engineer);
    const reading = await tokenOf(own.engineer, { scopes: ['read'] });
    const { images } = await scenarios.datasetWithImages(api.db, own.project, { train: 1, good: 0, scratched: 0 });
    const bytes = Buffer.from('any bytes');
    const stored = await api.server.platform.storage.put(bytes);
    await api.db.image.update({ where: { id: images[0]?.id ?? '' }, data: { sha256: stored.sha256 } });
    const file = await fetch(`${api.url}/files/images/img_${images[0]?.id}/original`, { headers: bearing(secret) });
    expect([file.status, file.headers.get('vary'), await file.text()]).toEqual([200, 'Cookie, Authorization', 'any bytes']);
    expect((await fetch(`${api.url}/files/images/img_${images[0]?.id}/original`, { headers: bearing(anySha256()) })).status).toBe(401);
    const begin = (headers: object) =>
      fetch(`${api.url}/uploads`, { method: 'POST', headers: { 'tus-resumable': '1.0.0', 'upload-length': '9', ...headers } });
    expect((await begin(bearing(secret))).status).toBe(201);
    expect((await begin(bearing(reading.secret))).status).toBe(403);
    expect((await begin({})).status).toBe(401);
  });

  it('opens subscriptions by header or connection parameter, which end within 5 s when it is revoked or its membership ends', async () => {
    const run = await scenarios.queuedRun(api.db);
    const mine = async (user: { id: string }) => tokenOf(user, { teamId: `team_${run.team.id}`, scopes: ['read'] });
    const [revoked, removed] = [await mine(run.viewer), await mine(run.admin)];
    const first = watch(revoked.secret, 'parameter');
    const second = watch(removed.secret, 'header');
    for (const { watching, client } of [first, second])
      client.subscribe(
        { query: `subscription { trainingRunChanged(id: "run_${run.run.id}") { run { id } } }` },
        {
          next: ({ data }) => void (watching.events += data ? 1 : 0),
          error: (error) => void watching.errors.push(error),
          complete: () => undefined,
        },
      );
    await eventually('both live', 10_000, () => first.watching.events === 1 && second.watching.events === 1);
    expect((await api.run(revoked.cookie, revoke, { id: revoked.id })).data.revokeApiToken.__typename).toBe('RevokeApiTokenSuccess');
    expect((await api.run(bearing(revoked.secret), '{ me { id } }')).data.me).toBeNull();
    await api.db.member.deleteMany({ where: { userId: run.admin.id } });
    // Its only subscription over, the client closes a socket that the server has not closed before.
    await eventually('both have ended', 5000, () => first.watching.closed !== null && second.watching.closed !== null);
    expect((await api.run(bearing(removed.secret), '{ me { id } }')).data.me).toBeNull();
  });

  it('that expired, is unknown or malformed is nobody, even beside a good cookie', async () => {
    const { secret, rowId, cookie } = await tokenOf(own.engineer, { expiresAt: new Date(Date.now() + 3600_000) });
    expect((await api.run(bearing(secret), '{ me { id } }')).data.me).not.toBeNull();
    await api.db.apiToken.update({ where: { id: rowId }, data: { expiresAt: new Date(Date.now() - 1000) } });
    await eventually('the expired token stops', 5000, async () => (await api.run(bearing(secret), '{ me { id } }')).data.me === null);
    for (const wrong of [secret, `plb_${'A'.repeat(43)}`, 'plb_', 'x'])
      expect((await api.run({ cookie, ...bearing(wrong) }, '{ me { id } }')).data.me, wrong).toBeNull();
    expect((await api.run({ cookie, authorization: 'Basic eDp5' }, '{ me { id } }')).data.me).not.toBeNull();
  });

  it("is made with a name, a scope and a coming expiry, for a team of one's own", async () => {
    const { cookie } = await api.signedIn(own.engineer);
    const past = await api.run(cookie, create, { input: { teamId: `team_${own.team.id}`, name: ' ', scopes: [] } });
    expect(past.data.createApiToken.issues.map((issue: { path: string }) => issue.path)).toEqual(['name', 'scopes']);
    const expired = { teamId: `team_${own.team.id}`, name: 'x', scopes: ['read'], expiresAt: '2020-01-01T00:00:00Z' };
    expect((await api.run(cookie, create, { input: expired })).data.createApiToken.issues).toMatchObject([{ path: 'expiresAt' }]);
    const stranger = await api.signedIn(foreign.viewer);
    const answers = [own.team.id, '00000000-0000-7000-8000-000000000000'].map((id) =>
      api.run(stranger.cookie, create, { input: { teamId: `team_${id}`, name: 'x', scopes: ['read'] } }),
    );
    const [foreignTeam, unknownTeam] = await Promise.all(answers);
    expect(foreignTeam?.data).toEqual(unknownTeam?.data);
    expect(foreignTeam?.data.createApiToken.__typename).toBe('NotFound');
  });

  it('is listed page by page to its own person alone, in at most five statements', async () => {
    for (let i = 0; i < 3; i++) await tokenOf(own.viewer, { name: `Token ${i}` });
    const { cookie } = await api.signedIn(own.viewer);
    const list =
      'query ($after: String) { me { apiTokens(first: 2, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node { name team { name } } } } } }';
    let page = await api.run(cookie, list);
    expect(page.data.me.apiTokens).toMatchObject({
      pageInfo: { hasNextPage: true },
      edges: [{ node: { name: 'Token 2' } }, { node: { name: 'Token 1' } }],
    });
    const sent = await statementsOf(async () => {
      page = await api.run(cookie, list, { after: page.data.me.apiTokens.pageInfo.endCursor });
    });
    expect(page.data.me.apiTokens.edges[0].node).toEqual({ name: 'Token 0', team: { name: own.team.name } });
    expect(sent.length).toBeLessThanOrEqual(5);
    const { cookie: other } = await api.signedIn(own.owner);
    const asked = await api.run(other, `{ node(id: "usr_${own.viewer.id}") { ... on User { apiTokens { totalCount } } } }`);
    expect(asked.data.node.apiTokens.totalCount).toBe(0);
  });
});
