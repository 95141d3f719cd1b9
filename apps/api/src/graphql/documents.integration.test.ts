import { afterAll, beforeAll, expect, it } from 'vitest';
import { schema } from '../schema.ts';
import { createWorld, type World } from '../access/world.ts';
import { startApi, type TestApi } from '../testing/api.ts';
import { DocumentGenerator } from '../testing/documents.ts';

/** More of them, or others, by hand: `PLUMBLINE_DOCUMENTS=20000 PLUMBLINE_DOCUMENTS_SEED=7`. */
const count = Number(process.env['PLUMBLINE_DOCUMENTS'] ?? 2000);
const seed = Number(process.env['PLUMBLINE_DOCUMENTS_SEED'] ?? 1);
const lanes = 6;

let api: TestApi;
let world: World;

beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
});
afterAll(() => api.stop());

/** What would end the asker's own membership or sign-in, and what hashes a password each time. */
const without = new Set([
  'leaveTeam',
  'removeMember',
  'changeMemberRole',
  'revokeSession',
  'createAccount',
  'createFirstOwner',
  'changePassword',
]);
/** Of a stack trace, a statement, a module or a folder of ours. */
const insides = /\bat \S+ \(|node_modules|\/apps\/api\/|\.ts:\d+|prisma|\bselect\b.+\bfrom\b.+"|invocation/i;
const failures = new Set(['INTERNAL_SERVER_ERROR', 'UNAVAILABLE']);

it(`${count} generated documents end in an answer or a refusal: no crash, no failure of ours, nothing of the insides`, async () => {
  const generator = new DocumentGenerator({ schema, seed, ids: Object.values(world.ids), without });
  const { cookie } = await api.signedIn(world.own.owner);
  const codes = new Map<string, number>();
  const wrong: string[] = [];
  let left = count;
  const lane = async (): Promise<void> => {
    while (left-- > 0) {
      const query = generator.next();
      const answer = await fetch(`${api.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie },
        body: JSON.stringify({ query }),
      });
      const said = await answer.text();
      const body = JSON.parse(said) as { errors?: { message: string; extensions?: { code?: string } }[] };
      const code = body.errors?.[0]?.extensions?.code ?? (body.errors ? 'none' : 'answered');
      codes.set(code, (codes.get(code) ?? 0) + 1);
      // What people named comes back as it is; only our own words are looked at.
      const ours = JSON.stringify(body.errors ?? []);
      const failed = body.errors?.some(({ extensions }) => failures.has(extensions?.code ?? '')) ?? false;
      if (failed || answer.status >= 500 || insides.test(ours))
        wrong.push(`${query.slice(0, 1500)}\n→ ${answer.status} ${ours.slice(0, 600)}`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const logged = api.logged.filter((line) => line.includes('operation failed') || line.includes('request failed'));
  expect([wrong.slice(0, 5), logged.slice(0, 5)], `${wrong.length} wrong`).toEqual([[], []]);
  expect((await fetch(`${api.url}/health`)).status).toBe(200);
  // A generator that the limits turn away at the door would test nothing behind it.
  expect(codes.get('answered') ?? 0, JSON.stringify([...codes])).toBeGreaterThan(count / 4);
  expect(codes.size).toBeGreaterThanOrEqual(4);
}, 600_000);
