import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from './lock.ts';

let folder: string;
let lock: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-lock-'));
  lock = join(folder, 'install.lock');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A process that takes the lock, says so, and keeps it for a while. */
async function holder(milliseconds: number): Promise<ReturnType<typeof spawn>> {
  const source = fileURLToPath(new URL('lock.ts', import.meta.url));
  const program = `import { withLock } from ${JSON.stringify(source)};
    await withLock(${JSON.stringify(lock)}, async () => { console.log('held'); await new Promise((r) => setTimeout(r, ${milliseconds})); });`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

describe('withLock', () => {
  it('lets one of many at a time work and leaves nothing behind', async () => {
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++inside);
      await sleep(5);
      inside--;
    };
    await Promise.all(Array.from({ length: 8 }, () => withLock(lock, work, { pollEvery: 2 })));
    expect(most).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('waits for another process and tells its number', async () => {
    const child = await holder(400);
    const told: number[] = [];
    await withLock(lock, () => Promise.resolve(), { onWait: (pid) => told.push(pid), pollEvery: 20 });
    expect(told).toEqual([child.pid]);
  });

  it('takes over from a process that was killed, even when many try at once', async () => {
    const child = await holder(60_000);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(existsSync(lock)).toBe(true);
    let inside = 0;
    const work = async (): Promise<number> => {
      const alone = ++inside === 1 ? 1 : 0;
      await sleep(5);
      inside--;
      return alone;
    };
    const results = await Promise.all(Array.from({ length: 6 }, () => withLock(lock, work, { pollEvery: 2 })));
    expect(results).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('is given back when the work fails', async () => {
    await expect(withLock(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(lock)).toBe(false);
  });

  it('can be stopped while waiting', async () => {
    const child = await holder(5_000);
    await expect(withLock(lock, () => Promise.resolve(), { signal: AbortSignal.timeout(50), pollEvery: 10 })).rejects.toThrow();
    child.kill('SIGKILL');
  });
});
