import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchPlatform } from '../../scripts/platform/launch.ts';
import { root } from '../../scripts/setup/console.mjs';
import { expect, platform, test } from '../support/test.ts';

interface Holder {
  readonly pid: number;
  readonly children: readonly { readonly pid: number }[];
}

const holderOf = async (data: string): Promise<Holder> => JSON.parse(await readFile(join(data, 'supervisor.json'), 'utf8')) as Holder;

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Runs `npm start`'s program on a data directory until it ends. */
function startOnce(data: string): Promise<{ code: number | null; output: string }> {
  const env = { ...process.env, PLUMBLINE_DATA: data, NO_COLOR: '1' };
  const child = spawn(process.execPath, [join(root, 'scripts/start.mjs')], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

test('a second start on the same data directory is refused and names the running one', async () => {
  const { pid } = await holderOf(platform.data);
  const { code, output } = await startOnce(platform.data);
  expect(code).toBe(1);
  expect(output).toContain(`process ${pid} at ${platform.address}`);
  expect((await holderOf(platform.data)).pid).toBe(pid);
});

test('api, worker, web and database each come back after a kill', async ({ request }) => {
  const answers = async (): Promise<boolean> => {
    const response = await request
      .post(`${platform.address}/graphql`, { data: { query: '{ setup { needsOwner } }' }, headers: { origin: platform.address } })
      .catch(() => null);
    return response?.ok() === true && !(await response.text()).includes('"errors"');
  };
  await expect.poll(answers, { timeout: 30_000 }).toBe(true);
  const before = (await holderOf(platform.data)).children.map(({ pid }) => pid);
  expect(before.length).toBe(3);
  const database = Number((await readFile(join(platform.data, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);
  for (const pid of [...before, database]) process.kill(pid, 'SIGKILL');
  await expect
    .poll(async () => (await holderOf(platform.data)).children.filter(({ pid }) => !before.includes(pid)).length, { timeout: 30_000 })
    .toBe(3);
  await expect.poll(answers, { timeout: 45_000 }).toBe(true);
});

test('a closing terminal ends every process within ten seconds', async () => {
  const data = await mkdtemp(join(tmpdir(), 'plumbline-e2e-hangup-'));
  try {
    const second = await launchPlatform({ data });
    const { children } = await holderOf(data);
    const database = Number((await readFile(join(data, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);
    const asked = Date.now();
    expect(await second.stop('SIGHUP')).toBe(0);
    const left = asked + 10_000 - Date.now();
    expect(left).toBeGreaterThan(0);
    // What was ended may still wait to be collected by whoever adopted it.
    await expect.poll(() => [...children.map(({ pid }) => pid), database].filter(runs), { timeout: left }).toEqual([]);
  } finally {
    await rm(data, { recursive: true, force: true });
  }
});
