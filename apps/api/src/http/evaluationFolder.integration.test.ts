import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { parseScores } from '@plumbline/ml/experiment';
import { decodeFloat32Tiff, encodePng8 } from '@plumbline/ml/images';
import { resolveRecipe } from '@plumbline/ml/recipes';
import { scenarios, type EvaluatedRun } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { startApi, type TestApi } from '../testing/api.ts';

let api: TestApi;
let own: EvaluatedRun;
let cookie: string;
let base: string;
let checkpoint: string;

function picture(phase: number) {
  const data = Float32Array.from({ length: 40 * 30 }, (_, i) => Math.round(127 + 100 * Math.sin(i / 9 + phase)) / 255);
  return { width: 40, height: 30, channels: 1 as const, data };
}

beforeAll(async () => {
  api = await startApi();
  const { db } = api;
  const { storage } = api.server.platform;
  own = await scenarios.evaluatedRun(db, { document: resolveRecipe('ae') }, { metrics: { class: 'bricks/red', split: 'test' } });
  cookie = (await api.signedIn(own.viewer)).cookie;
  base = `/files/evaluations/evl_${own.evaluation.id}`;
  for (const [at, { id, imageId }] of own.reconstructions.entries()) {
    const input = await storage.put(await encodePng8(picture(at)));
    const drawn = await storage.put(await encodePng8(picture(at + 0.4)));
    const orientations = at === 0 ? [12.5, 90] : [];
    await db.reconstruction.update({
      where: { id },
      data: { inputSha256: input.sha256, reconstructionSha256: drawn.sha256, orientations },
    });
    await db.image.update({ where: { id: imageId }, data: { width: 64, height: 48 } });
  }
  const files = [];
  for (const name of ['manifest.json', 'checkpoints/best/weights.f32']) files.push({ name, ...(await storage.put(Buffer.from(name))) });
  await db.checkpoint.update({ where: { id: own.checkpoint.id }, data: { files } });
  checkpoint = `chk_${own.checkpoint.id}`;
});
afterAll(() => api.stop());

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${api.url}${path}`, { method, headers: { cookie, ...headers } });
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest();

async function unzipped(bytes: Buffer): Promise<Map<string, Buffer>> {
  const zip = (await promisify(fromBuffer as (b: Buffer, o: object, done: (e: Error | null, z?: ZipFile) => void) => void)(bytes, {
    lazyEntries: true,
  })) as unknown as ZipFile;
  const found = new Map<string, Buffer>();
  await new Promise<void>((done, failed) => {
    zip.on('entry', (entry: Entry) => {
      zip.openReadStream(entry, (error, stream) => {
        if (error) return failed(error);
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part)).on('error', failed);
        stream.on('end', () => {
          found.set(entry.fileName, Buffer.concat(parts));
          zip.readEntry();
        });
      });
    });
    zip.on('end', done).on('error', failed);
    zip.readEntry();
  });
  return found;
}

describe("an evaluation's folder", () => {
  it('has its tables as the command line writes them', async () => {
    const metrics = await get(`${base}/metrics.json`);
    expect([metrics.status, metrics.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    expect(metrics.headers.get('cache-control')).toBe('private, no-cache');
    const { metrics: stored, checkpoint } = await api.db.evaluation.findUniqueOrThrow({
      where: { id: own.evaluation.id },
      include: { checkpoint: { include: { run: { include: { variant: true } } } } },
    });
    expect(await metrics.json()).toEqual({ ...(stored as object), variant: checkpoint.run.variant.name });
    const scores = parseScores(await (await get(`${base}/scores.csv`)).text(), 'scores.csv');
    expect(scores.images).toEqual(['test/good/0', 'test/good/1', 'test/scratch/0', 'test/scratch/1']);
    expect(scores.defective).toEqual([false, false, true, true]);
    const maps = await api.db.residualMap.findMany({ where: { reconstruction: { evaluationId: own.evaluation.id }, measure: 'mse' } });
    expect([...scores.scores.mse].sort()).toEqual(maps.map(({ score }) => score).sort());
    const orientations = await (await get(`${base}/orientations.csv`)).text();
    expect(
      orientations
        .trim()
        .split('\n')
        .map((line) => line.replace(/^[^,]+/, '')),
    ).toEqual([',patch,degrees', ',0,12.5', ',1,90']);
    expect((await get(`${base}/etc`)).status).toBe(404);
  });

  it('comes as one zip of known length, whose maps lie where the evaluation code of MVTec looks and are those of their own addresses', async () => {
    const answer = await get(`${base}/folder.zip`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip']);
    expect(answer.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''bricks_red.zip");
    const bytes = await bytesOf(answer);
    expect(bytes.length).toBe(Number(answer.headers.get('content-length')));
    const head = await get(`${base}/folder.zip`, {}, 'HEAD');
    expect([head.headers.get('content-length'), (await bytesOf(head)).length]).toEqual([String(bytes.length), 0]);
    const entries = await unzipped(bytes);
    expect([...entries.keys()].filter((path) => path.includes('anomaly_maps/'))).toEqual([
      'bricks_red/anomaly_maps/bricks_red/test/good/0.tiff',
      'bricks_red/anomaly_maps/bricks_red/test/good/1.tiff',
      'bricks_red/anomaly_maps/bricks_red/test/scratch/0.tiff',
      'bricks_red/anomaly_maps/bricks_red/test/scratch/1.tiff',
    ]);
    const { files } = (await (await get(`${base}/files.json`)).json()) as { files: Listed[] };
    expect(files.map(({ path }) => `bricks_red/${path}`)).toEqual([...entries.keys()]);
    for (const { path, url, bytes: size, sha256: digest } of files) {
      const inZip = entries.get(`bricks_red/${path}`);
      const alone = await get(url);
      expect(inZip?.equals(await bytesOf(alone)), path).toBe(true);
      expect(inZip?.length, path).toBe(size);
      const actual = sha256(inZip ?? Buffer.alloc(0));
      expect(alone.headers.get('repr-digest'), path).toBe(`sha-256=:${actual.toString('base64')}:`);
      expect(digest, path).toBe(path.endsWith('.tiff') ? null : actual.toString('hex'));
    }
    const map = decodeFloat32Tiff(entries.get('bricks_red/anomaly_maps/bricks_red/test/scratch/0.tiff') ?? Buffer.alloc(0));
    expect([map.width, map.height]).toEqual([64, 48]);
    expect(Math.max(...map.data)).toBeGreaterThan(0);
  });

  it('leaves out the maps that are not wanted, and says what may be asked for', async () => {
    const pathsOf = async (query: string) =>
      ((await (await get(`${base}/files.json?maps=${query}`)).json()) as { files: Listed[] }).files.map(({ path }) => path.split('/')[0]);
    expect(await pathsOf('mse')).not.toContain('anomaly_maps');
    expect(await pathsOf('mse')).toContain('anomaly_maps_mse');
    expect(await pathsOf('none')).not.toContain('anomaly_maps_mse');
    const wrong = await get(`${base}/folder.zip?maps=huber`);
    expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining('maps is huber; give ssim, mse')]);
  });

  it('is told to be not there yet while the evaluation is not done', async () => {
    const waiting = await api.db.evaluation.create({
      data: { checkpointId: own.checkpoint.id, datasetVersionId: (await otherVersion()).id, protocol: {} },
    });
    for (const file of ['metrics.json', 'files.json', 'folder.zip']) {
      const answer = await get(`/files/evaluations/evl_${waiting.id}/${file}`);
      expect([answer.status, await answer.text()], file).toEqual([409, expect.stringContaining('no results yet (queued)')]);
    }
  });

  it('is refused before anything is sent when storage has lost one of its pictures', async () => {
    const lost = await scenarios.evaluatedRun(api.db);
    const session = await api.signedIn(lost.viewer);
    const answer = await get(`/files/evaluations/evl_${lost.evaluation.id}/folder.zip`, { cookie: session.cookie });
    expect([answer.status, answer.headers.get('content-disposition')]).toEqual([404, null]);
  });
});

describe("a checkpoint's files", () => {
  it('come by their names and are asked for anew, since the next epoch replaces them', async () => {
    const { data } = await api.run(cookie, `{ node(id: "${checkpoint}") { ... on Checkpoint { files { name bytes sha256 url } } } }`);
    expect(data.node.files).toHaveLength(2);
    for (const { name, bytes, sha256: digest, url } of data.node.files) {
      const answer = await get(url);
      expect(answer.headers.get('cache-control')).toBe('private, no-cache');
      const body = await bytesOf(answer);
      expect([body.toString(), body.length, sha256(body).toString('hex')]).toEqual([name, bytes, digest]);
    }
    expect((await get(`/files/checkpoints/${checkpoint}/checkpoints/best/other.f32`)).status).toBe(404);
  });
});

interface Listed {
  readonly path: string;
  readonly url: string;
  readonly bytes: number;
  readonly sha256: string | null;
}

const otherVersion = () =>
  api.db.datasetVersion.create({ data: { datasetId: own.dataset.id, number: 9, contentHash: 'another', imageCount: 0 } });
