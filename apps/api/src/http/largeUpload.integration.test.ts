import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createDataset, scenarios } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { publicId } from '../ids.ts';
import { startApi, type TestApi } from '../testing/api.ts';

const chunk = Buffer.alloc(1024 ** 2, 'a part of an image ');
const chunks = 1024;
const bytes = chunks * chunk.length;
const mostGrowth = 150e6;

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

/** A zip by its first bytes: what is in it is the worker's to find out. */
function* content(): Generator<Buffer> {
  const first = Buffer.from(chunk);
  first.writeUInt32BE(0x504b0304);
  yield first;
  for (let i = 1; i < chunks; i++) yield chunk;
}

it('an upload of 1 GiB, and its way into the storage, cost at most 150 MB of memory', async () => {
  const team = await scenarios.teamWithProject(api.db);
  const dataset = await createDataset(api.db, team.project);
  const { cookie } = await api.signedIn(team.engineer);
  const headers = { cookie, 'tus-resumable': '1.0.0' };
  const begun = await fetch(`${api.url}/uploads`, { method: 'POST', headers: { ...headers, 'upload-length': String(bytes) } });
  const location = begun.headers.get('location') ?? '';

  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
  const sent = request(`${api.url}${location}`, {
    method: 'PATCH',
    headers: { ...headers, 'content-type': 'application/offset+octet-stream', 'content-length': bytes, 'upload-offset': 0 },
  });
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  await pipeline(Readable.from(content(), { objectMode: false }), sent);
  expect((await answered)[0].statusCode).toBe(204);

  const { data } = await api.run(
    cookie,
    `mutation ($input: StartImportInput!) {
      startImport(input: $input) { __typename ... on StartImportSuccess { import { id state } } ... on Problem { message } }
    }`,
    { input: { datasetId: publicId('Dataset', dataset.id), files: [{ uploadId: location.split('/').at(-1), path: 'set.zip' }] } },
  );
  clearInterval(watch);
  expect(data.startImport).toMatchObject({ __typename: 'StartImportSuccess' });
  expect(peak - before).toBeLessThan(mostGrowth);
});
