import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RunBusyError, throwIfAborted } from './errors.ts';

interface Holder {
  readonly pid: number;
  /** Distinguishes a process from a later one with the same id; null where the system does not tell. */
  readonly started: string | null;
  /** Distinguishes one taking of the lock from every other. */
  readonly token: string;
}

export interface LockOptions {
  /** Milliseconds to wait for another process to let go; default 0. */
  readonly patience?: number;
  readonly signal?: AbortSignal | undefined;
  /** What the holder does with the folder, for the message; default `trained`. */
  readonly use?: string;
}

const pollEvery = 100;
const markerForgottenAfter = 10_000;

/**
 * Takes a run folder for this process, so that two trainings never write it at once (a killed parent can leave one running).
 * A lock whose process is gone is taken over.
 * @returns what releases it
 * @throws RunBusyError naming the process that still holds it when the patience has ended; DOMException `AbortError` when cancelled
 */
export async function lockRun(run: string, { patience = 0, signal, use = 'trained' }: LockOptions = {}): Promise<() => Promise<void>> {
  const path = join(run, '.lock');
  const self: Holder = { pid: process.pid, started: startOf(process.pid), token: randomUUID() };
  const deadline = performance.now() + patience;
  for (;;) {
    throwIfAborted(signal, 'Training');
    if (await place(path, self)) return () => release(path, self);
    const holder = await readHolder(path);
    if (holder === null) continue;
    if (holder === 'damaged' || !isRunning(holder)) await removeStale(path, holder);
    else if (performance.now() >= deadline)
      throw new RunBusyError(`${run} is being ${use} by process ${holder.pid}; wait for it or stop it first.`);
    else await sleep(pollEvery);
  }
}

/** Puts the lock file in place with its content already in it; false when there is one. */
async function place(path: string, self: Holder): Promise<boolean> {
  const own = `${path}.${self.token}`;
  try {
    await writeFile(own, JSON.stringify(self));
    await link(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

async function release(path: string, self: Holder): Promise<void> {
  if (tokenOf(await readHolder(path)) === self.token) await rm(path, { force: true });
}

/**
 * Removes a lock that nobody holds. Of those who saw the same one, one at a time may do it, and only while it is still the one in place:
 * a lock that somebody took meanwhile is never touched.
 */
async function removeStale(path: string, stale: Holder | 'damaged'): Promise<void> {
  const marker = `${path}.takeover-${tokenOf(stale)}`;
  try {
    await writeFile(marker, '', { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // Another one is at it; a marker that stays was left by a process that died in this very moment.
    const age = await stat(marker).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > markerForgottenAfter) await rm(marker, { force: true });
    await sleep(5);
    return;
  }
  try {
    if (tokenOf(await readHolder(path)) === tokenOf(stale)) await rm(path, { force: true });
  } finally {
    await rm(marker, { force: true });
  }
}

/** Null where there is no lock. A damaged one, which a power cut can leave, is nobody's: a lock never appears without its content. */
async function readHolder(path: string): Promise<Holder | 'damaged' | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    const { pid, started, token } = JSON.parse(text) as Record<string, unknown>;
    if (typeof pid !== 'number') return 'damaged';
    return { pid, started: typeof started === 'string' ? started : null, token: typeof token === 'string' ? token : 'none' };
  } catch {
    return 'damaged';
  }
}

function tokenOf(found: Holder | 'damaged' | null): string | null {
  return found === 'damaged' ? found : (found?.token ?? null);
}

function isRunning({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return startOf(pid) === started;
}

/**
 * Start time of a process in ticks since boot, where /proc tells; null for one that has ended and only waits for its parent to notice, which it
 * may do for ever where no init process takes in orphans (in a container).
 */
function startOf(pid: number): string | null {
  let line: string;
  try {
    line = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  // The second field, the command's name, may hold spaces and brackets; the rest follows the last bracket, its state first.
  const [state = '', ...rest] = line.slice(line.lastIndexOf(')') + 2).split(' ');
  return ENDED.has(state) ? null : (rest[18] ?? null);
}

const ENDED: ReadonlySet<string> = new Set(['Z', 'X']);
