import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from './connection.ts';
import { PostgresProblem, startPostgres, type PostgresOptions, type PostgresServer } from './index.ts';
import { isAlive } from './postmaster.ts';
import { testDatabase } from './testing.ts';

const password = "it's a / p@ss %wörd";
let folder: string;
let running: PostgresServer[];

async function start(options: Partial<PostgresOptions> = {}): Promise<PostgresServer> {
  const server = await startPostgres({ dataDir: join(folder, 'postgres'), password, ...options });
  running.push(server);
  return server;
}

async function ask<T>(server: PostgresServer, sql: string): Promise<T[]> {
  const client = await connect(server.url);
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

beforeEach(() => {
  // mkdtemp gives mode 700: as root, PostgreSQL's own user may not even enter the folder above the cluster.
  folder = mkdtempSync(join(tmpdir(), 'postgres-'));
  running = [];
});
afterEach(async () => {
  for (const server of running) await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the embedded PostgreSQL', () => {
  it('keeps what was committed over a clean stop and a new start, and stops within 5 s', async () => {
    const first = await start();
    await ask(first, 'create table kept as select 42 as answer');
    const before = performance.now();
    await first.stop();
    expect(performance.now() - before).toBeLessThan(5000);
    expect(isAlive(first.pid)).toBe(false);
    const second = await start();
    expect(await ask(second, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('keeps what was committed when it is killed, and starts again at once', async () => {
    const first = await start();
    await ask(first, 'create table kept as select 42 as answer');
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    const second = await start();
    expect(await ask(second, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('listens on the loopback interface only, without a socket file, durable and checksummed', async () => {
    const server = await start();
    const [row] = await ask<Record<string, string>>(
      server,
      `select current_setting('listen_addresses') a, current_setting('unix_socket_directories') s, current_setting('fsync') f, current_setting('data_checksums') c,
       current_setting('idle_in_transaction_session_timeout') i, current_setting('tcp_keepalives_idle') k, current_setting('server_encoding') e`,
    );
    expect(row).toEqual({ a: '127.0.0.1', s: '', f: 'on', c: 'on', i: '15s', k: '5', e: 'UTF8' });
    expect(statSync(join(folder, 'postgres')).mode & 0o077).toBe(0);
  });

  it('takes over the server that a killed launcher left behind', async () => {
    const first = await start();
    const second = await start();
    expect(second).toMatchObject({ reused: true, pid: first.pid, port: first.port });
    await second.stop();
    expect(isAlive(first.pid)).toBe(false);
  });

  it('moves a server left behind to the port that is asked for', async () => {
    const first = await start();
    const port = await import('./port.ts').then(({ freePort }) => freePort());
    const second = await start({ port });
    expect(second).toMatchObject({ reused: false, port });
    expect(isAlive(first.pid)).toBe(false);
  });

  it('is not misled by a pid file that names a living foreign process', async () => {
    const first = await start();
    await first.stop();
    const other = spawn('sleep', ['60'], { stdio: 'ignore' });
    try {
      writeFileSync(join(folder, 'postgres/postmaster.pid'), `${other.pid}\n${folder}/postgres\n0\n1\n\n\n\nready\n`);
      const second = await start();
      expect(second.pid).not.toBe(other.pid);
      expect(isAlive(other.pid!)).toBe(true);
    } finally {
      other.kill();
    }
  });

  it('refuses another password, a port in use and a folder with other files, in one sentence each', async () => {
    const server = await start();
    await server.stop();
    await expect(start({ password: 'another' })).rejects.toThrow(/does not accept the password in secrets.json/);
    const holder = await import('node:net').then((net) => net.createServer().listen(0, '127.0.0.1'));
    await new Promise((resolve) => holder.once('listening', resolve));
    const { port } = holder.address() as { port: number };
    await expect(start({ port })).rejects.toThrow(`Port ${port} for the database is taken`);
    holder.close();
    writeFileSync(join(folder, 'letters.txt'), '');
    chmodSync(folder, 0o755);
    await expect(start({ dataDir: folder })).rejects.toThrow(PostgresProblem);
  });
});

describe('testDatabase', () => {
  it('gives every caller a database of its own, copied from a template that is made once', async () => {
    let prepared = 0;
    const template = {
      name: 'template_of_this_test',
      prepare: async (url: string) => {
        prepared++;
        const client = await connect(url);
        await client.query('create table t as select 1 as one');
        await client.end();
      },
    };
    const [a, b] = await Promise.all([testDatabase(template), testDatabase(template)]);
    const client = await connect(a.url);
    await client.query('delete from t');
    await client.end();
    const other = await connect(b.url);
    expect((await other.query('select one from t')).rows).toEqual([{ one: 1 }]);
    await other.end();
    expect(prepared).toBe(1);
    await a.drop();
    await expect(connect(a.url)).rejects.toThrow(/does not exist/);
    await b.drop();
  });
});
