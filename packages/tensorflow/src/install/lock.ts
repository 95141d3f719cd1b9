import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
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
    if (!holder || (await isStale(path, holder))) {
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

/** Moves a dead process's lock away. If another taker was faster and its fresh lock was caught instead, puts that back. */
async function removeStale(path: string, stale: Holder | null): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  const caught = await holderOf(aside);
  if (caught && caught.token !== stale?.token) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
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
