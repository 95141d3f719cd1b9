import { notifyChange } from '@plumbline/jobs';
import { createMember, scenarios } from '@plumbline/prisma/testing';
import { decode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { socketClient } from '../../testing/socketClient.ts';
import { cookieFor, eventually, internalSecret, sessionSecret, startApi, type TestApi } from '../../testing/api.ts';
import { hashPassword } from './password.ts';

type World = Awaited<ReturnType<typeof scenarios.teamWithProject>>;
const minute = 60_000;
const day = 24 * 60 * minute;

let api: TestApi;
let own: World;
beforeAll(async () => {
  api = await startApi();
  own = await scenarios.teamWithProject(api.db);
});
afterAll(() => api.stop());

const ago = (ms: number) => new Date(Date.now() - ms);

/** Asks who is signed in by a cookie, as a browser would. `next`: the cookie that the answer sets. */
async function ask(cookie: string): Promise<{ name: string | null; next: string | null; setCookie: string | null }> {
  const answer = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, 'x-forwarded-for': '10.9.8.7' },
    body: JSON.stringify({ query: '{ me { name } }' }),
  });
  const { data } = (await answer.json()) as { data: { me: { name: string } | null } };
  const setCookie = answer.headers.get('set-cookie');
  return { name: data.me?.name ?? null, next: setCookie?.split(';')[0] ?? null, setCookie };
}

/** Changes the session's row, as time would have. */
async function later(sessionId: string, data: { rotatedAt?: Date; createdAt?: Date; lastSeenAt?: Date; expiresAt?: Date }): Promise<void> {
  await api.db.session.update({ where: { id: sessionId }, data });
  api.server.platform.sessions.forget(sessionId);
}

/** A page with a live subscription, such as every page of a project has. */
async function openPage(cookie: string): Promise<{ closed: () => boolean; close: () => Promise<void> }> {
  const client = socketClient(api, { cookie });
  let closed = false;
  client.on('closed', () => (closed = true));
  const heard = new Promise<void>((resolve, reject) =>
    client.subscribe(
      { query: `subscription { projectChanged(projectId: "prj_${own.project.id}") { id } }` },
      { next: ({ errors }) => (errors ? reject(new Error(JSON.stringify(errors))) : resolve()), error: reject, complete: () => undefined },
    ),
  );
  heard.catch(() => undefined);
  const nudge = setInterval(() => void notifyChange(api.db, { kind: 'project', projectId: own.project.id }), 100);
  await heard.finally(() => clearInterval(nudge));
  return { closed: () => closed, close: async () => client.dispose() };
}

const sessionOf = (id: string) => api.db.session.findUniqueOrThrow({ where: { id } });
const newSession = async () => api.signedIn(await createMember(api.db, own.team, 'viewer'));

describe('how long a sign-in lives', () => {
  it('ends seven days after its last use, and thirty after its beginning however much it is used', async () => {
    const { cookie, sessionId } = await newSession();
    await later(sessionId, { createdAt: ago(2 * day), lastSeenAt: ago(2 * minute) });
    expect((await ask(cookie)).name).not.toBeNull();
    const used = await sessionOf(sessionId);
    expect(used.lastSeenAt.getTime()).toBeGreaterThan(Date.now() - minute);
    expect(Math.abs(used.expiresAt.getTime() - (Date.now() + 7 * day))).toBeLessThan(minute);

    await later(sessionId, { createdAt: ago(29 * day), lastSeenAt: ago(2 * minute) });
    expect((await ask(cookie)).name).not.toBeNull();
    expect(Math.abs((await sessionOf(sessionId)).expiresAt.getTime() - (Date.now() + day))).toBeLessThan(minute);

    await later(sessionId, { expiresAt: ago(1) });
    expect((await ask(cookie)).name).toBeNull();
  });

  it('is not kept alive by a page that was left open', async () => {
    const { cookie, sessionId } = await newSession();
    const page = await openPage(cookie);
    const lastSeenAt = ago(10 * minute);
    await later(sessionId, { lastSeenAt });
    // Longer than two beats of the socket.
    await new Promise((resolve) => setTimeout(resolve, 6000));
    expect(page.closed()).toBe(false);
    expect((await sessionOf(sessionId)).lastSeenAt).toEqual(lastSeenAt);
    await page.close();
  });
});

describe('the cookie of a session', () => {
  it('is followed by another after an hour, and counts until that one was used', async () => {
    const { cookie, sessionId } = await newSession();
    expect((await ask(cookie)).next).toBeNull();
    await later(sessionId, { rotatedAt: ago(61 * minute) });
    const [first, second] = [await ask(cookie), await ask(cookie)];
    expect(first.setCookie).toMatch(/^next-auth\.session-token=\S+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    // Answers may be lost or cross each other: both lead to the same generation, and nothing is written yet.
    for (const { next } of [first, second]) expect((await decode({ token: next!.split('=')[1]!, secret: sessionSecret }))?.['gen']).toBe(1);
    expect((await sessionOf(sessionId)).generation).toBe(0);

    const answers = await Promise.all([ask(first.next!), ask(second.next!), ask(first.next!)]);
    expect(answers.map(({ name, next }) => [name !== null, next])).toEqual(Array(3).fill([true, null]));
    expect((await sessionOf(sessionId)).generation).toBe(1);
    // What was on its way with the old one still arrives.
    expect((await ask(cookie)).name).not.toBeNull();
  });

  it('that is used again after it was followed ends the session for both who have it, and is written down', async () => {
    const { cookie, sessionId } = await newSession();
    await later(sessionId, { rotatedAt: ago(61 * minute) });
    const { next } = await ask(cookie);
    expect((await ask(next!)).name).not.toBeNull();
    await later(sessionId, { rotatedAt: ago(61_000) });
    expect((await ask(cookie)).name).toBeNull();
    expect((await ask(next!)).name).toBeNull();
    const { revokedAt, userId } = await sessionOf(sessionId);
    expect(revokedAt).not.toBeNull();
    const events = await api.db.auditEvent.findMany({ where: { actorId: userId } });
    expect(events.map(({ action, detail }) => [action, detail])).toEqual([['session.reuse', 'from 10.9.8.7']]);
    // Once, however often it is tried.
    await Promise.all([ask(cookie), ask(cookie)]);
    expect(await api.db.auditEvent.count({ where: { actorId: userId } })).toBe(1);
  });

  it('of a generation that was never given out is nobody', async () => {
    const { sessionId } = await newSession();
    const { userId } = await sessionOf(sessionId);
    expect((await ask(await cookieFor(userId, sessionId, 2))).name).toBeNull();
    expect((await sessionOf(sessionId)).revokedAt).toBeNull();
  });

  it('may change while a socket stays open', async () => {
    const { cookie, sessionId } = await newSession();
    const page = await openPage(cookie);
    await later(sessionId, { rotatedAt: ago(61 * minute) });
    const { next } = await ask(cookie);
    await ask(next!);
    await later(sessionId, { rotatedAt: ago(61_000) });
    await new Promise((resolve) => setTimeout(resolve, 5000));
    expect(page.closed()).toBe(false);
    expect((await sessionOf(sessionId)).revokedAt).toBeNull();
    await page.close();
  });
});

describe('the audit trail of sign-ins', () => {
  const signIn = (body: object) =>
    fetch(`${api.url}/internal/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-plumbline-internal': internalSecret },
      body: JSON.stringify({ userAgent: 'Test', ...body }),
    });

  it('tells admins of the person who signed in and who failed to, from where, and never the password', async () => {
    const mine = await scenarios.teamWithProject(api.db);
    await api.db.user.update({ where: { id: mine.viewer.id }, data: { passwordHash: await hashPassword('a good password') } });
    const { email, name } = mine.viewer;
    expect((await signIn({ email, password: 'a secret guess', address: '10.1.2.3' })).status).toBe(401);
    expect((await signIn({ email: 'nobody@example.org', password: 'a secret guess', address: '10.1.2.3' })).status).toBe(401);
    expect((await signIn({ email, password: 'a good password' })).status).toBe(200);
    const id = `team_${mine.team.id}`;
    const query = `query ($id: ID!) { node(id: $id) { ... on Team { auditEvents(area: signIns) { edges { node { sentence } } } } } }`;
    const admin = (await api.signedIn(mine.admin)).cookie;
    const sentences = async () =>
      ((await api.run(admin, query, { id })).data.node.auditEvents.edges as { node: { sentence: string } }[]).map(
        ({ node }) => node.sentence,
      );
    await eventually('the refusal is written down', 3000, async () => (await sentences()).length === 2);
    expect((await sentences()).sort()).toEqual([
      `${name} signed in (by password, from this machine or a proxy on it).`,
      `${name} was refused a sign-in (wrong password, from 10.1.2.3).`,
    ]);
    const viewer = (await api.signedIn(mine.viewer)).cookie;
    expect((await api.run(viewer, query, { id })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const stranger = (await api.signedIn(own.admin)).cookie;
    expect((await api.run(stranger, query, { id })).data.node).toBeNull();
    const written = JSON.stringify(await api.db.auditEvent.findMany()) + api.logged.join('');
    for (const secret of ['a secret guess', 'a good password', 'nobody@example.org']) expect(written).not.toContain(secret);
  });
});
