import { getIntrospectionQuery, isInterfaceType, isObjectType, isInputObjectType, isEnumType } from 'graphql';
import { scenarios } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schema } from './schema.ts';
import { startApi, type TestApi } from './testing/api.ts';

let api: TestApi;
let cookie: string;
beforeAll(async () => {
  api = await startApi();
  cookie = (await api.signedIn((await scenarios.teamWithProject(api.db)).viewer)).cookie;
});
afterAll(() => api.stop());

it('every type, field, argument and value of the schema is described', () => {
  const silent: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || ['ID', 'Int', 'Float', 'String', 'Boolean'].includes(type.name)) continue;
    if (!type.description) silent.push(type.name);
    if (isEnumType(type)) for (const value of type.getValues()) if (!value.description) silent.push(`${type.name}.${value.name}`);
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (!field.description) silent.push(`${type.name}.${field.name}`);
      if ('args' in field) for (const arg of field.args) if (!arg.description) silent.push(`${type.name}.${field.name}(${arg.name})`);
    }
  }
  expect(silent).toEqual([]);
});

it('nobody who is not signed in reads the schema', async () => {
  for (const query of [getIntrospectionQuery(), '{ ...F } fragment F on Query { __type(name: "User") { name } }'])
    expect((await api.run(null, query)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  expect((await api.run(cookie, getIntrospectionQuery())).data.__schema.queryType.name).toBe('Query');
});

describe('an operation that is too much', () => {
  const nested = (depth: number): string => (depth === 0 ? 'id' : `team { projects { ${nested(depth - 1)} } }`);
  it.each([
    ['deep', `{ node(id: "x") { ... on Project { ${nested(10)} } } }`],
    ['wide by aliases', `{ ${Array.from({ length: 40 }, (_, i) => `a${i}: me { id }`).join(' ')} }`],
    ['long', `{ ${'me { id } '.repeat(1000)} }`],
    [
      'heavy',
      '{ node(id: "x") { ... on Project { datasets { images(first: 500) { edges { node { id name } } } imports(first: 100) { verdicts(first: 500) { edges { node { path } } } } } trainingRuns(first: 500) { edges { node { curve { value } evaluations { reconstructions(first: 500) { edges { node { id } } } } } } } } } }',
    ],
    ['full of directives', `{ me { id ${'@include(if: true) '.repeat(40)} } }`],
  ])('%s is refused with a sentence and without a trace', async (_what, query) => {
    const answer = await api.run(cookie, query);
    expect(answer.errors?.length).toBeGreaterThan(0);
    for (const found of Object.values(answer.data ?? {})) expect(found).toBeNull();
    expect(JSON.stringify(answer.errors)).not.toMatch(/node_modules|\.ts:|at .*\(/);
  });

  it('no mistake is answered with a hint at what else there is', async () => {
    const answer = await api.run(cookie, '{ me { passwordHas } }');
    expect(answer.status).toBe(400);
    expect(answer.errors?.[0]?.message).not.toMatch(/did you mean/i);
  });
});

describe('HTTP', () => {
  it('turns away forms of other sites, batches and broken bodies, and says nothing of its insides', async () => {
    const post = (headers: Record<string, string>, body: string) =>
      fetch(`${api.url}/graphql`, { method: 'POST', headers: { cookie, ...headers }, body });
    const form = await post({ 'content-type': 'text/plain' }, '{"query":"{ me { id } }"}');
    expect(form.status).toBe(400);
    expect((await fetch(`${api.url}/graphql?query={me{id}}`, { headers: { cookie } })).status).toBe(400);
    const json = { 'content-type': 'application/json' };
    expect((await post({ ...json, origin: 'https://elsewhere.example' }, '{"query":"{ me { id } }"}')).status).toBe(403);
    expect((await post({ ...json, origin: 'http://127.0.0.1:3000' }, '{"query":"{ me { id } }"}')).status).toBe(200);
    for (const body of [
      '[{"query":"{ me { id } }"}]',
      '{',
      '{"query": 1}',
      '{"query":"{ me { id }"}',
      '{"query":"{ me { id } }","variables":"x"}',
    ]) {
      const answer = await post(json, body);
      expect(answer.status, body).toBe(400);
      expect(await answer.text(), body).not.toMatch(/node_modules|\.ts:|at .*\(/);
    }
  });

  it('has strict headers everywhere, health for all, and no other address', async () => {
    const health = await fetch(`${api.url}/health`);
    expect([health.status, await health.json()]).toEqual([200, { status: 'ok', database: 'answers' }]);
    for (const path of ['/health', '/nowhere', '/internal', '/files/', '/uploads']) {
      const { headers, status } = await fetch(`${api.url}${path}`);
      expect(headers.get('content-security-policy'), path).toContain("default-src 'none'");
      expect(headers.get('x-powered-by'), path).toBeNull();
      if (path !== '/health') expect([401, 404], path).toContain(status);
    }
  });
});
