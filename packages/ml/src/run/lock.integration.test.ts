import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../training/fixture.ts';
import { RunBusyError } from './errors.ts';
import { lockRun } from './lock.ts';

let folder: ReturnType<typeof temporaryFolder>;
let lock: string;
beforeEach(() => {
  folder = temporaryFolder();
  lock = join(folder.path, '.lock');
});
afterEach(() => folder.remove());

const dead = (token: string): string => JSON.stringify({ pid: process.pid, started: 'an earlier process', token });

function script(body: string): ChildProcess {
  const source = JSON.stringify(fileURLToPath(new URL('lock.ts', import.meta.url)));
  const program = `import { lockRun } from ${source}; const run = ${JSON.stringify(folder.path)}; ${body}`;
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] });
}

test('of several processes that take, keep and leave dead locks again and again, one at a time holds the folder', async () => {
  const body = `
    import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
    const until = Date.now() + 1500;
    let held = 0;
    while (Date.now() < until) {
      const release = await lockRun(run, { patience: 5000 }).catch(() => null);
      if (!release) continue;
      // Fails where another process is inside as well.
      closeSync(openSync(run + '/inside', 'wx'));
      held++;
      await new Promise((resolve) => setImmediate(resolve));
      rmSync(run + '/inside');
      // Every second holder dies holding it, as far as the others can tell.
      if (held % 2) writeFileSync(run + '/.lock', JSON.stringify({ pid: process.pid, started: 'dead', token: process.pid + '-' + held }));
      else await release();
    }
    console.log(held);`;
  const takers = Array.from({ length: 4 }, () => script(body));
  const outcomes = await Promise.all(
    takers.map(async (child) => {
      let text = '';
      child.stdout!.on('data', (chunk: Buffer) => (text += String(chunk)));
      const [code] = (await once(child, 'close')) as [number];
      return { code, held: Number(text) };
    }),
  );
  expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  expect(outcomes.reduce((sum, { held }) => sum + held, 0)).toBeGreaterThan(20);
});

test('of many that find the same dead or damaged lock one gets it', async () => {
  for (let round = 0; round < 30; round++) {
    writeFileSync(lock, round % 3 === 0 ? '' : dead(`round-${round}`));
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => lockRun(folder.path)));
    const holders = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    expect(holders).toHaveLength(1);
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(RunBusyError);
    await holders[0]!.value();
    expect(readdirSync(folder.path)).toEqual([]);
  }
});

test('the lock is never seen without its holder', async () => {
  const child = script(`
    console.log('start');
    for (;;) { const release = await lockRun(run, { patience: 5000 }); await release(); }`);
  await once(createInterface({ input: child.stdout! }), 'line');
  let seen = 0;
  const until = Date.now() + 500;
  while (Date.now() < until) {
    try {
      expect(JSON.parse(readFileSync(lock, 'utf8'))).toMatchObject({ pid: child.pid });
      seen++;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(seen).toBeGreaterThan(0);
});

test('releasing leaves the lock of somebody else alone', async () => {
  const release = await lockRun(folder.path);
  writeFileSync(lock, dead('somebody else'));
  await release();
  expect(readFileSync(lock, 'utf8')).toBe(dead('somebody else'));
});

test('with patience it waits for the holder, and not when cancelled', async () => {
  const release = await lockRun(folder.path);
  await expect(lockRun(folder.path, { patience: 150 })).rejects.toThrow(`is being trained by process ${process.pid}`);
  await expect(lockRun(folder.path, { patience: 5000, signal: AbortSignal.timeout(50) })).rejects.toMatchObject({ name: 'AbortError' });
  const waiting = lockRun(folder.path, { patience: 5000 });
  await sleep(150);
  await release();
  await (
    await waiting
  )();
});

test.skipIf(!existsSync('/proc/self/stat'))('a holder that has ended but was never collected by its parent holds nothing', async () => {
  // The shell becomes a process that does not know of the child it already has.
  const parent = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
    const fields = (): string[] => readFileSync(`/proc/${line}/stat`, 'utf8').split(') ')[1]!.split(' ');
    writeFileSync(lock, JSON.stringify({ pid: Number(line), started: fields()[19], token: 'uncollected' }));
    await expect(lockRun(folder.path)).rejects.toThrow(RunBusyError);
    while (fields()[0] !== 'Z') await sleep(20);
    await (
      await lockRun(folder.path)
    )();
  } finally {
    parent.kill('SIGKILL');
  }
});
