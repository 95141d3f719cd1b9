import { existsSync, readFileSync } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RunError } from './errors.ts';

interface Holder {
  readonly pid: number;
  /** Distinguishes a process from a later one with the same id; null where the system does not tell. */
  readonly started: string | null;
}

/**
 * Takes a run folder for this process, so that two trainings never write it at once (a killed parent can leave one running).
 * A lock whose process is gone is taken over.
 * @returns what releases it
 * @throws RunError naming the process that holds it
 */
export async function lockRun(run: string): Promise<() => Promise<void>> {
  const path = join(run, '.lock');
  for (;;) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(JSON.stringify({ pid: process.pid, started: startOf(process.pid) } satisfies Holder));
      await file.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = await readHolder(path);
    if (holder && isRunning(holder)) throw new RunError(`${run} is being trained by process ${holder.pid}; wait for it or stop it first.`);
    await rm(path, { force: true });
  }
}

async function readHolder(path: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

function isRunning({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return startOf(pid) === started;
}

/** Start time of a process in ticks since boot, where /proc tells. */
function startOf(pid: number): string | null {
  const path = `/proc/${pid}/stat`;
  if (!existsSync(path)) return null;
  const stat = readFileSync(path, 'utf8');
  // The second field, the command's name, may hold spaces and brackets; the rest follows the last bracket.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}
