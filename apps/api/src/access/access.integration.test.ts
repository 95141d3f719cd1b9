import { notifyChange } from '@plumbline/jobs';
import { isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schema } from '../schema.ts';
import { startApi, type TestApi } from '../testing/api.ts';
import { askField, askRoute, askSubscription, routesOf, type Headers, type Outcome } from './ask.ts';
import { fields, nodes, routes } from './table.ts';
import { columns, createWorld, type Asker, type World } from './world.ts';

let api: TestApi;
let world: World;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
});
afterAll(() => api.stop());

const unknownId = '00000000-0000-7000-8000-000000000000';
const withUnknownIds = (text: string) => text.replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{22}/g, unknownId);

function ask(row: string, headers: Headers, args: object): Promise<Outcome> {
  if (!row.startsWith('Subscription.')) return askField(api, headers, row, args);
  return askSubscription(api, headers, row, args, () => notifyChange(api.db, { kind: 'project', projectId: world.own.project.id }));
}

/** Asks as everybody, one after another, and answers their letters. What a stranger is told must be what they are told of unknown ids. */
async function lettersOf(row: string, asking: (asker: Asker, args: string) => Promise<Outcome>, args: (asker: Asker) => Promise<string>) {
  let letters = '';
  for (const asker of world.askers) {
    const given = await args(asker);
    const { letter, said } = await asking(asker, given);
    if (asker.column === 'stranger' && letter === '0')
      expect(said, `${row}: a foreign id must read as an unknown one`).toBe((await asking(asker, withUnknownIds(given))).said);
    letters += letter;
  }
  return letters;
}

describe('the table of who may do what', () => {
  it('has a row for every field of Query, Mutation and Subscription, every Node and every HTTP route, and no other', () => {
    const roots = { Query: schema.getQueryType(), Mutation: schema.getMutationType(), Subscription: schema.getSubscriptionType() };
    const wanted = Object.entries(roots).flatMap(([root, type]) => Object.keys(type?.getFields() ?? {}).map((name) => `${root}.${name}`));
    expect(Object.keys(fields).sort(), 'rows of fields in access/table.ts').toEqual(wanted.sort());
    const node = Object.values(schema.getTypeMap()).filter(
      (type) => isObjectType(type) && type.getInterfaces().some((one) => one.name === 'Node'),
    );
    expect(Object.keys(nodes).sort(), 'rows of nodes in access/table.ts').toEqual(node.map((type) => type.name).sort());
    const known = new Set(Object.keys(routes).flatMap((row) => [row, row.replace(/^\w+/, 'ALL')]));
    expect(
      routesOf(api.server.app).filter((route) => !known.has(route)),
      'routes without a row in access/table.ts',
    ).toEqual([]);
    const there = new Set(routesOf(api.server.app));
    expect(Object.keys(routes).filter((row) => !there.has(row) && !there.has(row.replace(/^\w+/, 'ALL')))).toEqual([]);
    for (const letters of [...Object.values(fields), ...Object.values(routes)].map(([one]) => one).concat(Object.values(nodes)))
      expect(letters).toMatch(new RegExp(`^[Y!N0-]{${columns.length}}$`));
  });

  it.each(Object.keys(fields))('%s', async (row) => {
    const [letters, args] = fields[row] ?? ['', () => ({})];
    const found = await lettersOf(
      row,
      ({ headers }, given) => ask(row, headers, JSON.parse(given) as object),
      async (asker) => JSON.stringify(await args(world, asker)),
    );
    expect(found).toBe(letters);
  });

  it.each(Object.keys(nodes) as (keyof typeof nodes)[])('node(%s)', async (type) => {
    const found = await lettersOf(
      type,
      ({ headers }, id) => askField(api, headers, 'Query.node', { id }),
      () => Promise.resolve(world.ids[type]),
    );
    expect(found).toBe(nodes[type]);
  });

  it.each(Object.keys(routes))('%s', async (row) => {
    const [letters, address] = routes[row] ?? ['', () => ''];
    const found = await lettersOf(
      row,
      ({ headers }, path) => askRoute(world, headers, row, path),
      async (asker) => address(world, asker),
    );
    expect(found).toBe(letters);
  });
});

describe('what nobody can talk their way in with', () => {
  const pretended = (): Headers[] => {
    const { owner } = world.own;
    return [
      {
        'x-plumbline-internal': 'guessed',
        'x-plumbline-user': owner.id,
        'x-plumbline-address': '127.0.0.1',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-user': owner.email,
        'x-remote-user': owner.email,
        'x-middleware-subrequest': 'middleware',
        'x-http-method-override': 'GET',
        'x-original-url': '/health',
        'x-rewrite-url': '/health',
      },
      { authorization: `Bearer ${owner.id}`, cookie: `next-auth.session-token=${owner.id}; user=${owner.id}; role=owner` },
    ];
  };

  it('headers that other systems believe open no field, no node and no route', async () => {
    const [anonymous] = world.askers;
    if (!anonymous) throw new Error('Nobody is missing.');
    for (const headers of pretended()) {
      for (const [row, [letters, args]] of Object.entries(fields))
        if (!row.startsWith('Subscription.')) expect((await ask(row, headers, await args(world, anonymous))).letter, row).toBe(letters[0]);
      for (const type of Object.keys(nodes) as (keyof typeof nodes)[])
        expect((await askField(api, headers, 'Query.node', { id: world.ids[type] })).letter, type).toBe('-');
      for (const [row, [letters, address]] of Object.entries(routes))
        expect((await askRoute(world, headers, row, await address(world, anonymous))).letter, row).toBe(letters[0]);
    }
  });
});
