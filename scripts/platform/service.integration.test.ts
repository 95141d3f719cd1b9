import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startService, type Service } from './service.ts';

let folder = '';
let service: Service | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-service-'));
});
afterEach(async () => {
  await service?.stop(200);
  service = null;
  rmSync(folder, { recursive: true, force: true });
});

function start(program: string): { service: Service; crashes: string[]; log: () => string } {
  const entry = join(folder, 'program.mjs');
  const logFile = join(folder, 'logs/program.log');
  writeFileSync(entry, program);
  const crashes: string[] = [];
  const started = startService({
    name: 'test',
    entry,
    environment: { PATH: process.env['PATH'] ?? '', FOLDER: folder },
    logFile,
    onCrash: (sentence) => crashes.push(sentence),
    onProcess: () => undefined,
  });
  service = started;
  return { service: started, crashes, log: () => readFileSync(logFile, 'utf8') };
}

const sayReady = `console.log(JSON.stringify({ msg: 'ready' }));`;
const stay = 'setInterval(() => undefined, 1000);';
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
};
const runs = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('a process of the platform', () => {
  it('is started again when it is killed, and its output is kept', async () => {
    const { service: running, crashes, log } = start(`console.error('hello from stderr'); ${sayReady} ${stay}`);
    await running.ready;
    const first = running.pid!;
    process.kill(first, 'SIGKILL');
    await until(() => running.pid !== null && running.pid !== first);
    expect(crashes[0]).toMatch(/SIGKILL/);
    await until(() => (log().match(/hello from stderr/g) ?? []).length === 2);
  });

  it('does not leave what it had started working beside its successor', async () => {
    const { service: running } = start(`
      import { spawn } from 'node:child_process';
      import { appendFileSync } from 'node:fs';
      appendFileSync(process.env.FOLDER + '/children', spawn('sleep', ['60'], { stdio: 'inherit' }).pid + '\\n');
      ${sayReady} ${stay}`);
    await running.ready;
    const children = (): number[] => readFileSync(join(folder, 'children'), 'utf8').trim().split('\n').map(Number);
    process.kill(running.pid!, 'SIGKILL');
    await until(() => children().length === 2);
    await until(() => !runs(children()[0]!));
    expect(runs(children()[1]!)).toBe(true);
  });

  it('that never becomes ready is given up after three attempts', async () => {
    const { service: running, log } = start(`console.error('no database'); process.exit(3);`);
    await expect(running.ready).rejects.toThrow(/did not start \(code 3\)/);
    await until(() => log().includes('no database'));
  });

  it('that ignores the request to end is ended with everything it started', async () => {
    const { service: running } = start(`
      import { spawn } from 'node:child_process';
      import { writeFileSync } from 'node:fs';
      process.on('SIGTERM', () => undefined);
      writeFileSync(process.env.FOLDER + '/child', String(spawn('sleep', ['60']).pid));
      ${sayReady} ${stay}`);
    await running.ready;
    const pids = [running.pid!, Number(readFileSync(join(folder, 'child'), 'utf8'))];
    const asked = Date.now();
    await running.stop(300);
    expect(Date.now() - asked).toBeLessThan(3000);
    await until(() => pids.every((pid) => !runs(pid)));
  });
});
