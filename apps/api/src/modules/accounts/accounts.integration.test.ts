import { createHash, randomBytes } from 'node:crypto';
import { scenarios } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cookieFor, eventually, internalSecret, startApi, type TestApi } from '../../testing/api.ts';
import { hashPassword } from './password.ts';

// The real functions, whose calls are counted.
vi.mock('./password.ts', { spy: true });

const password = 'correct horse battery';
const createFirstOwner = `mutation ($input: CreateFirstOwnerInput!) { createFirstOwner(input: $input) {
  __typename ... on CreateFirstOwnerSuccess { user { id email teams { role team { name projects { name } } } } }
  ... on InvalidInput { issues { path message } } ... on NotAllowed { message } } }`;

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

function signIn(body: object, secret: string | null = internalSecret): Promise<Response> {
  return fetch(`${api.url}/internal/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(secret ? { 'x-plumbline-internal': secret } : {}) },
    body: JSON.stringify(body),
  });
}

describe('the first owner', () => {
  const token = randomBytes(32).toString('base64url');
  const input = { token, name: 'Ada', email: 'Ada@Example.org', password, teamName: 'Line 4' };

  it('makes the account by the one-time link once, as owner of the team that first start made', async () => {
    const team = await api.db.team.create({ data: { name: 'My team', projects: { create: { name: 'Sample', sample: true } } } });
    await api.db.firstOwnerLink.create({ data: { tokenHash: createHash('sha256').update(token).digest('hex') } });
    expect((await api.run(null, '{ setup { needsOwner } me { id } }')).data).toEqual({ setup: { needsOwner: true }, me: null });

    const welcomes = 'query ($token: String!) { setup { welcomes(token: $token) } }';
    expect((await api.run(null, welcomes, { token: 'guessed' })).data.setup.welcomes).toBe(false);
    expect((await api.run(null, welcomes, { token })).data.setup.welcomes).toBe(true);

    const wrong = await api.run(null, createFirstOwner, { input: { ...input, token: 'guessed' } });
    expect(wrong.data.createFirstOwner).toMatchObject({ __typename: 'NotAllowed', message: expect.stringContaining('terminal printed') });
    expect(hashPassword, 'nobody without the link makes the server hash').not.toHaveBeenCalled();
    const short = await api.run(null, createFirstOwner, { input: { ...input, password: 'short', email: 'nobody' } });
    expect(short.data.createFirstOwner.issues.map((issue: { path: string }) => issue.path).sort()).toEqual(['email', 'password']);

    const answers = await Promise.all([1, 2, 3].map(() => api.run(null, createFirstOwner, { input })));
    const kinds = answers.map((answer) => answer.data.createFirstOwner.__typename).sort();
    expect(kinds).toEqual(['CreateFirstOwnerSuccess', 'NotAllowed', 'NotAllowed']);
    expect(hashPassword).toHaveBeenCalled();
    const owner = await api.db.user.findFirstOrThrow({ include: { members: true } });
    expect(owner).toMatchObject({ email: 'ada@example.org', members: [{ teamId: team.id, role: 'owner' }] });
    expect(owner.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect((await api.run(null, '{ setup { needsOwner } }')).data).toEqual({ setup: { needsOwner: false } });
    expect((await api.run(null, welcomes, { token })).data.setup.welcomes).toBe(false);
  });

  it('signs in with its password, sees its team, and ends a session, which stops working within 5 s', async () => {
    const answer = await signIn({ email: ' ada@example.ORG', password, userAgent: 'Browser 1' });
    expect(answer.status).toBe(200);
    const { user, sessionId } = (await answer.json()) as { user: { id: string; name: string }; sessionId: string };
    const cookie = await cookieFor(user.id, sessionId);
    const other = await api.signedIn(user);
    const me = await api.run(
      cookie,
      '{ me { name teams { role team { name projects { name viewerRole } } } sessions { id userAgent current } } }',
    );
    expect(me.data.me.teams).toEqual([{ role: 'owner', team: { name: 'Line 4', projects: [{ name: 'Sample', viewerRole: 'owner' }] } }]);
    expect(me.data.me.sessions).toHaveLength(2);
    expect(me.data.me.sessions.filter((session: { current: boolean }) => session.current)).toMatchObject([{ userAgent: 'Browser 1' }]);

    const revoke = 'mutation ($id: ID!) { revokeSession(id: $id) { __typename } }';
    const revoked = await api.run(other.cookie, revoke, { id: `ses_${sessionId}` });
    expect(revoked.data.revokeSession.__typename).toBe('RevokeSessionSuccess');
    await eventually('the revoked session stops', 5000, async () => (await api.run(cookie, '{ me { id } }')).data.me === null);
    expect((await api.run(other.cookie, revoke, { id: `ses_${sessionId}` })).data.revokeSession.__typename).toBe('NotFound');
  });
});

describe('sign-in', () => {
  it('exists only for who knows the internal secret', async () => {
    expect((await signIn({ email: 'ada@example.org', password }, null)).status).toBe(404);
    expect((await signIn({ email: 'ada@example.org', password }, 'guessed')).status).toBe(404);
  });

  it('answers an unknown person and a wrong password alike, in words and in time', async () => {
    const time = async (email: string) => {
      const started = performance.now();
      const answer = await signIn({ email, password: 'wrong password', userAgent: '' });
      const body = (await answer.json()) as { message: string };
      return { status: answer.status, message: body.message, ms: performance.now() - started };
    };
    const wrong = await time('ada@example.org');
    const unknown = [await time('nobody@example.org'), await time('nobody2@example.org')];
    for (const answer of unknown) expect(answer).toMatchObject({ status: 401, message: wrong.message });
    // Without the decoy an unknown person would be answered in under a millisecond; argon2 takes tens.
    expect(Math.max(...unknown.map((answer) => answer.ms))).toBeGreaterThan(wrong.ms / 4);
  });

  it('is slowed after a few failures, for that account', async () => {
    const { engineer } = await scenarios.teamWithProject(api.db);
    const statuses: number[] = [];
    for (let i = 0; i < 7; i++) statuses.push((await signIn({ email: engineer.email, password: 'wrong password', userAgent: '' })).status);
    expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
    expect(statuses.slice(5)).toEqual([429, 429]);
    expect((await signIn({ email: 'ada@example.org', password, userAgent: '' })).status).toBe(200);
  });

  it('leaves no password, token or cookie in the log', () => {
    const log = api.logged.join('');
    expect(log).toContain('/internal/sign-in');
    for (const secret of [password, 'wrong password', internalSecret, 'next-auth.session-token']) expect(log).not.toContain(secret);
  });
});

describe('a session', () => {
  it('that expired, is of somebody else, or is signed with another secret is nobody', async () => {
    const { engineer, viewer } = await scenarios.teamWithProject(api.db);
    const { sessionId } = await api.signedIn(engineer);
    const expired = await api.db.session.create({ data: { userId: engineer.id, expiresAt: new Date(Date.now() - 1000) } });
    for (const cookie of [
      await cookieFor(engineer.id, expired.id),
      await cookieFor(viewer.id, sessionId),
      'next-auth.session-token=eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..x.y.z',
      `${(await cookieFor(engineer.id, sessionId)).slice(0, -3)}AAA`,
    ])
      expect((await api.run(cookie, '{ me { id } }')).data.me).toBeNull();
    expect((await api.run(await cookieFor(engineer.id, sessionId), '{ me { id } }')).data.me.id).toBe(`usr_${engineer.id}`);
  });
});
