import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Worker } from 'node:worker_threads';
import express from 'express';
import { decodeFloat32Tiff, encodePng8, readPng8 } from '@plumbline/ml/images';
import { blankImage } from '@plumbline/ml/geometry';
import { resolveRecipe } from '@plumbline/ml/recipes';
import { atOriginalSize, residualFields, residualMap, upsampleMap } from '@plumbline/ml/residuals';
import { scenarios, type EvaluatedRun } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../testing/api.ts';
import { fileRoutes } from './files.ts';
import { createResiduals } from './residualQueue.ts';

const [width, height] = [40, 30];
const original = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7) % 256));

let api: TestApi;
let own: EvaluatedRun;
let cookie: string;
let imageUrl: string;
let inputPng: Buffer;
let drawnPng: Buffer;
let reconstructionId: string;

/** A picture of some structure, in whole 255ths. */
function picture(phase: number) {
  const data = Float32Array.from({ length: width * height }, (_, i) => Math.round(127 + 100 * Math.sin(i / 9 + phase)) / 255);
  return { width, height, channels: 1 as const, data };
}

beforeAll(async () => {
  api = await startApi();
  own = await scenarios.evaluatedRun(api.db);
  cookie = (await api.signedIn(own.viewer)).cookie;
  const { storage } = api.server.platform;
  inputPng = await encodePng8(picture(0));
  drawnPng = await encodePng8(picture(0.4));
  const [file, input, drawn] = [await storage.put(original), await storage.put(inputPng), await storage.put(drawnPng)];
  const [reconstruction] = own.reconstructions;
  reconstructionId = `rec_${reconstruction?.id}`;
  await api.db.reconstruction.update({
    where: { id: reconstruction?.id ?? '' },
    data: { inputSha256: input.sha256, reconstructionSha256: drawn.sha256 },
  });
  const image = await api.db.image.update({
    where: { id: reconstruction?.imageId ?? '' },
    data: { sha256: file.sha256, thumbnailSha256: input.sha256, maskSha256: drawn.sha256, width: 64, height: 48, name: 'tëst "1".png' },
  });
  imageUrl = `/files/images/img_${image.id}`;
});
afterAll(() => api.stop());

function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> {
  return fetch(`${api.url}${path}`, { method, headers: { cookie, ...headers } });
}
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

describe('a stored file', () => {
  it('comes whole, with its sha256 as ETag, to be kept by one person only', async () => {
    const answer = await get(`${imageUrl}/original`);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      etag: `"${createHash('sha256').update(original).digest('hex')}"`,
      'cache-control': 'private, max-age=31536000, immutable',
      'content-type': 'image/png',
      'content-length': '5000',
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
    });
    expect(await bytesOf(answer)).toEqual(original);
    expect((await bytesOf(await get(`${imageUrl}/thumbnail?v=1`))).equals(inputPng)).toBe(true);
    expect((await bytesOf(await get(`${imageUrl}/mask`))).equals(drawnPng)).toBe(true);
  });

  it('comes by range, not again where it is known, and without a body for HEAD', async () => {
    const url = `${imageUrl}/original`;
    const etag = (await get(url)).headers.get('etag') ?? '';
    const part = await get(url, { range: 'bytes=100-199' });
    expect([part.status, part.headers.get('content-range'), part.headers.get('content-length')]).toEqual([
      206,
      'bytes 100-199/5000',
      '100',
    ]);
    expect(await bytesOf(part)).toEqual(original.subarray(100, 200));
    expect(await bytesOf(await get(url, { range: 'bytes=-10' }))).toEqual(original.subarray(4990));
    expect(await bytesOf(await get(url, { range: 'bytes=4990-' }))).toEqual(original.subarray(4990));
    const beyond = await get(url, { range: 'bytes=5000-' });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */5000']);
    expect((await get(url, { range: 'bytes=0-9', 'if-range': '"other"' })).status).toBe(200);
    expect((await get(url, { 'if-none-match': `"x", ${etag}` })).status).toBe(304);
    const head = await get(url, {}, 'HEAD');
    expect([head.status, head.headers.get('content-length'), (await bytesOf(head)).length]).toEqual([200, '5000', 0]);
  });

  it('is for members of its team: 401 for nobody, the same 404 for a stranger, an unknown id and a missing file', async () => {
    const stranger = (await api.signedIn((await scenarios.teamWithProject(api.db)).owner)).cookie;
    const { sha256 } = await api.server.platform.storage.put(inputPng);
    await api.db.runPreview.create({ data: { runId: own.run.id, epoch: 1, imageId: 'test/good/0', sha256 } });
    const paths = [
      `${imageUrl}/original`,
      `${imageUrl}/thumbnail`,
      `${imageUrl}/mask`,
      `/files/reconstructions/${reconstructionId}/input.png`,
      `/files/reconstructions/${reconstructionId}/reconstruction.png`,
      `/files/residuals/${reconstructionId}/mse.tiff`,
      `/files/previews/run_${own.run.id}/${sha256}.png`,
    ];
    const unknown = await get('/files/images/img_00000000-0000-7000-8000-000000000000/original');
    const refusal = [404, await unknown.text()];
    for (const path of paths) {
      expect((await get(path)).status, path).toBe(200);
      expect((await fetch(`${api.url}${path}`)).status, path).toBe(401);
      const foreign = await get(path, { cookie: stranger });
      expect([foreign.status, await foreign.text()], path).toEqual(refusal);
      expect(foreign.headers.get('etag'), path).toBeNull();
    }
    const lost = own.images.find((image) => image.id !== own.reconstructions[0]?.imageId);
    for (const path of [
      `/files/images/img_${lost?.id}/original`,
      `/files/reconstructions/${reconstructionId}/other.png`,
      '/files/images/..%2f..%2fetc/original',
      '/files/images/img_1/original',
    ]) {
      const answer = await get(path);
      expect([answer.status, await answer.text()], path).toEqual(refusal);
    }
  });
});

describe('a residual map', () => {
  it.each(['ssim', 'mse'] as const)('%s equals the formula on the stored pictures, at the size of the image', async (measure) => {
    const answer = await get(`/files/residuals/${reconstructionId}/${measure}.tiff`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/tiff']);
    const map = decodeFloat32Tiff(await bytesOf(answer));
    const options = { ssim: { window: 'gaussian' as const, sigma: 1.5, size: 11 } };
    const expected = upsampleMap(residualMap(measure, await readPng8(inputPng), await readPng8(drawnPng), options), 64, 48);
    expect([map.width, map.height]).toEqual([64, 48]);
    expect(map.data).toEqual(expected.data);
    expect(Math.max(...map.data)).toBeGreaterThan(0);
  });

  it("of an evaluation that divides by expected residuals uses the protocol's options and the evaluation's own table", async () => {
    const mse = { sigma: 1, expected: true };
    const expectedResidual = { edges: [0, 1, 9], values: [2, 40] };
    const { ssim } = resolveRecipe('ae').residual;
    const [input, drawn] = [await readPng8(inputPng), await readPng8(drawnPng)];
    const inputSha256 = (await api.server.platform.storage.put(inputPng)).sha256;
    const reconstructionSha256 = (await api.server.platform.storage.put(drawnPng)).sha256;
    for (const protocol of [{ mse }, {}]) {
      const evaluated = await scenarios.evaluatedRun(api.db, {}, { protocol, metrics: { expectedResidual } });
      const [reconstruction] = evaluated.reconstructions;
      const id = reconstruction?.id ?? '';
      await api.db.reconstruction.update({ where: { id }, data: { inputSha256, reconstructionSha256 } });
      await api.db.image.update({ where: { id: reconstruction?.imageId ?? '' }, data: { width: 64, height: 48 } });
      const session = await api.signedIn(evaluated.viewer);
      const answer = await get(`/files/residuals/rec_${id}/mse.tiff`, { cookie: session.cookie });
      const expected = upsampleMap(residualMap('mse', input, drawn, { ssim, ...protocol, expected: expectedResidual }), 64, 48);
      expect(decodeFloat32Tiff(await bytesOf(answer)).data).toEqual(expected.data);
    }
  });

  it.each(['ssim', 'mse'] as const)(
    "%s of a patch recipe is put together from the sheet's tiles, in the photograph's frame",
    async (measure) => {
      const evaluated = await scenarios.evaluatedRun(api.db, { document: { geometry: { kind: 'patch' } } });
      const { geometry } = resolveRecipe('paper/ae');
      // The evaluation's protocol names no window, so the usual one holds.
      const { residual } = resolveRecipe('ae');
      // 2 × 2 tiles of 128 pixels, with a defect in the first tile's content.
      const [input, drawn] = [blankImage(256, 256, 1), blankImage(256, 256, 1)];
      for (let y = 60; y < 68; y++) input.data.fill(1, y * 256 + 60, y * 256 + 68);
      const pngs = [await encodePng8(input), await encodePng8(drawn)] as const;
      const [inputFile, drawnFile] = [await api.server.platform.storage.put(pngs[0]), await api.server.platform.storage.put(pngs[1])];
      const [reconstruction] = evaluated.reconstructions;
      await api.db.reconstruction.update({
        where: { id: reconstruction?.id ?? '' },
        data: { inputSha256: inputFile.sha256, reconstructionSha256: drawnFile.sha256 },
      });
      await api.db.image.update({ where: { id: reconstruction?.imageId ?? '' }, data: { width: 320, height: 240 } });
      const session = await api.signedIn(evaluated.viewer);
      const answer = await get(`/files/residuals/rec_${reconstruction?.id}/${measure}.tiff`, { cookie: session.cookie });
      const map = decodeFloat32Tiff(await bytesOf(answer));
      const fields = residualFields(measure, await readPng8(pngs[0]), await readPng8(pngs[1]), geometry, residual);
      expect(fields.length).toBe(4);
      const expected = atOriginalSize(fields, geometry, 320, 240);
      expect([map.width, map.height]).toEqual([320, 240]);
      expect(Buffer.from(map.data.buffer).equals(Buffer.from(expected.data.buffer))).toBe(true);
      expect(map.data.reduce((a, b) => Math.max(a, b), 0)).toBeGreaterThan(0.1);
    },
  );

  it('is not computed again where it is known, and comes by range', async () => {
    const url = `/files/residuals/${reconstructionId}/ssim.tiff`;
    const whole = await get(url);
    const bytes = await bytesOf(whole);
    expect((await get(url, { 'if-none-match': whole.headers.get('etag') ?? '' })).status).toBe(304);
    expect(await bytesOf(await get(url, { range: 'bytes=0-3' }))).toEqual(bytes.subarray(0, 4));
    const other = await get(`/files/residuals/${reconstructionId}/mse.tiff`);
    expect(other.headers.get('etag')).not.toBe(whole.headers.get('etag'));
    expect((await get(`/files/residuals/${reconstructionId}/huber.tiff`)).status).toBe(404);
  });

  it('is refused with 503 and the time to ask again while too many are being computed', async () => {
    // A thread that never answers.
    const silent = () => new Worker(`require('node:worker_threads').parentPort.on('message', () => {})`, { eval: true });
    const residuals = createResiduals({ waiting: 0, keptBytes: 0 }, silent);
    const { geometry, residual: options } = resolveRecipe('ae');
    const task = { input: '', reconstruction: '', measure: 'mse' as const, options, geometry, width: 1, height: 1 };
    const busy = expect(residuals.compute('busy', task)).rejects.toThrow('ended');
    const routes = fileRoutes(api.server.platform, residuals);
    const server = express().disable('etag').use(routes.router).listen(0, '127.0.0.1');
    try {
      await new Promise((listening) => server.once('listening', listening));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/files/residuals/${reconstructionId}/mse.tiff`;
      const answer = await fetch(url, { headers: { cookie } });
      expect([answer.status, answer.headers.get('retry-after'), answer.headers.get('etag')]).toEqual([503, '5', null]);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(await answer.text()).toContain('Too many residual maps are being computed; try again in a few seconds.');
    } finally {
      await routes.stop();
      server.close();
    }
    await busy;
  });
});
