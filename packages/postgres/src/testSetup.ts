import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, readPostmaster, stopPostmaster } from './postmaster.ts';
import { testServerVariable } from './testing.ts';

const prefix = 'plumbline-test-';

async function remove(folder: string): Promise<void> {
  const running = readPostmaster(join(folder, 'data'));
  if (running && isAlive(running.pid)) await stopPostmaster(running.pid);
  rmSync(folder, { recursive: true, force: true });
}

/** What earlier test runs left behind that were killed before they could tidy up. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const owner = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (owner && !isAlive(Number(owner))) await remove(join(tmpdir(), name)).catch(() => undefined);
  }
}

/** Global setup of vitest: names the folder where the test processes meet; the server itself starts when a test first asks for a database. */
export default async function setup(): Promise<() => Promise<void>> {
  await sweep();
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  process.env[testServerVariable] = folder;
  return () => remove(folder);
}
