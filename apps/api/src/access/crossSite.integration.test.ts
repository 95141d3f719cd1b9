import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../testing/api.ts';
import { askRoute } from './ask.ts';
import { routes } from './table.ts';
import { createWorld, type World } from './world.ts';

let api: TestApi;
let world: World;
let cookie: string;

beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
  cookie = (await api.signedIn(world.own.owner)).cookie;
});
afterAll(() => api.stop());

/** What a browser says of a page that is none of ours; the cookie comes along as if no SameSite held it back. */
const elsewhere = ['https://elsewhere.example', 'null', 'http://127.0.0.1:3000.elsewhere.example', 'http://127.0.0.1:3999', 'about:blank'];

const changing = Object.entries(routes).filter(([row]) => !/^(GET|HEAD) /.test(row));

const teamsNamed = (name: string) => api.db.team.count({ where: { name } });
const creation = (name: string) => `mutation { createTeam(input: { name: "${name}" }) { __typename } }`;

describe('a page of another site, opened by somebody who is signed in', () => {
  it.each(changing)('changes nothing by %s', async (row, [, address]) => {
    const owner = world.askers.find(({ column }) => column === 'owner');
    if (!owner) throw new Error('The world has no owner.');
    const path = await address(world, owner);
    for (const origin of elsewhere) {
      const forwarded: Record<string, string> = URL.canParse(origin) ? { 'x-forwarded-host': new URL(origin).host } : {};
      for (const headers of [{}, forwarded]) {
        const { letter, said } = await askRoute(world, { cookie, origin, ...headers }, row, path);
        expect([letter, said], origin).toEqual(['N', expect.stringContaining('This request comes from another site.')]);
      }
    }
  });

  it.each([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, new URLSearchParams({ query: creation('by form') }).toString()],
    [
      'a form with files',
      { 'content-type': 'multipart/form-data; boundary=x' },
      `--x\r\ncontent-disposition: form-data; name="query"\r\n\r\n${creation('by form')}\r\n--x--`,
    ],
    ['plain text that is JSON', { 'content-type': 'text/plain' }, JSON.stringify({ query: creation('by form') })],
    ['no type at all', {}, JSON.stringify({ query: creation('by form') })],
  ])('changes nothing by %s, which a browser sends without asking first, even where it names no origin', async (_what, headers, body) => {
    const answer = await fetch(`${api.url}/graphql`, { method: 'POST', headers: { cookie, ...headers }, body: Buffer.from(body) });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(await teamsNamed('by form')).toBe(0);
  });

  it('changes nothing by a link or a picture, and reads nothing by them', async () => {
    for (const query of [creation('by link'), '{ me { email } }'])
      for (const headers of [{}, { 'content-type': 'application/json' }, { 'apollo-require-preflight': 'true' }] as Record<
        string,
        string
      >[]) {
        const answer = await fetch(`${api.url}/graphql?${new URLSearchParams({ query })}`, { headers: { cookie, ...headers } });
        const said = await answer.text();
        if (query.startsWith('mutation') || Object.keys(headers).length === 0) expect(answer.status, said).toBeGreaterThanOrEqual(400);
        expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      }
    expect(await teamsNamed('by link')).toBe(0);
  });

  it('is told by no answer that its script may read along', async () => {
    for (const path of ['/graphql', '/uploads', `/files/images/${world.ids.Image}/original`]) {
      const asked = await fetch(`${api.url}${path}`, {
        method: 'OPTIONS',
        headers: {
          cookie,
          origin: 'https://elsewhere.example',
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      });
      expect(asked.headers.get('access-control-allow-origin'), path).toBeNull();
      expect(asked.headers.get('access-control-allow-credentials'), path).toBeNull();
    }
  });

  it('opens no WebSocket', async () => {
    for (const origin of elsewhere) {
      const status = await new Promise<number>((answered) => {
        const socket = new WebSocket(`${api.url.replace('http', 'ws')}/graphql`, ['graphql-transport-ws'], { headers: { cookie, origin } });
        socket.on('unexpected-response', (_request, response) => answered(response.statusCode ?? 0));
        socket.on('open', () => answered(101));
        socket.on('error', () => undefined);
      });
      expect(status, origin).toBe(403);
    }
  });

  it('stands beside our own page, which may do all this', async () => {
    const headers = { 'content-type': 'application/json', cookie, origin: 'http://127.0.0.1:3000' };
    const answer = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query: creation('by ourselves') }),
    });
    expect(answer.status).toBe(200);
    expect(await teamsNamed('by ourselves')).toBe(1);
  });
});
