import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiToken, PrismaClient, Team, User } from '@plumbline/prisma';
import { testDatabase } from '@plumbline/prisma/testing';
import { encode } from 'next-auth/jwt';
import { pino } from 'pino';
import { joinRuleOf } from '../modules/accounts/joinRule.ts';
import { hashOfSecret, newApiSecret } from '../modules/accounts/secrets.ts';
import { createServer, type ApiServer } from '../server.ts';

export const sessionSecret = 'a secret that only this test knows';
export const internalSecret = 'another secret of this test';

export interface Answer {
  readonly status: number;
  /** Loosely typed on purpose: a test says what it expects. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
  readonly errors: readonly { readonly message: string; readonly extensions: { readonly code: string } }[] | undefined;
}

/** The real server on a database and a data directory of its own. */
export interface TestApi {
  readonly url: string;
  readonly db: PrismaClient;
  readonly databaseUrl: string;
  readonly data: string;
  readonly server: ApiServer;
  /** Lines that the server logged. */
  readonly logged: readonly string[];
  /** A live session of the person, as the Cookie header that a browser would send. */
  signedIn(user: Pick<User, 'id'>): Promise<{ cookie: string; sessionId: string }>;
  /** An API token of the person for a team; it reads, unless `data` says otherwise. `id`: of its row. */
  tokenOf(
    user: Pick<User, 'id'>,
    team: Pick<Team, 'id'>,
    data?: Partial<Pick<ApiToken, 'scopes' | 'expiresAt'>>,
  ): Promise<{ id: string; secret: string; headers: { authorization: string } }>;
  /** Runs an operation as a cookie, as other headers, or as nobody (null). */
  run(as: string | Readonly<Record<string, string>> | null, query: string, variables?: object): Promise<Answer>;
  stop(): Promise<void>;
}

export async function startApi(): Promise<TestApi> {
  const database = await testDatabase();
  const data = await mkdtemp(join(tmpdir(), 'plumbline-api-'));
  const logged: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) });
  const server = await createServer({
    log,
    environment: {
      databaseUrl: database.url,
      data,
      sessionSecret,
      internalSecret,
      publicUrl: new URL('http://127.0.0.1:3000'),
      mayJoin: joinRuleOf('joins.example.org'),
      port: 0,
      host: '127.0.0.1',
      logLevel: 'debug',
    },
  });
  return {
    url: server.url,
    db: database.prisma,
    databaseUrl: database.url,
    data,
    server,
    logged,
    async signedIn({ id }) {
      const session = await database.prisma.session.create({ data: { userId: id, expiresAt: new Date(Date.now() + 3600_000) } });
      return { cookie: await cookieFor(id, session.id), sessionId: session.id };
    },
    async tokenOf(user, team, data = {}) {
      const secret = newApiSecret();
      const row = { userId: user.id, teamId: team.id, name: 'Token', scopes: ['read' as const], secretHash: hashOfSecret(secret) };
      const { id } = await database.prisma.apiToken.create({ data: { ...row, ...data } });
      return { id, secret, headers: { authorization: `Bearer ${secret}` } };
    },
    async run(as, query, variables = {}) {
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(typeof as === 'string' ? { cookie: as } : as) },
        body: JSON.stringify({ query, variables }),
      });
      const body = (await response.json()) as Pick<Answer, 'data' | 'errors'>;
      return { status: response.status, data: body.data, errors: body.errors };
    },
    async stop() {
      await server.stop();
      await database.drop();
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** The cookie that next-auth would set for the session; `gen`: of a later one. */
export async function cookieFor(userId: string, sessionId: string, gen = 0): Promise<string> {
  return `next-auth.session-token=${await encode({ token: { sub: userId, sid: sessionId, ...(gen ? { gen } : {}) }, secret: sessionSecret })}`;
}

/** Waits until `check` is true. @throws after `ms` */
export async function eventually(what: string, ms: number, check: () => boolean | Promise<boolean>): Promise<number> {
  const started = performance.now();
  while (performance.now() - started < ms) {
    if (await check()) return performance.now() - started;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`${what}: not within ${ms} ms.`);
}
