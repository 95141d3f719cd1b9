import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder, writeTinyDataset } from '../../../packages/ml/src/training/fixture.ts';

const launcher = fileURLToPath(new URL('../../../scripts/plumbline.mjs', import.meta.url));
const env = { ...process.env, PLUMBLINE_THREADS: '1' };

let folder: ReturnType<typeof temporaryFolder>;
beforeAll(async () => {
  folder = temporaryFolder();
  await writeTinyDataset(folder.path);
});
afterAll(() => folder.remove());

const reproduce = (out: string, ...more: string[]): string[] => [
  'reproduce',
  '--data',
  'stripes',
  '--out',
  out,
  '--budget',
  'smoke',
  ...more,
];
const small = ['--regimes', 'ae', '--seeds', '2', '--jobs', '2'];

function plumbline(args: readonly string[]): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...args], { cwd: folder.path, env, encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

/** In a process group of its own, so that all of it can be killed at once. */
function start(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [launcher, ...args], { cwd: folder.path, env, stdio: 'ignore', detached: true });
}

/** Also of a child that ended before it was asked about. */
const ended = async (child: ChildProcess): Promise<number | null> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  return child.exitCode;
};

/** results.json but for what time it took. */
function resultsOf(out: string): unknown {
  const { times: _times, ...rest } = JSON.parse(readFileSync(join(folder.path, out, 'results.json'), 'utf8')) as Record<string, unknown>;
  return rest;
}

const tablesOf = (out: string): Record<string, string> => {
  const at = join(folder.path, out, 'tables');
  return Object.fromEntries(readdirSync(at).map((name) => [name, readFileSync(join(at, name), 'utf8')]));
};

describe('an experiment', () => {
  beforeAll(() => {
    const { code, stderr } = plumbline(reproduce('whole', ...small));
    expect(code, stderr).toBe(0);
  });

  test('leaves plan, runs, evaluations, tables, figures, results and a report that needs nothing else', () => {
    const at = (...parts: string[]): string => join(folder.path, 'whole', ...parts);
    for (const seed of [1, 2]) {
      expect(existsSync(at(`runs/stripes/ae/seed-${seed}/manifest.json`))).toBe(true);
      expect(existsSync(at(`evaluations/stripes/ae/seed-${seed}/metrics.json`))).toBe(true);
    }
    for (const file of ['plan.json', 'results.json', 'tables/tables.md', 'figures/learning-stripes.svg'])
      expect(existsSync(at(file)), file).toBe(true);
    const report = readFileSync(at('report.html'), 'utf8');
    expect(report).toContain('Tables 6–8');
    expect(report).toContain('far too short for their numbers to mean anything');
    // Addresses in it are parts of the page, data, or the name of SVG itself.
    const addresses = [...report.matchAll(/(?:href|src|url)[=(]["']?([^"')>\s]+)/g)].map((match) => match[1]!);
    expect(addresses.filter((address) => !/^(#|data:image\/png;base64,)/.test(address))).toEqual([]);
    expect(report).not.toMatch(/<script|@import/);
  });

  test('killed with all its processes at three moments and called again, ends with the same results and tables', async () => {
    mkdirSync(join(folder.path, 'killed'));
    // How fast this machine is has been measured.
    cpSync(join(folder.path, 'whole/engine.json'), join(folder.path, 'killed/engine.json'));
    const moments = [0, 1, 2].map(() => 1500 + Math.random() * 4000);
    for (const moment of moments) {
      const child = start(reproduce('killed', ...small));
      await sleep(moment);
      if (child.exitCode === null && child.pid) process.kill(-child.pid, 'SIGKILL');
      await ended(child);
    }
    const { code, stderr } = plumbline(reproduce('killed', ...small));
    expect(code, `killed after ${moments.map(Math.round).join(', ')} ms: ${stderr}`).toBe(0);
    expect(resultsOf('killed'), `killed after ${moments.map(Math.round).join(', ')} ms`).toEqual(resultsOf('whole'));
    expect(tablesOf('killed')).toEqual(tablesOf('whole'));
  });

  test('called again repeats nothing that is finished', () => {
    const before = readFileSync(join(folder.path, 'whole/runs/stripes/ae/seed-1/manifest.json'), 'utf8');
    const { code, stdout, stderr } = plumbline(reproduce('whole', ...small, '--json'));
    expect(code).toBe(0);
    expect(stderr).not.toMatch(/done {4}|Experiment/);
    expect(JSON.parse(stdout)).toMatchObject({ regimes: ['ae'], seeds: [1, 2], unfinished: [] });
    expect(readFileSync(join(folder.path, 'whole/runs/stripes/ae/seed-1/manifest.json'), 'utf8')).toBe(before);
  });

  test('an evaluation of other weights than its run holds is made again, and nothing else', () => {
    const file = join(folder.path, 'whole/evaluations/stripes/ae/seed-2/metrics.json');
    const [before, results] = [JSON.parse(readFileSync(file, 'utf8')), resultsOf('whole')];
    writeFileSync(file, JSON.stringify({ ...before, checkpoint: { ...before.checkpoint, sha256: '0'.repeat(64) } }));
    const { code, stderr } = plumbline(reproduce('whole', ...small));
    expect(code, stderr).toBe(0);
    expect(stderr.match(/^done .*$/gm)).toEqual([expect.stringMatching(/^done +evaluations\/stripes\/ae\/seed-2 /)]);
    expect(JSON.parse(readFileSync(file, 'utf8')).checkpoint).toEqual(before.checkpoint);
    expect(resultsOf('whole')).toEqual(results);
  });

  test('is refused in one sentence with other settings, or in a folder of something else', () => {
    const other = plumbline(reproduce('whole', '--seeds', '3'));
    expect([other.code, other.stderr]).toEqual([
      2,
      expect.stringMatching(/^--out .*whole holds an experiment with seeds 1, 2, not 1, 2, 3; give another folder/),
    ]);
    const foreign = plumbline(reproduce('stripes', ...small));
    expect([foreign.code, foreign.stderr]).toEqual([2, expect.stringMatching(/already holds \w+, which is no part of an experiment/)]);
  });
});

test('two at once in one folder: the second is refused, naming the process; Ctrl-C stops the first cleanly', async () => {
  const first = start(reproduce('busy', ...small));
  while (!existsSync(join(folder.path, 'busy/plan.json'))) await sleep(50);
  const second = plumbline(reproduce('busy', ...small));
  expect([second.code, second.stderr]).toEqual([
    2,
    expect.stringMatching(/busy is being written by process \d+; wait for it or stop it first/),
  ]);
  if (first.pid) process.kill(-first.pid, 'SIGINT');
  expect(await ended(first)).toBe(130);
  expect(existsSync(join(folder.path, 'busy/.lock'))).toBe(false);
});

test('a test image and a mask that are cut off cost neither results nor report, which shows others', () => {
  cpSync(join(folder.path, 'stripes'), join(folder.path, 'damaged'), { recursive: true });
  cpSync(join(folder.path, 'whole/engine.json'), join(folder.path, 'cut/engine.json'));
  for (const file of ['test/good/0.png', 'ground_truth/blot/0_mask.png']) {
    const bytes = readFileSync(join(folder.path, 'damaged', file));
    writeFileSync(join(folder.path, 'damaged', file), bytes.subarray(0, bytes.length / 2));
  }
  const { code, stderr } = plumbline([
    ...['reproduce', '--data', 'damaged', '--out', 'cut', '--budget', 'smoke', '--seeds', '1', '--regimes', 'ae', 'sampler-only'],
  ]);
  expect(code, stderr).toBe(0);
  expect(resultsOf('cut')).toMatchObject({
    regimes: ['ae', 'sampler-only'],
    evaluations: [1, 2].map(() => ({ images: { good: 1, defective: 2, withoutMask: 1, unusable: ['test/good/0'] } })),
  });
  const report = readFileSync(join(folder.path, 'cut/report.html'), 'utf8');
  const [, examples, orientation, sampler] = report.match(/id="examples"(.*?)id="orientation"(.*?)id="sampler"(.*)/s)!.map(String);
  for (const section of [examples, sampler]) expect(section).toContain('<figcaption>good/1</figcaption>');
  expect(orientation).toContain('J(α) of damaged, good/1');
  expect(report).toContain('<figcaption>its mask cannot be used</figcaption>');
  expect(report).not.toContain('<figcaption>good/0</figcaption>');
});

test('a step that fails is named with its reason in the terminal and in the report, and the exit code is 1', () => {
  cpSync(join(folder.path, 'stripes/train'), join(folder.path, 'bare/train'), { recursive: true });
  cpSync(join(folder.path, 'whole/engine.json'), join(folder.path, 'failing/engine.json'));
  const { code, stderr } = plumbline(['reproduce', '--data', 'bare', '--out', 'failing', '--budget', 'smoke', '--regimes', 'ae']);
  expect(code, stderr).toBe(1);
  expect(stderr).toMatch(/evaluations\/bare\/ae\/seed-1: bare has no test images/);
  expect(readFileSync(join(folder.path, 'failing/report.html'), 'utf8')).toContain('bare has no test images');
  expect(existsSync(join(folder.path, 'failing/runs/bare/ae/seed-1/manifest.json'))).toBe(true);
});

describe('bad input: exit code 2 and one sentence', () => {
  test.each([
    [
      ['--data', 'sample:wood', '--out', 'x', '--budget', 'smoke'],
      /^--data sample:wood: there is no such sample; give one of sample:brick/,
    ],
    [['--data', 'stripes', '--out', 'x', '--budget', 'tiny'], /^--budget is tiny; give one of smoke, small, paper/],
    [['--data', 'stripes', '--out', 'x', '--budget', 'smoke', '--regimes', 'ae,stn'], /^--regimes is stn; give one of ae, stn-frozen/],
    [['--data', 'stripes', '--out', 'x', '--budget', 'smoke', '--regimes', 'ae', 'stn'], /^--regimes is stn; give one of ae, stn-frozen/],
    [['--data', 'stripes', '--out', 'x', '--budget', 'smoke', '--regimes', ','], /^--regimes names none; give some, such as ae stn-frozen/],
    [['--data', 'stripes', '--out', 'stripes/test/good/0.png', '--budget', 'smoke'], /^--out .*0\.png is a file; give a folder/],
    [['--data', 'stripes', 'stripes', '--out', 'x', '--budget', 'smoke'], /^The class stripes is named twice/],
  ])('%j', (args, sentence) => {
    const { code, stdout, stderr } = plumbline(['reproduce', ...args]);
    expect([code, stdout, stderr.split('\n')[0]]).toEqual([2, '', expect.stringMatching(sentence)]);
  });
});
