import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveRecipe, RunBusyError, RunError } from '@plumbline/ml';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isFinal } from './failures.ts';
import { runTask } from './runTask.ts';

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'plumbline-task-'));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

test('a run that another process holds is tried again, one that cannot be used is not', () => {
  expect(isFinal(new RunBusyError('busy'))).toBe(false);
  expect(isFinal(new RunError('unusable'))).toBe(true);
});

test('a process that computes is told nothing of the database and of sessions', async () => {
  const secrets = { DATABASE_URL: 'postgres://u:p@h/d', NEXTAUTH_SECRET: 'x', PLUMBLINE_INTERNAL_SECRET: 'x', PGPASSWORD: 'x' };
  for (const [name, value] of Object.entries(secrets)) vi.stubEnv(name, value);
  vi.stubEnv('PLUMBLINE_THREADS', '1');
  let names: string[] = [];
  const dataset = { name: 'nothing', images: [] };
  const task = { kind: 'train', recipe: resolveRecipe('ae', []), dataset, seed: 1, epochs: 1, out } as const;
  const onStart = (pid: number): void => {
    names = readFileSync(`/proc/${pid}/environ`, 'utf8')
      .split('\0')
      .map((line) => line.split('=')[0]!);
  };
  await expect(runTask(task, { signal: AbortSignal.timeout(60_000), onMessage: () => undefined, onStart })).rejects.toThrow(
    'training images',
  );
  vi.unstubAllEnvs();
  expect(names).toEqual(expect.arrayContaining(['PATH', 'PLUMBLINE_THREADS', 'TF_NUM_INTRAOP_THREADS']));
  for (const name of Object.keys(secrets)) expect(names).not.toContain(name);
});

test('a training whose folder is still held waits for it to be free', async () => {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  const lock = join(out, '.lock');
  writeFileSync(lock, JSON.stringify({ pid: process.pid, started, token: 'predecessor' }));
  const dataset = { name: 'nothing', images: [] };
  const task = { kind: 'train', recipe: resolveRecipe('ae', []), dataset, seed: 1, epochs: 1, out } as const;
  // Its first word is the engine's; the folder is asked for next.
  const onMessage = (): void => void setTimeout(() => rmSync(lock, { force: true }), 1000);
  const outcome = runTask(task, { signal: AbortSignal.timeout(60_000), onMessage });
  // Past the lock, it finds nothing to train on.
  await expect(outcome).rejects.toThrow('nothing has no training images');
});
