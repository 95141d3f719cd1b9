import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { connect } from './connection.ts';
import { startPostgres } from './start.ts';

/** Set by the global setup of a test run: the folder where its test processes meet. */
export const testServerVariable = 'PLUMBLINE_TEST_POSTGRES';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

export interface TestTemplate {
  /** Names the template; include what it is made from, so that another content is another template. Letters, digits and `_`. */
  readonly name: string;
  /** Fills the empty template once per test run. */
  prepare(url: string): Promise<void>;
}

/** Runs `work` while no other test process holds the lock of this name. */
async function locked<T>(folder: string, name: string, work: () => Promise<T>): Promise<T> {
  const lock = join(folder, `${name}.lock`);
  const deadline = performance.now() + 60_000;
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || performance.now() > deadline) throw error;
      await sleep(25);
    }
  }
  try {
    return await work();
  } finally {
    rmdirSync(lock);
  }
}

/** Connection string of the test run's server, started by whoever asks first. */
function testServer(folder: string): Promise<string> {
  return locked(folder, 'server', async () => {
    const known = join(folder, 'url');
    if (existsSync(known)) return readFileSync(known, 'utf8');
    const { url } = await startPostgres({ dataDir: join(folder, 'data'), password: randomBytes(12).toString('hex'), fast: true });
    writeFileSync(`${known}.new`, url, { mode: 0o600 });
    renameSync(`${known}.new`, known);
    return url;
  });
}

function withDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

async function administer<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connect(withDatabase(url, 'postgres'));
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function ensureTemplate(folder: string, url: string, template: TestTemplate): Promise<void> {
  const made = join(folder, `template-${template.name}`);
  if (existsSync(made)) return;
  await locked(folder, 'template', async () => {
    if (existsSync(made)) return;
    await administer(url, (client) => client.query(`drop database if exists "${template.name}"`));
    await administer(url, (client) => client.query(`create database "${template.name}"`));
    await template.prepare(withDatabase(url, template.name));
    writeFileSync(made, '');
  });
}

/**
 * A fresh database on a throw-away server that the whole test run shares; copied from `template` where one is given (some 50 ms).
 * Works within a vitest project that names `packages/postgres/src/testSetup.ts` as its global setup.
 */
export async function testDatabase(template?: TestTemplate): Promise<TestDatabase> {
  const folder = process.env[testServerVariable];
  if (!folder)
    throw new Error(
      `${testServerVariable} is not set: a test that needs a database is named *.integration.test.ts, and its project has the global setup.`,
    );
  const url = await testServer(folder);
  if (template) await ensureTemplate(folder, url, template);
  const name = `test_${randomBytes(6).toString('hex')}`;
  await administer(url, (client) => client.query(`create database "${name}" template "${template?.name ?? 'template0'}"`));
  return {
    url: withDatabase(url, name),
    drop: () => administer(url, async (client) => void (await client.query(`drop database if exists "${name}" with (force)`))),
  };
}
