import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeFloat32Tiff } from '@plumbline/ml/images';
import { scenarios } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { mostTokens } from './graphql/limits.ts';
import { longestPage } from './paging.ts';
import { startApi, type TestApi } from './testing/api.ts';
import { writeStripes } from './testing/stripes.ts';
import { startWorker } from './testing/worker.ts';

interface Block {
  readonly language: string;
  /** Of a block that is a file. */
  readonly file: string | undefined;
  readonly text: string;
}

/** The code of a Markdown text, block by block, as it stands there. */
function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(([, language = '', file, text = '']) => ({
    language,
    file,
    text,
  }));
}

let api: TestApi;
let worker: Awaited<ReturnType<typeof startWorker>>;
let folder: string;
let blocks: Block[];
let environment: NodeJS.ProcessEnv;

function run(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, both] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    both += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => (both += chunk.toString()));
  return new Promise((resolve, reject) =>
    child.once('close', (code) =>
      code === 0 ? resolve(stdout) : reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${both}`)),
    ),
  );
}

beforeAll(async () => {
  api = await startApi();
  folder = await mkdtemp(join(tmpdir(), 'plumbline-docs-'));
  blocks = blocksOf(await readFile(new URL('../../../docs/api.md', import.meta.url), 'utf8'));
  const { team, engineer } = await scenarios.teamWithProject(api.db);
  const { secret } = await api.tokenOf(engineer, team, { scopes: ['read', 'write'] });
  // Node 20 has WebSocket behind a switch.
  const options = typeof WebSocket === 'undefined' ? { NODE_OPTIONS: '--experimental-websocket' } : {};
  environment = { ...process.env, PLUMBLINE_SERVER: api.url, PLUMBLINE_TOKEN: secret, ...options };
  await writeStripes(join(folder, 'brick'));
  await writeFile(join(folder, 'brick.zip'), await zipped(join(folder, 'brick')));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  for (const { file, text } of blocks) if (file) await writeFile(join(folder, file), text);
  worker = await startWorker(api);
});
afterAll(async () => {
  await worker?.stop();
  await api?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function zipped(path: string): Promise<Buffer> {
  const zip = new ZipFile();
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) zip.addFile(join(entry.parentPath, entry.name), join('brick', entry.parentPath.slice(path.length + 1), entry.name));
  zip.end();
  const parts: Buffer[] = [];
  for await (const part of zip.outputStream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const typescript = (file: string) => run(process.execPath, ['--import', import.meta.resolve('tsx'), file]);

describe('docs/api.md', () => {
  it('states the limits that the code has', async () => {
    const text = await readFile(new URL('../../../docs/api.md', import.meta.url), 'utf8');
    expect(text).toContain(`| tokens of a document | ${mostTokens} |`);
    expect(text).toContain(`| \`first\` of a list | ${longestPage} |`);
    const { errors } = await api.run(null, `{ ${'__typename '.repeat(mostTokens)} }`);
    expect(errors?.[0]?.message).toContain(String(mostTokens));
  });

  it('leads from images to maps when its shell blocks are run as they stand, one after another', async () => {
    const script = blocks.filter(({ language }) => language === 'sh').map(({ text }) => text);
    expect(script.length).toBe(9);
    await writeFile(join(folder, 'all.sh'), `set -euo pipefail\n${script.join('\n')}`);
    const said = await run('bash', ['all.sh']);
    expect(said).toMatch(/^The engineer\nProject\nThere is no such project; .+\n12\n/);
    expect(said).toContain('image,label,ssim,mse\ntest/good/6,good,');
    expect(await readFile(join(folder, 'scores.csv'), 'utf8')).toMatch(/^image,label,ssim,mse\n/);
    const zip = await readFile(join(folder, 'evaluation.zip'));
    expect(zip.includes('brick/anomaly_maps/brick/test/spot/8.tiff')).toBe(true);
    expect(zip.includes('anomaly_maps_mse')).toBe(false);
  });

  it('does so in TypeScript, and every file that it fetches is whole', async () => {
    const said = await typescript('train.ts');
    expect(said).toMatch(/^import: \w+/);
    expect(said).toMatch(/import: succeeded, 12 of 12\n/);
    expect(said).toMatch(/training: succeeded, epoch 2 of 2/);
    expect(said).toMatch(/evaluation: succeeded, 4 of 4\n\d+ files in evaluation\/\n$/);
    const map = await readFile(join(folder, 'evaluation/anomaly_maps/brick from a zip/test/spot/9.tiff'));
    expect(decodeFloat32Tiff(map)).toMatchObject({ width: 130, height: 130 });
    const runs = await api.db.trainingRun.findMany({ where: { state: 'succeeded' }, include: { variant: true } });
    const listed = (await typescript('list-runs.ts')).trim().split('\n');
    expect(listed.sort()).toEqual(runs.map(({ id, variant }) => `run_${id} ${variant.name} succeeded`).sort());
  });
});
