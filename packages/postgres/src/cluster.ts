import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { canEnter, type Identity } from './identity.ts';
import { PostgresProblem } from './problem.ts';

/** Name of the superuser and of the database. */
export const databaseName = 'plumbline';

/** Nothing of the caller's environment but the path: no secret of it reaches the server's process. */
export const serverEnvironment = { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' } as unknown as NodeJS.ProcessEnv;

/**
 * The path by which the server's user reaches the data directory. Where it may not enter a folder above (a data directory below /root), the
 * server is started inside it and reaches it as its working folder, which needs no permission on the way.
 */
export function pathForServer(dataDir: string, identity: Identity): string {
  if (identity.uid === undefined || canEnter(identity, dataDir)) return dataDir;
  if (process.platform === 'linux') return '/proc/self/cwd';
  throw new PostgresProblem(
    `User id ${identity.uid}, which PostgreSQL runs as, may not enter ${dataDir}: choose another data directory, or start as an ordinary user.`,
  );
}

function run(command: string, args: string[], identity: Identity, cwd: string): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...identity, cwd, env: serverEnvironment, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer) => (output = (output + String(chunk)).slice(-4000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

/**
 * Makes the cluster where there is none: checksummed pages, UTF-8, byte order collation (the same everywhere), scram passwords only.
 * @returns whether it was made now
 */
export async function ensureCluster(
  dataDir: string,
  password: string,
  binaries: Binaries,
  identity: Identity,
  fast: boolean,
): Promise<boolean> {
  if (existsSync(join(dataDir, 'PG_VERSION'))) return false;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  // initdb writes PG_VERSION early but an interrupted one leaves files behind without it; they hold nothing.
  for (const name of readdirSync(dataDir)) {
    if (!/^(base|global|pg_.*|postgresql.*\.conf|server\.log)$/.test(name))
      throw new PostgresProblem(`${dataDir} holds other files (${name}) and cannot become the database's folder: choose an empty one.`);
    rmSync(join(dataDir, name), { recursive: true, force: true });
  }
  const passwordFile = join(tmpdir(), `plumbline-${randomBytes(8).toString('hex')}`);
  writeFileSync(passwordFile, password, { mode: 0o600, flag: 'wx' });
  try {
    if (identity.uid !== undefined && identity.gid !== undefined) {
      chownSync(dataDir, identity.uid, identity.gid);
      chownSync(passwordFile, identity.uid, identity.gid);
    }
    const args = [
      '-D',
      pathForServer(dataDir, identity),
      '-U',
      databaseName,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
    ];
    args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--data-checksums', ...(fast ? ['--no-sync'] : []));
    const { code, output } = await run(binaries.initdb, args, identity, dataDir);
    if (code !== 0) throw new PostgresProblem(`The database in ${dataDir} could not be made: ${output.trim().split('\n').pop()}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  return true;
}
