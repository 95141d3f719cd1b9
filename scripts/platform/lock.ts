import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Explained } from '../setup/console.mjs';

/** Who runs on a data directory. */
export interface Holder {
  readonly pid: number;
  /** What the kernel says about when the process began; tells a reused process id from the process itself. Empty where it is not known. */
  readonly born: string;
  readonly since: string;
  /** Null until the platform serves. */
  readonly address: string | null;
  /** Processes it started, to be ended if it died without doing so. */
  readonly children: readonly { readonly pid: number; readonly born: string }[];
}

export interface Lock {
  update(change: Partial<Pick<Holder, 'address' | 'children'>>): void;
  release(): void;
}

/** When a process began, from /proc; empty when there is no such process or no /proc. */
export function birthOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/** Whether this very process still runs, not merely one with its number. */
export function isAlive({ pid, born }: { pid: number; born: string }): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return born === '' || birthOf(pid) === born;
}

/** Null where there is no file. A damaged one, which a power cut can leave, is nobody's: the file never appears without its content. */
function readHolder(file: string): Holder | 'damaged' | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    const holder = JSON.parse(text) as Holder;
    return typeof holder.pid === 'number' ? holder : 'damaged';
  } catch {
    return 'damaged';
  }
}

/** Tells a holder from every other. */
function nameOf(found: Holder | 'damaged' | null): string | null {
  if (found === null || found === 'damaged') return found;
  return `${found.pid}-${encodeURIComponent(found.born)}`;
}

/** Ends what a supervisor that died left running; each process leads its own group. */
function endOrphans(holder: Holder): void {
  for (const child of holder.children) {
    if (child.born === '' || !isAlive(child)) continue;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It ended between the question and the signal.
    }
  }
}

/**
 * Takes the data directory for this process.
 * @throws Explained when another living process holds it: names the process and its address.
 */
export function takeLock(data: string): Lock {
  mkdirSync(data, { recursive: true });
  const file = join(data, 'supervisor.json');
  let mine: Holder = { pid: process.pid, born: birthOf(process.pid), since: new Date().toISOString(), address: null, children: [] };
  const own = nameOf(mine);
  while (!place(file, mine)) {
    const holder = readHolder(file);
    if (holder === null) continue;
    if (holder !== 'damaged' && isAlive(holder)) throw refusal(data, holder);
    removeStale(file, holder);
  }
  const write = (): void => {
    const next = `${file}.${process.pid}`;
    writeFileSync(next, JSON.stringify(mine), { mode: 0o600 });
    renameSync(next, file);
  };
  return {
    update: (change) => {
      mine = { ...mine, ...change };
      write();
    },
    release: () => {
      if (nameOf(readHolder(file)) === own) rmSync(file, { force: true });
    },
  };
}

/** Puts the file in place with its content already in it; false when there is one. */
function place(file: string, mine: Holder): boolean {
  const own = `${file}.${mine.pid}`;
  try {
    writeFileSync(own, JSON.stringify(mine), { mode: 0o600 });
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * Removes the file of a dead holder and ends what it left running. Of those who saw the same one, one at a time may do it, and only while it is
 * still the one in place: a file that another start put there meanwhile is never touched.
 */
function removeStale(file: string, stale: Holder | 'damaged'): void {
  const marker = `${file}.takeover-${nameOf(stale)}`;
  try {
    writeFileSync(marker, '', { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // Another one is at it; a marker that stays was left by a process that died in this very moment.
    const since = statSync(marker, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > 10_000) rmSync(marker, { force: true });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    return;
  }
  try {
    const found = readHolder(file);
    if (nameOf(found) !== nameOf(stale)) return;
    if (found !== null && found !== 'damaged') endOrphans(found);
    rmSync(file, { force: true });
  } finally {
    rmSync(marker, { force: true });
  }
}

function refusal(data: string, holder: Holder): Explained {
  const where = holder.address === null ? 'and is still starting' : `at ${holder.address}`;
  return new Explained(
    `Plumbline already runs on ${data}: process ${holder.pid} ${where}, since ${new Date(holder.since).toLocaleString()}.\n` +
      'Use that one, stop it first (Ctrl-C there), or set PLUMBLINE_DATA to another folder.',
  );
}
