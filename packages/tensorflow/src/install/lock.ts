import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process started, where the system says so: a number used again by another process is then no holder. */
  readonly started: string | null;
  readonly token: string;
}

const beatEvery = 5_000;
const silentAfter = 60_000;

export interface LockOptions {
  /** Told once when somebody else holds the lock. */
  readonly onWait?: (pid: number) => void;
  readonly pollEvery?: number;
  readonly signal?: AbortSignal;
}

/**
 * Runs `work` while holding `path`, one process at a time on this machine, or on all that share the folder.
 * A lock whose process is dead (or, on another host, whose file has been silent for a minute) is taken over.
 */
export async function withLock<T>(path: string, work: () => Promise<T>, options: LockOptions = {}): Promise<T> {
  const self: Holder = { pid: process.pid, host: hostname(), started: await startOf(process.pid), token: randomUUID() };
  await acquire(path, self, options);
  const beat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), beatEvery);
  beat.unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if ((await holderOf(path))?.token === self.token) await rm(path, { force: true });
  }
}

async function acquire(path: string, self: Holder, options: LockOptions): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  let told = false;
  for (;;) {
    options.signal?.throwIfAborted();
    if (await place(path, self)) return;
    const holder = await holderOf(path);
    if (!holder) {
      // Given back just now, or damaged from outside: it never appears without its content.
      await removeDamaged(path);
      continue;
    }
    if (await isStale(path, holder)) {
      await removeStale(path, holder);
      continue;
    }
    if (!told) options.onWait?.(holder.pid);
    told = true;
    await sleep(options.pollEvery ?? 300);
  }
}

/** Puts the lock file in place with its content already in it; false when there is one. */
async function place(path: string, self: Holder): Promise<boolean> {
  const own = `${path}.${self.token}`;
  await writeFile(own, JSON.stringify(self));
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

/**
 * Removes a dead process's lock. Of those who saw the same dead holder one at a time may do it, and only while its lock is still the one in place:
 * a lock that somebody took meanwhile is never touched.
 */
async function removeStale(path: string, stale: Holder): Promise<void> {
  const marker = `${path}.takeover-${stale.token}`;
  try {
    await writeFile(marker, '', { flag: 'wx' });
  } catch {
    // Another one is at it; a marker that stays is left by a process that died in this very moment.
    const age = await stat(marker).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > 10_000) await rm(marker, { force: true });
    await sleep(5);
    return;
  }
  try {
    if ((await holderOf(path))?.token === stale.token) await rm(path, { force: true });
  } finally {
    await rm(marker, { force: true });
  }
}

/** Removes a lock file that nobody can read and nobody has touched for a minute. */
async function removeDamaged(path: string): Promise<void> {
  const age = await stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
  if (age > silentAfter && !(await holderOf(path))) await rm(path, { force: true });
  else await sleep(5);
}

async function holderOf(path: string): Promise<Holder | null> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    const { pid, host, started, token } = value as Record<string, unknown>;
    if (typeof pid !== 'number' || typeof host !== 'string') return null;
    return { pid, host, started: typeof started === 'string' ? started : null, token: String(token) };
  } catch {
    return null;
  }
}

async function isStale(path: string, holder: Holder): Promise<boolean> {
  if (holder.host !== hostname()) {
    const file = await stat(path).catch(() => null);
    return file === null || Date.now() - file.mtimeMs > silentAfter;
  }
  if (!isAlive(holder.pid)) return true;
  const started = await startOf(holder.pid);
  return started !== null && holder.started !== null && started !== holder.started;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Start of a process in clock ticks since boot (field 22 of /proc/<pid>/stat), or null where there is no /proc. */
async function startOf(pid: number): Promise<string | null> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const afterName = line.slice(line.lastIndexOf(')') + 2).split(' ');
  return afterName[19] ?? null;
}
