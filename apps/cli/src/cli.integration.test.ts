import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder, TINY, writeTinyDataset } from '../../../packages/ml/src/training/fixture.ts';

const launcher = fileURLToPath(new URL('../../../scripts/plumbline.mjs', import.meta.url));
const env = { ...process.env, PLUMBLINE_THREADS: '1' };

let folder: ReturnType<typeof temporaryFolder>;
beforeAll(async () => {
  folder = temporaryFolder();
  await writeTinyDataset(folder.path);
});
afterAll(() => folder.remove());

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `plumbline` as a user would, in a folder of its own: paths are relative to the caller. */
function plumbline(...args: string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...args], { cwd: folder.path, env, encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

const trainArguments = (out: string, ...more: string[]): string[] => [
  ...['train', '--data', 'stripes', '--recipe', 'ae', '--out', out, '--set', ...TINY, ...more],
];

/** Starts a training and gives its process once the wanted line is on stderr. */
async function startedUntil(line: RegExp, args: readonly string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [launcher, ...args], { cwd: folder.path, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      if (line.test(log)) resolve();
    });
    child.once('exit', () => reject(new Error(`ended before ${line}: ${log}`)));
  });
  return child;
}

const ended = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('close', resolve));
const manifestOf = (run: string) => JSON.parse(readFileSync(join(folder.path, run, 'manifest.json'), 'utf8'));

test('recipe --json prints one document: every default filled in, settings applied, and the hash', () => {
  const { code, stdout } = plumbline('recipe', 'ae', '--set', 'training.epochs=3', 'model.latent=32', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    name: 'ae',
    training: { epochs: 3, batch: 16 },
    model: { latent: 32 },
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

test('a recipe file is read, and its hash does not depend on how it was named', () => {
  writeFileSync(join(folder.path, 'mine.json'), JSON.stringify({ name: 'mine', model: { latent: 12 } }));
  const own = JSON.parse(plumbline('recipe', 'mine.json', '--json').stdout);
  const set = JSON.parse(plumbline('recipe', 'ae', '--set', 'model.latent=12', '--json').stdout);
  expect(own.name).toBe('mine');
  expect(own.hash).toBe(set.hash);
});

test('train and evaluate work on relative paths, and --json prints one document on stdout', () => {
  const trained = plumbline(...trainArguments('run'), '--json');
  expect(trained.stderr).toMatch(/epoch 2: training/);
  expect(JSON.parse(trained.stdout)).toMatchObject({ state: 'complete', seed: 1 });
  const evaluated = plumbline('evaluate', '--run', 'run', '--data', 'stripes', '--out', 'eval', '--json');
  expect(evaluated.code).toBe(0);
  expect(JSON.parse(evaluated.stdout)).toEqual(JSON.parse(readFileSync(join(folder.path, 'eval/metrics.json'), 'utf8')));
});

test('--version prints the version and nothing else', () => {
  const { code, stdout, stderr } = plumbline('--version');
  expect([code, stdout, stderr]).toEqual([
    0,
    `${JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version}\n`,
    '',
  ]);
});

describe('stopped in the middle', () => {
  const args = (out: string) => trainArguments(out, 'training.epochs=4');
  let whole: string;
  beforeAll(() => {
    expect(plumbline(...args('whole')).code).toBe(0);
    whole = manifestOf('whole').checkpoints.last.sha256;
  });

  test('kill -9 and --resume end with the same weights, and no process goes on unseen', async () => {
    const child = await startedUntil(/epoch 1:/, args('killed'));
    child.kill('SIGKILL');
    await ended(child);
    let outcome: Outcome;
    // What the launcher started ends by itself within a step; until then it holds the folder.
    do outcome = plumbline(...args('killed'), '--resume');
    while (/is being trained by process/.test(outcome.stderr));
    expect(outcome.code).toBe(0);
    expect(manifestOf('killed')).toMatchObject({ state: 'complete', checkpoints: { last: { sha256: whole } } });
    const epochs = readFileSync(join(folder.path, 'killed/history.csv'), 'utf8').trim().split('\n').slice(1);
    expect(epochs.map((line) => line.split(',')[0])).toEqual(['1', '2', '3', '4']);
  });

  test('Ctrl-C stops cleanly with exit code 130, and --resume ends with the same weights', async () => {
    const child = await startedUntil(/epoch 1:/, args('stopped'));
    child.kill('SIGINT');
    expect(await ended(child)).toBe(130);
    expect(existsSync(join(folder.path, 'stopped/.lock'))).toBe(false);
    expect(plumbline(...args('stopped'), '--resume').code).toBe(0);
    expect(manifestOf('stopped').checkpoints.last.sha256).toBe(whole);
  });
});

describe('bad input: exit code 2, nothing on stdout, one sentence that names it', () => {
  test.each([
    [['train', '--data', 'nowhere', '--recipe', 'ae', '--out', 'x'], /^--data nowhere: there is no such folder/],
    [['train', '--data', '.', '--recipe', 'ae', '--out', 'x'], /is not in MVTec AD's layout/],
    [['train', '--data', 'stripes', '--recipe', 'aee', '--out', 'x'], /^There is no recipe named aee; use one of ae/],
    [['train', '--data', 'stripes', '--recipe', 'ae', '--out', 'x', '--set', 'training.epoch=3'], /did you mean training\.epochs\?/],
    [['train', '--data', 'stripes', '--recipe', 'ae', '--out', 'x', '--seed', 'one'], /^--seed is one; give a whole number/],
    [['recipe', 'none.json'], /^none\.json: there is no such recipe file/],
    [['evaluate', '--run', 'stripes', '--data', 'stripes', '--out', 'x'], /stripes holds no run/],
    [
      ['evaluate', '--run', 'stripes', '--data', 'stripes', '--out', 'x', '--split', 'all'],
      /^--split is all; give one of test, validation/,
    ],
    [['train', '--data', 'stripes', '--recipe', 'ae', '--out', 'stripes/test/good/0.png'], /^--out .*0\.png is a file; give a folder\.$/],
    [
      ['evaluate', '--run', 'stripes', '--data', 'stripes', '--out', 'stripes/test/good/0.png'],
      /^--out .*0\.png is a file; give a folder\.$/,
    ],
    [['paint'], /unknown command 'paint'/],
    [['train', '--dta', 'x'], /^error: unknown option '--dta'$/],
    [['train', '--recipe', 'ae'], /^error: required option '--data <dir>' not specified/],
    [['evaluate', '--run', 'x', '--dat', 'y', '--out', 'z'], /^error: unknown option '--dat'$/],
  ])('%j', (args, sentence) => {
    const { code, stdout, stderr } = plumbline(...args);
    expect([code, stdout]).toEqual([2, '']);
    const lines = stderr.split('\n').filter((line) => !/^(WARNING: All log|[IWE]\d{4} )/.test(line));
    expect(lines[0]).toMatch(sentence);
  });

  test('a misspelt option is told before one that is missing, with the one that was meant', () => {
    expect(plumbline('train', '--dta', 'x').stderr).toContain('(Did you mean --data?)');
  });

  test('a folder that holds a run is refused without --resume', () => {
    writeFileSync(join(folder.path, 'manifest.json'), '{}');
    const { code, stderr } = plumbline(...trainArguments('.'));
    expect(code).toBe(2);
    expect(stderr).toMatch(/manifest\.json is not the manifest of a run/);
  });
});
