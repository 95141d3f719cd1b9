import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { locateBinaries } from './binaries.ts';
import { databaseName, ensureCluster, pathForServer, serverEnvironment } from './cluster.ts';
import { chooseIdentity } from './identity.ts';
import { connect, databaseUrl, ensureDatabase } from './connection.ts';
import { freePort, isFree } from './port.ts';
import { isAlive, readPostmaster, stopPostmaster } from './postmaster.ts';
import { PostgresProblem } from './problem.ts';
import { serverSettings } from './settings.ts';

export interface PostgresOptions {
  /** Folder of the cluster; made where it is missing. The log lies in it as server.log. */
  readonly dataDir: string;
  /** Loopback port; any free one when left out. */
  readonly port?: number;
  /** Password of the superuser; set when the cluster is made, asked for ever after. */
  readonly password: string;
  /** Gives up durability for speed: for throw-away databases of tests. */
  readonly fast?: boolean;
}

export interface PostgresServer {
  /** Connection string with the password in it: never log it. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** True where a server left behind by a killed launcher was taken over. */
  readonly reused: boolean;
  /** Resolves when the server ends, whoever ended it. */
  readonly exited: Promise<void>;
  /** Ends the server within 5 s; nothing that was acknowledged is lost. */
  stop(): Promise<void>;
}

const startWithinMs = 60_000;
const logLimitBytes = 16 * 1024 * 1024;

async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(500, undefined, { ref: false });
}

/** Takes over the server that a killed launcher left behind, or ends it where it is not usable as asked. */
async function adoptOrphan(dataDir: string, options: PostgresOptions): Promise<PostgresServer | null> {
  const left = readPostmaster(dataDir);
  if (!left || !isAlive(left.pid)) return null;
  const client = await connect(databaseUrl(left.port, options.password, 'postgres')).catch(() => null);
  if (!client) {
    // Either another program that got this pid since, or a server that is going down or starting: only the latter is PostgreSQL's.
    if (isPostgres(left.pid)) await stopPostmaster(left.pid);
    return null;
  }
  let same: boolean;
  try {
    // Asked of the server itself: a file that names a pid is no proof.
    const { rows } = await client.query<{ content: string }>(`select pg_read_file('postmaster.pid') as content`);
    same = Number(rows[0]?.content.split('\n')[0]) === left.pid;
  } finally {
    await client.end();
  }
  if (!same) return null;
  if (options.port !== undefined && options.port !== left.port) {
    await stopPostmaster(left.pid);
    return null;
  }
  await ensureDatabase(left.port, options.password);
  return server(left.pid, left.port, options.password, true, untilGone(left.pid));
}

function isPostgres(pid: number): boolean {
  if (process.platform !== 'linux') return true;
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres';
  } catch {
    return false;
  }
}

function server(pid: number, port: number, password: string, reused: boolean, exited: Promise<void>): PostgresServer {
  return { url: databaseUrl(port, password, databaseName), port, pid, reused, exited, stop: () => stopPostmaster(pid) };
}

function openLog(dataDir: string): number {
  const path = join(dataDir, 'server.log');
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > logLimitBytes) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}

function lastLine(dataDir: string): string {
  const lines = readFileSync(join(dataDir, 'server.log'), 'utf8').slice(-4000).trim().split('\n');
  return lines.findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? lines.at(-1) ?? '';
}

/** Waits until the server accepts connections; false where it ended instead. */
async function untilReady(dataDir: string, child: ChildProcess): Promise<boolean> {
  const deadline = performance.now() + startWithinMs;
  while (child.exitCode === null && child.signalCode === null) {
    const now = readPostmaster(dataDir);
    if (now?.pid === child.pid && now?.ready) return true;
    if (performance.now() > deadline)
      throw new PostgresProblem(`The database in ${dataDir} is not ready after ${startWithinMs / 1000} s: see server.log there.`);
    await sleep(10);
  }
  return false;
}

/**
 * Brings up the embedded PostgreSQL on the loopback interface, makes cluster and database where missing, and returns when it accepts connections.
 * The server lives in a process group of its own, so that an interrupt at the terminal reaches it only through `stop`.
 * @throws PostgresProblem with the remedy
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const dataDir = resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const adopted = await adoptOrphan(dataDir, options);
  if (adopted) return adopted;
  if (options.port !== undefined && !(await isFree(options.port)))
    throw new PostgresProblem(
      `Port ${options.port} for the database is taken by another program: choose another one, or leave it out to get a free one.`,
    );
  const identity = chooseIdentity(dataDir);
  const binaries = locateBinaries(identity);
  const fast = options.fast ?? false;
  await ensureCluster(dataDir, options.password, binaries, identity, fast);

  // The port may be taken between asking and using it, and processes of a killed server need a moment to leave: both pass.
  const deadline = performance.now() + 15_000;
  for (;;) {
    const port = options.port ?? (await freePort());
    const log = openLog(dataDir);
    const child = spawn(binaries.postgres, ['-D', pathForServer(dataDir, identity), '-p', String(port), ...serverSettings(fast)], {
      ...identity,
      cwd: dataDir,
      env: serverEnvironment,
      stdio: ['ignore', log, log],
      detached: true,
    });
    closeSync(log);
    const exited = new Promise<void>((done) => child.once('exit', () => done()).once('error', () => done()));
    child.unref();
    if (await untilReady(dataDir, child)) {
      const pid = child.pid!;
      try {
        await ensureDatabase(port, options.password);
      } catch (error) {
        await stopPostmaster(pid);
        throw error;
      }
      return server(pid, port, options.password, false, exited);
    }
    const said = lastLine(dataDir);
    if (
      performance.now() > deadline ||
      !/pre-existing shared memory|could not bind|could not create any TCP|lock file "postmaster.pid"/.test(said)
    )
      throw new PostgresProblem(`The database in ${dataDir} does not start (${said}): see server.log there.`);
    await sleep(200);
  }
}
