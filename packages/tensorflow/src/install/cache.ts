import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Environment } from '../threads.ts';

/** Where downloads and builds outlive a clone: PLUMBLINE_CACHE, else ~/.cache/plumbline (XDG_CACHE_HOME is honoured). */
export function cacheDirectory(env: Environment = process.env): string {
  if (env.PLUMBLINE_CACHE) return resolve(env.PLUMBLINE_CACHE);
  return join(env.XDG_CACHE_HOME ? resolve(env.XDG_CACHE_HOME) : join(homedir(), '.cache'), 'plumbline');
}

/** The engine's part of the cache. Everything in it is either complete or below `work/`. */
export interface EngineCache {
  readonly root: string;
  readonly lock: string;
  /** One folder a library: lib/, include/, library.json. */
  readonly libraries: string;
  /** One folder a built binding, named by what it was built from. */
  readonly bindings: string;
  /** Unfinished things, one folder a process. */
  readonly work: string;
}

export function engineCache(env: Environment = process.env): EngineCache {
  const root = join(cacheDirectory(env), 'tensorflow');
  return {
    root,
    lock: join(root, 'install.lock'),
    libraries: join(root, 'libraries'),
    bindings: join(root, 'bindings'),
    work: join(root, 'work'),
  };
}
