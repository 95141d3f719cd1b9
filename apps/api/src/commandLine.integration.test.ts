import { spawn } from 'node:child_process';
import { createServer, request as forward, type Server } from 'node:http';
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scenarios, type TeamWithProject } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from './testing/api.ts';
import { writeStripes } from './testing/stripes.ts';
import { startWorker } from './testing/worker.ts';

const launcher = fileURLToPath(new URL('../../../scripts/plumbline.mjs', import.meta.url));
const tiny = ['--set', 'data.trainPatches=16', 'model.latent=8', '--epochs', '2'];

let api: TestApi;
let worker: Awaited<ReturnType<typeof startWorker>>;
let own: TeamWithProject;
let token: string;
let folder: string;

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts `plumbline` as a person would, in a folder of its own, against the API under test unless told otherwise. */
function started(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [launcher, ...args], {
    cwd: folder,
    env: {
      ...process.env,
      ...{ PLUMBLINE_SERVER: api.url, PLUMBLINE_TOKEN: token, PLUMBLINE_STATE: join(folder, 'state'), PLUMBLINE_THREADS: '1' },
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (chunk: Buffer) => (said[name] += chunk.toString()));
  const outcome = new Promise<Outcome>((resolve) => child.once('close', (code) => resolve({ code, ...said })));
  return { outcome, interrupt: () => child.kill('SIGINT') };
}
const plumbline = (args: readonly string[], environment?: Readonly<Record<string, string>>) => started(args, environment).outcome;

async function json<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await plumbline([...args, '--json']);
  expect([code, stderr], stderr).toEqual([0, stderr]);
  return JSON.parse(stdout) as T;
}

const newToken = async (...scopes: ('read' | 'write')[]): Promise<string> => (await api.tokenOf(own.engineer, own.team, { scopes })).secret;

/** Relative paths of every file below a folder. */
async function filesIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .sort();
}

beforeAll(async () => {
  api = await startApi();
  own = await scenarios.teamWithProject(api.db, { project: 'Line 4' });
  token = await newToken('read', 'write');
  folder = await mkdtemp(join(tmpdir(), 'plumbline-cli-'));
  await writeStripes(join(folder, 'stripes'));
  worker = await startWorker(api);
});
afterAll(async () => {
  await worker?.stop();
  await api?.stop();
  await rm(folder, { recursive: true, force: true });
});

interface ImportDocument {
  readonly import: { readonly id: string; readonly accepted: number; readonly duplicates: number };
  readonly dataset: { readonly id: string };
  readonly refused: readonly { readonly path: string; readonly reason: string }[];
}
interface RunDocument {
  readonly id: string;
  readonly state: string;
  readonly evaluations: readonly { readonly id: string; readonly state: string }[];
}

describe('a person at a terminal', () => {
  let run: RunDocument;

  it('imports a folder with a verdict a file, trains, evaluates and takes both home, where plumbline goes on with them', async () => {
    await writeFile(join(folder, 'stripes/test/spot/broken.png'), 'no picture');
    const imported = await json<ImportDocument>('import', 'stripes', '--dataset', 'stripes');
    expect(imported.import).toMatchObject({ state: 'succeeded', accepted: 12, refused: 1, duplicates: 0 });
    expect(imported.refused).toEqual([{ path: 'stripes/test/spot/broken.png', reason: expect.stringContaining('broken.png') }]);
    const again = await plumbline(['import', 'stripes', '--dataset', 'stripes', '--strict']);
    expect([again.code, again.stdout, again.stderr]).toEqual([
      1,
      expect.stringMatching(/^refused {2}stripes\/test\/spot\/broken\.png: .+\nstripes: 0 taken, 12 there already, 1 refused/),
      expect.stringContaining('1 of the files were refused.'),
    ]);

    run = await json<RunDocument>('train', '--dataset', 'stripes', '--recipe', 'sample/ae', '--seed', '3', ...tiny, '--watch');
    expect(run).toMatchObject({ state: 'succeeded', seed: 3, epoch: 2, epochs: 2, evaluations: [{ state: 'succeeded', done: 4 }] });
    expect(run).toMatchObject({ variant: { name: expect.stringMatching(/^sample\/ae [0-9a-f]{8}$/) } });

    const evaluation = run.evaluations[0]?.id ?? '';
    const fetched = await json<object>('download', evaluation, '--out', 'evaluation');
    const files = await filesIn(join(folder, 'evaluation'));
    expect(fetched).toMatchObject({ id: evaluation, kind: 'evaluation', files: files.length, kept: 0 });
    expect(files).toEqual(expect.arrayContaining(['metrics.json', 'scores.csv', 'curves.json', 'anomaly_maps/stripes/test/spot/8.tiff']));
    expect(await json<object>('download', `${run.id}`, '--out', 'run')).toMatchObject({ kind: 'run' });

    const metrics = (path: string) => readFile(join(folder, path, 'metrics.json'), 'utf8').then((text) => JSON.parse(text) as Metrics);
    await rm(join(folder, 'stripes/test/spot/broken.png'));
    const here = await plumbline(['evaluate', '--run', 'run', '--data', 'stripes', '--out', 'evaluated-here']);
    expect(here.code, here.stderr).toBe(0);
    expect((await metrics('evaluated-here')).measures.ssim.image).toEqual((await metrics('evaluation')).measures.ssim.image);
    const map = 'anomaly_maps/stripes/test/spot/8.tiff';
    const sizes = await Promise.all(['evaluation', 'evaluated-here'].map((one) => stat(join(folder, one, map))));
    expect(sizes[0]?.size).toBe(sizes[1]?.size);
    const compared = await plumbline(['compare', 'evaluation', '--out', 'tables']);
    expect(compared.code, compared.stderr).toBe(0);
    expect(await readdir(join(folder, 'tables'))).toContain('tables.md');
  });

  it('sees how far things are, in a line or as JSON, and by exit code whether they came out well', async () => {
    const list = await plumbline(['status']);
    expect(list.stdout).toContain(`${run.id} sample/ae`);
    expect(await json<object>('status')).toMatchObject({ project: { name: 'Line 4' }, runs: [{ id: run.id }] });
    expect((await plumbline(['status', run.id, '--watch'])).code).toBe(0);
    const row = await api.db.trainingRun.findUniqueOrThrow({ where: { id: run.id.slice(4) } });
    const { projectId, variantId, recipeId, datasetVersionId } = row;
    const failed = await api.db.trainingRun.create({ data: { projectId, variantId, recipeId, datasetVersionId, seed: 9, epochs: 2 } });
    await api.db.trainingRun.update({ where: { id: failed.id }, data: { state: 'preparing' } });
    await api.db.trainingRun.update({ where: { id: failed.id }, data: { state: 'failed', reason: 'The disk is full.' } });
    const watched = await plumbline(['status', `run_${failed.id}`, '--watch']);
    expect([watched.code, watched.stderr]).toEqual([1, expect.stringContaining(`run_${failed.id} failed: The disk is full.`)]);
    expect((await plumbline(['status', `run_${failed.id}`])).code).toBe(0);
  });

  it('goes on with a download where it was broken off, keeps what is whole and mends what is not', async () => {
    const evaluation = run.evaluations[0]?.id ?? '';
    await cp(join(folder, 'evaluation'), join(folder, 'half'), { recursive: true });
    const whole = await filesIn(join(folder, 'half'));
    await rm(join(folder, 'half/metrics.json'));
    await rm(join(folder, 'half/anomaly_maps'), { recursive: true });
    const [input] = whole.filter((path) => path.startsWith('inputs/'));
    const picture = await readFile(join(folder, 'half', input ?? ''));
    await writeFile(join(folder, 'half', input ?? ''), Buffer.alloc(picture.length));
    const foreign = await plumbline(['download', evaluation, '--out', 'half']);
    expect([foreign.code, foreign.stderr]).toEqual([2, expect.stringContaining('holds something else already; give another folder.')]);
    await writeFile(join(folder, 'half/.download'), evaluation);
    const mended = await json<{ files: number; kept: number }>('download', evaluation, '--out', 'half');
    expect(mended).toMatchObject({ files: whole.length, kept: whole.length - 1 - 4 - 1 });
    expect(await filesIn(join(folder, 'half'))).toEqual(whole);
    expect((await readFile(join(folder, 'half', input ?? ''))).equals(picture)).toBe(true);
  });
});

interface Metrics {
  readonly measures: { readonly ssim: { readonly image: object } };
}

describe('an import that is broken off', () => {
  /** What reaches the API of uploads; a second piece of a file is held back for ever while `holds`. */
  const seen = { made: 0, pieces: 0, bytes: 0, holds: true };
  let proxy: Server;
  let url: string;

  beforeAll(async () => {
    proxy = createServer((request, response) => {
      const upload = request.url?.startsWith('/uploads') ?? false;
      if (upload && request.method === 'POST') seen.made++;
      if (upload && request.method === 'PATCH') seen.pieces++;
      if (seen.holds && seen.pieces === 2 && request.method === 'PATCH') return;
      if (upload) request.on('data', (part: Buffer) => (seen.bytes += part.length));
      const { method = 'GET', headers } = request;
      const passed = forward(`${api.url}${request.url}`, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      passed.on('error', () => response.destroy());
      request.pipe(passed);
    });
    await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    proxy.closeAllConnections();
    proxy.close();
  });

  it('goes on where it stopped: what has arrived is not sent again', async () => {
    await cp(join(folder, 'stripes/train'), join(folder, 'parts/train'), { recursive: true });
    // A large file, which takes three requests; being no picture it is refused in the end.
    const piece = 16 * 2 ** 20;
    await writeFile(join(folder, 'parts/train/good/9.png'), Buffer.alloc(2 * piece + 5, 7));
    const args = ['import', 'parts', '--dataset', 'parts', '--json'];
    const first = started(args, { PLUMBLINE_SERVER: url });
    // Six small files in a request each, and the large one's first piece.
    await expect.poll(() => [seen.made, seen.pieces], { timeout: 60_000 }).toEqual([7, 2]);
    await expect.poll(() => notesOf('parts').then((notes) => notes.filter(({ whole }) => whole).length), { timeout: 60_000 }).toBe(6);
    first.interrupt();
    expect(await first.outcome).toMatchObject({ code: 130, stdout: '', stderr: expect.stringContaining('the same command goes on') });
    Object.assign(seen, { made: 0, pieces: 0, bytes: 0, holds: false });
    const second = await plumbline(args, { PLUMBLINE_SERVER: url });
    expect([second.code, second.stderr]).toEqual([0, expect.stringContaining('6 of 7 files have arrived before')]);
    expect(JSON.parse(second.stdout)).toMatchObject({ import: { accepted: 6, refused: 1 } });
    expect(seen).toMatchObject({ made: 0, bytes: piece + 5 });
    expect(await notesOf('parts')).toEqual([]);
  });
});

/** What the command line remembers of the files of a folder. */
async function notesOf(name: string): Promise<{ key: string; whole: boolean }[]> {
  const paths = await filesIn(join(folder, 'state'));
  const texts = await Promise.all(paths.map((path) => readFile(join(folder, 'state', path), 'utf8')));
  const lines = texts.flatMap((text) => text.trim().split('\n')).map((line) => JSON.parse(line) as { key: string; whole: boolean });
  return lines.filter(({ key }) => key.includes(`/${name}/`));
}

describe('what cannot be done: one sentence, nothing on stdout', () => {
  it.each([
    [['status'], { PLUMBLINE_TOKEN: 'plb_wrong' }, 2, /does not accept the API token: it may have expired/],
    [['status'], { PLUMBLINE_SERVER: 'http://127.0.0.1:9' }, 1, /^http:\/\/127\.0\.0\.1:9 does not answer \(.+\); check --server/],
    [['status', 'run_1'], {}, 2, /^run_1: there is no such thing on/],
    [['train', '--dataset', 'none', '--recipe', 'ae'], {}, 2, /^--dataset none: Line 4 has no such dataset; there is /],
    [['download', 'evl_1', '--out', 'x'], {}, 2, /^evl_1: there is no such evaluation/],
  ] as const)('%j %j', async (args, environment, code, sentence) => {
    const outcome = await plumbline(args, environment);
    expect([outcome.code, outcome.stdout], outcome.stderr).toEqual([code, '']);
    expect(outcome.stderr.trim().split('\n')).toEqual([expect.stringMatching(sentence)]);
  });

  it('a token that only reads is told so, and nothing is changed', async () => {
    const reading = { PLUMBLINE_TOKEN: await newToken('read') };
    const before = await api.db.dataset.count();
    const outcome = await plumbline(['import', 'stripes', '--dataset', 'another'], reading);
    expect([outcome.code, outcome.stderr.trim()]).toEqual([2, 'This API token has no scope to write; make one that has.']);
    expect(await api.db.dataset.count()).toBe(before);
    expect((await plumbline(['status'], reading)).code).toBe(0);
  });
});
