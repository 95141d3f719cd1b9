import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serviceEnvironment } from './environment.ts';
import { birthOf, isAlive, takeLock } from './lock.ts';
import { holderOf, isFree, nextFreePort } from './ports.ts';
import { readSecrets } from './secrets.ts';

let data = '';
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'plumbline-platform-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const lockFile = (): string => join(data, 'supervisor.json');

describe('the environment of a process', () => {
  const secrets = { sessions: 'sessions secret', internal: 'internal secret' };
  const given = {
    PATH: '/usr/bin',
    LD_LIBRARY_PATH: '/opt/cuda',
    PGPASSWORD: 'database password',
    PLUMBLINE_OIDC_CLIENT_SECRET: 'provider secret',
    PLUMBLINE_TOKEN: 'a token of the person who starts it',
    PLUMBLINE_THREADS: '2',
    PLUMBLINE_WEBHOOK_ALLOW: '10.0.0.1',
  };
  const address = { url: 'http://localhost:3000', port: 3000, host: '127.0.0.1' };
  const environment = serviceEnvironment({ databaseUrl: 'postgres://u:p@h/d', folders: { data }, secrets, address, apiPort: 4000 }, given);

  it('holds the secrets that it needs and no other', () => {
    const held = (name: 'api' | 'worker' | 'web') =>
      Object.entries(environment[name])
        .flatMap(([key, value]) =>
          [
            ...Object.values(secrets),
            'database password',
            'provider secret',
            'a token of the person who starts it',
            'postgres://u:p@h/d',
          ].includes(value)
            ? [key]
            : [],
        )
        .sort();
    expect(held('api')).toEqual(['DATABASE_URL', 'NEXTAUTH_SECRET', 'PGPASSWORD', 'PLUMBLINE_INTERNAL_SECRET']);
    expect(held('worker')).toEqual(['DATABASE_URL', 'PGPASSWORD']);
    expect(held('web')).toEqual(['NEXTAUTH_SECRET', 'PLUMBLINE_INTERNAL_SECRET', 'PLUMBLINE_OIDC_CLIENT_SECRET']);
  });

  it('holds what is no matter of the platform, and what its work is set by', () => {
    for (const name of ['api', 'worker', 'web'] as const) expect(environment[name]).toMatchObject({ PATH: '/usr/bin', LOG_LEVEL: 'info' });
    expect(environment.worker).toMatchObject({ LD_LIBRARY_PATH: '/opt/cuda', PLUMBLINE_THREADS: '2', PLUMBLINE_WEBHOOK_ALLOW: '10.0.0.1' });
    expect(environment.web).toMatchObject({ PLUMBLINE_API_URL: 'http://127.0.0.1:4000', PLUMBLINE_WEB_PORT: '3000' });
  });
});

describe('the lock on a data directory', () => {
  it('refuses a second holder and names the first one and its address', () => {
    const lock = takeLock(data);
    lock.update({ address: 'http://localhost:3000' });
    expect(() => takeLock(data)).toThrow(new RegExp(`process ${process.pid} at http://localhost:3000`));
    lock.release();
    expect(existsSync(lockFile())).toBe(false);
    takeLock(data).release();
  });

  it('is taken over from a holder that died, whose processes are ended', async () => {
    const orphan = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
    const pid = orphan.pid!;
    const ended = new Promise((resolve) => orphan.once('close', (_code, signal) => resolve(signal)));
    const dead = { pid: 2 ** 22 - 1, born: '1', since: new Date().toISOString(), address: null, children: [{ pid, born: birthOf(pid) }] };
    writeFileSync(lockFile(), JSON.stringify(dead));
    const lock = takeLock(data);
    expect(await ended).toBe('SIGKILL');
    lock.release();
  });

  it('is taken over when the process id belongs to another program now', () => {
    const reused = { pid: process.pid, born: 'another time', since: new Date().toISOString(), address: null, children: [] };
    writeFileSync(lockFile(), JSON.stringify(reused));
    takeLock(data).release();
  });

  it('leaves a process alone whose number was reused', () => {
    const child = { pid: process.pid, born: 'another time' };
    writeFileSync(lockFile(), JSON.stringify({ pid: 2 ** 22 - 1, born: '1', since: '', address: null, children: [child] }));
    takeLock(data).release();
    expect(isAlive({ pid: process.pid, born: birthOf(process.pid) })).toBe(true);
  });

  it('is held by one of several processes that find the same dead holder', async () => {
    const source = JSON.stringify(fileURLToPath(new URL('lock.ts', import.meta.url)));
    const program = `
      import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
      import { takeLock } from ${source};
      const data = ${JSON.stringify(data)};
      const until = Date.now() + 1200;
      let held = 0;
      while (Date.now() < until) {
        let lock;
        try { lock = takeLock(data); } catch (error) { if (!/already runs on/.test(error.message)) throw error; continue; }
        // Fails where another process is inside as well.
        closeSync(openSync(data + '/inside', 'wx'));
        held++;
        rmSync(data + '/inside');
        // Every second holder dies holding it, as far as the others can tell.
        if (held % 2) writeFileSync(data + '/supervisor.json', JSON.stringify({ pid: process.pid, born: 'dead ' + held, since: '', address: null, children: [] }));
        else lock.release();
      }
      console.log(held);`;
    const takers = [1, 2, 3].map(async () => {
      const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let text = '';
      child.stdout.on('data', (chunk: Buffer) => (text += String(chunk)));
      const code = await new Promise((resolve) => child.once('close', resolve));
      return { code, held: Number(text) };
    });
    const outcomes = await Promise.all(takers);
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(outcomes.reduce((sum, { held }) => sum + held, 0)).toBeGreaterThan(20);
  }, 60_000);

  it('is released by its holder alone', () => {
    const lock = takeLock(data);
    const other = JSON.stringify({ pid: process.ppid, born: birthOf(process.ppid), since: '', address: null, children: [] });
    writeFileSync(lockFile(), other);
    lock.release();
    expect(readFileSync(lockFile(), 'utf8')).toBe(other);
  });

  it('survives a half-written lock file', () => {
    writeFileSync(lockFile(), '{"pid":');
    takeLock(data).release();
  });
});

describe('ports', () => {
  const listen = (host: string): Promise<Server> =>
    new Promise((resolve) => {
      const server = createServer().listen(0, host, () => resolve(server));
    });
  const portOf = (server: Server): number => (server.address() as { port: number }).port;

  it('that somebody listens on are not free, the next one is taken, and the holder is named', async () => {
    const server = await listen('127.0.0.1');
    const port = portOf(server);
    expect(await isFree(port)).toBe(false);
    expect(await nextFreePort(port)).toBeGreaterThan(port);
    if (process.platform === 'linux') expect(holderOf(port)).toMatch(new RegExp(`process ${process.pid}`));
    await new Promise((resolve) => server.close(resolve));
    expect(await isFree(port)).toBe(true);
  });

  it('are not free either when only the other loopback address answers', async ({ skip }) => {
    const server = await listen('::1').catch(() => null);
    if (server === null) return skip('no IPv6 here');
    expect(await isFree(portOf(server))).toBe(false);
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('secrets', () => {
  it('are made once, differ from each other and are readable by their owner alone', () => {
    const first = readSecrets(data);
    expect(new Set(Object.values(first)).size).toBe(3);
    for (const secret of Object.values(first)) expect(Buffer.from(secret, 'base64url').length).toBe(32);
    expect(statSync(join(data, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(readSecrets(data)).toEqual(first);
  });

  it('that are damaged stop the start with the file named, and are not replaced', () => {
    writeFileSync(join(data, 'secrets.json'), '{"sessions":"short"}');
    expect(() => readSecrets(data)).toThrow(/secrets\.json is damaged/);
    expect(readFileSync(join(data, 'secrets.json'), 'utf8')).toBe('{"sessions":"short"}');
  });
});
