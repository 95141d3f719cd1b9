import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
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

function readHolder(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return null;
  }
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
  for (let attempt = 0; ; attempt++) {
    try {
      const descriptor = openSync(file, 'wx', 0o600);
      writeSync(descriptor, JSON.stringify(mine));
      closeSync(descriptor);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 3) throw error;
      const holder = readHolder(file);
      if (holder !== null && isAlive(holder)) throw refusal(data, holder);
      setAside(file, holder);
    }
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
    release: () => rmSync(file, { force: true }),
  };
}

/** Removes a dead holder's file. Renamed first, so that of two processes that found it dead only one goes on with it. */
function setAside(file: string, seen: Holder | null): void {
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (moved !== null && moved.pid !== seen?.pid && isAlive(moved)) {
    // Another start took the lock between our two looks: give it back.
    renameSync(aside, file);
    return;
  }
  if (moved !== null) endOrphans(moved);
  rmSync(aside, { force: true });
}

function refusal(data: string, holder: Holder): Explained {
  const where = holder.address === null ? 'and is still starting' : `at ${holder.address}`;
  return new Explained(
    `Plumbline already runs on ${data}: process ${holder.pid} ${where}, since ${new Date(holder.since).toLocaleString()}.\n` +
      'Use that one, stop it first (Ctrl-C there), or set PLUMBLINE_DATA to another folder.',
  );
}
