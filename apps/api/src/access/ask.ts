import type { Express } from 'express';
import { getNamedType, isLeafType, type GraphQLField } from 'graphql';
import { schema } from '../schema.ts';
import type { TestApi } from '../testing/api.ts';
import { socketClient } from '../testing/socketClient.ts';
import { tus, type World } from './world.ts';

export type Headers = Readonly<Record<string, string>>;

/** One letter of the table, or what came instead; and everything that was said, to tell two refusals apart. */
export interface Outcome {
  readonly letter: string;
  readonly said: string;
}

/** The operation that asks for one field with these arguments. */
function operationFor(root: string, name: string, args: object): string {
  const type = { Query: schema.getQueryType(), Mutation: schema.getMutationType(), Subscription: schema.getSubscriptionType() }[root];
  const field = type?.getFields()[name] as GraphQLField<unknown, unknown> | undefined;
  if (!field) throw new Error(`The table has a row for ${root}.${name}, which the schema has not.`);
  const given = field.args.filter((arg) => arg.name in args);
  const declared = given.length ? `(${given.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ')})` : '';
  const passed = given.length ? `(${given.map((arg) => `${arg.name}: $${arg.name}`).join(', ')})` : '';
  const problems = '... on Problem { message }';
  const selection = isLeafType(getNamedType(field.type)) ? '' : `{ __typename ${root === 'Mutation' ? problems : ''} }`;
  return `${root.toLowerCase()} ${declared} { ${name}${passed} ${selection} }`;
}

const letterOfCode: Readonly<Record<string, string>> = { UNAUTHENTICATED: '-', FORBIDDEN: 'N', NOT_FOUND: '0' };
const letterOfType: Readonly<Record<string, string>> = { InvalidInput: '!', NotAllowed: 'N', NotFound: '0' };

/** Asks for a field by HTTP. */
export async function askField(api: TestApi, headers: Headers, row: string, args: object): Promise<Outcome> {
  const [root = '', name = ''] = row.split('.');
  const { data, errors } = await api.run(headers, operationFor(root, name, args), args);
  const said = JSON.stringify({ data, errors });
  const [error] = errors ?? [];
  if (error) return { letter: letterOfCode[error.extensions.code] ?? said, said };
  const found = (data as Record<string, { __typename?: string } | null>)[name];
  if (found === null) return { letter: '0', said };
  return { letter: letterOfType[found?.__typename ?? ''] ?? 'Y', said };
}

/** How the server closes a connection of nobody. */
const signedOut = 4403;

/** Subscribes, and answers what came first: an event, a refusal, or the end of the connection. `nudge` makes something happen. */
export function askSubscription(
  api: TestApi,
  headers: Headers,
  row: string,
  args: object,
  nudge: () => Promise<unknown>,
): Promise<Outcome> {
  const client = socketClient(api, headers);
  return new Promise<Outcome>((answered) => {
    const nudging = setInterval(() => void nudge().catch(() => undefined), 50);
    const done = (letter: string, said: unknown): void => {
      clearInterval(nudging);
      answered({ letter, said: JSON.stringify(said) });
      void client.dispose();
    };
    client.subscribe(
      { query: operationFor('Subscription', row.replace('Subscription.', ''), args), variables: { ...args } },
      {
        next: (result) => {
          const code = String(result.errors?.[0]?.extensions?.['code'] ?? '');
          done(result.errors ? (letterOfCode[code] ?? JSON.stringify(result)) : 'Y', result);
        },
        error: (problem) => {
          const closed = (problem as { code?: number }).code;
          done(closed === signedOut ? '-' : JSON.stringify(problem), closed);
        },
        complete: () => done('ended', null),
      },
    );
  });
}

/** Asks for a route by HTTP. */
export async function askRoute({ api }: World, headers: Headers, row: string, path: string): Promise<Outcome> {
  const [method = ''] = row.split(' ');
  const uploads = path.startsWith('/uploads');
  const json = { 'content-type': 'application/json' };
  const bytes = {
    'content-type': 'application/offset+octet-stream',
    [method === 'POST' ? 'upload-length' : 'upload-offset']: method === 'POST' ? '4' : '0',
  };
  const answer = await fetch(`${api.url}${path}`, {
    method,
    headers: { ...(uploads ? { ...tus, ...(method === 'PATCH' || method === 'POST' ? bytes : {}) } : json), ...headers },
    ...(method === 'PATCH' || (method === 'POST' && uploads) ? { body: 'four' } : {}),
    ...(method === 'POST' && !uploads
      ? { body: JSON.stringify({ query: '{ __typename }', email: 'eve@example.org', password: 'x' }) }
      : {}),
  });
  const said = `${answer.status} ${Buffer.from(await answer.arrayBuffer()).toString('latin1')}`;
  return { letter: answer.ok ? 'Y' : ({ 401: '-', 403: 'N', 404: '0' }[answer.status] ?? said), said };
}

interface Layer {
  readonly slash: boolean;
  readonly name: string;
  readonly route?: { readonly path: string | string[]; readonly methods: Readonly<Record<string, boolean>> };
  readonly handle: { readonly stack?: Layer[] };
}

/**
 * The routes of the server, as `GET /health`; `ALL` where a route takes every method.
 * @throws where something is mounted below a path without being a route, since no row could name it
 */
export function routesOf(app: Express): string[] {
  const walk = (stack: readonly Layer[]): string[] =>
    stack.flatMap((layer) => {
      if (layer.route) {
        const { path, methods } = layer.route;
        const names = methods['_all'] ? ['ALL'] : Object.keys(methods).map((method) => method.toUpperCase());
        return [path].flat().flatMap((one) => names.map((method) => `${method} ${one}`));
      }
      if (!layer.slash) throw new Error(`${layer.name} is mounted below a path; make it a route, so that the table can have a row for it.`);
      return layer.handle.stack ? walk(layer.handle.stack) : [];
    });
  return walk((app as unknown as { router: { stack: Layer[] } }).router.stack);
}
