import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { lockContent } from '@plumbline/prisma';
import { scenarios, type TeamWithProject } from '@plumbline/prisma/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually, startApi, type TestApi } from '../../testing/api.ts';

const tus = { 'tus-resumable': '1.0.0' };
const piece = { ...tus, 'content-type': 'application/offset+octet-stream' };
const startImport = `mutation ($input: StartImportInput!) { startImport(input: $input) {
  __typename ... on StartImportSuccess { import { id state source total } } ... on InvalidInput { issues { path message } } ... on NotFound { message } } }`;

let api: TestApi;
let team: TeamWithProject;
let engineer: string;
let viewer: string;
let datasetId: string;

beforeAll(async () => {
  api = await startApi();
  team = await scenarios.teamWithProject(api.db);
  engineer = (await api.signedIn(team.engineer)).cookie;
  viewer = (await api.signedIn(team.viewer)).cookie;
  const made = await api.run(
    engineer,
    'mutation ($i: CreateDatasetInput!) { createDataset(input: $i) { ... on CreateDatasetSuccess { dataset { id } } } }',
    {
      i: { projectId: `prj_${team.project.id}`, name: 'brick' },
    },
  );
  datasetId = made.data.createDataset.dataset.id;
});
afterAll(() => api.stop());

function begin(cookie: string | null, length: number, more: Record<string, string> = {}): Promise<Response> {
  return fetch(`${api.url}/uploads`, {
    method: 'POST',
    headers: { ...tus, 'upload-length': String(length), ...(cookie ? { cookie } : {}), ...more },
  });
}

async function upload(cookie: string, bytes: Buffer): Promise<string> {
  const location = (await begin(cookie, bytes.length)).headers.get('location') ?? '';
  const sent = await fetch(`${api.url}${location}`, {
    method: 'PATCH',
    headers: { ...piece, cookie, 'upload-offset': '0' },
    body: new Uint8Array(bytes),
  });
  expect(sent.status).toBe(204);
  return location.split('/').at(-1) ?? '';
}

it('an interrupted upload goes on where it stopped, refuses a wrong offset, and becomes an import with its job', async () => {
  const bytes = Buffer.alloc(3_000_000, 'a part of an image ');
  const created = await begin(engineer, bytes.length);
  expect(created.status).toBe(201);
  const location = created.headers.get('location') ?? '';
  expect(location).toMatch(/^\/uploads\//);
  const uploadId = location.split('/').at(-1) ?? '';
  const at = `${api.url}${location}`;

  // The connection breaks in the middle of a piece.
  const broken = new AbortController();
  const half = new ReadableStream({
    start(stream) {
      stream.enqueue(new Uint8Array(bytes.subarray(0, 1_000_000)));
      setTimeout(() => broken.abort(), 300);
    },
  });
  const request = {
    method: 'PATCH',
    headers: { ...piece, cookie: engineer, 'upload-offset': '0' },
    body: half,
    duplex: 'half',
    signal: broken.signal,
  };
  await expect(fetch(at, request as RequestInit)).rejects.toThrow();

  const early = await api.run(engineer, startImport, { input: { datasetId, files: [{ path: 'a.png', uploadId }] } });
  expect(early.data.startImport.issues[0]).toMatchObject({ path: 'files.0.uploadId', message: expect.stringContaining('not complete') });

  const known = await fetch(at, { method: 'HEAD', headers: { ...tus, cookie: engineer } });
  const offset = Number(known.headers.get('upload-offset'));
  expect(offset).toBeGreaterThan(0);
  expect(offset).toBeLessThanOrEqual(1_000_000);
  const wrong = await fetch(at, {
    method: 'PATCH',
    headers: { ...piece, cookie: engineer, 'upload-offset': String(offset + 1) },
    body: 'x',
  });
  expect(wrong.status).toBe(409);
  const rest = await fetch(at, {
    method: 'PATCH',
    headers: { ...piece, cookie: engineer, 'upload-offset': String(offset) },
    body: new Uint8Array(bytes.subarray(offset)),
  });
  expect(rest.status).toBe(204);

  const started = await api.run(engineer, startImport, { input: { datasetId, files: [{ path: 'train/good/a.png', uploadId }] } });
  expect(started.data.startImport.import).toMatchObject({ state: 'queued', source: 'train/good/a.png', total: 1 });
  const importId = started.data.startImport.import.id.slice(4);
  const row = await api.db.datasetImport.findUniqueOrThrow({ where: { id: importId } });
  const [file] = row.files as { path: string; sha256: string }[];
  expect(file?.path).toBe('train/good/a.png');
  expect(await api.server.platform.storage.stat(file?.sha256 ?? '')).toMatchObject({ bytes: bytes.length });
  const jobs = await api.db.$queryRaw<{ name: string; data: unknown }[]>`select name, data from pgboss.job where id = ${importId}::uuid`;
  expect(jobs).toEqual([{ name: 'import', data: { importId } }]);
  expect(readdirSync(join(api.data, 'uploads'))).toEqual([]);
});

it('an upload that its owner ends is gone from the disk, finished or not; for anybody else it does not exist', async () => {
  const other = (await api.signedIn((await scenarios.teamWithProject(api.db)).engineer)).cookie;
  const finished = await upload(engineer, Buffer.from('all of it'));
  const unfinished = (await begin(engineer, 1_000)).headers.get('location')?.split('/').at(-1) ?? '';
  const end = (cookie: string, id: string) => fetch(`${api.url}/uploads/${id}`, { method: 'DELETE', headers: { ...tus, cookie } });
  for (const id of [finished, unfinished]) {
    expect((await end(other, id)).status).toBe(404);
    expect(readdirSync(join(api.data, 'uploads'))).toContain(id);
    expect((await end(engineer, id)).status).toBe(204);
  }
  expect(readdirSync(join(api.data, 'uploads'))).toEqual([]);
});

it('an upload is named by the path of the address alone: nothing behind it reaches another person’s', async () => {
  const other = (await api.signedIn((await scenarios.teamWithProject(api.db)).engineer)).cookie;
  const uploadId = (await begin(engineer, 4)).headers.get('location')?.split('/').at(-1) ?? '';
  const own = (await begin(other, 4)).headers.get('location')?.split('/').at(-1) ?? '';
  for (const path of [`?/${uploadId}`, `/?/${uploadId}`, `/${own}?x=/${uploadId}`, `/${own}/${uploadId}`, `/${own}?%2f${uploadId}`]) {
    const address = `${api.url}/uploads${path}`;
    const sent = await fetch(address, { method: 'PATCH', headers: { ...piece, cookie: other, 'upload-offset': '0' }, body: 'evil' });
    // What has an id of the person's own in its path is theirs, and is only that.
    if (sent.ok) expect(path).toContain(`/${own}?`);
    await fetch(address, { method: 'DELETE', headers: { ...tus, cookie: other } });
    const there = await fetch(`${api.url}/uploads/${uploadId}`, { method: 'HEAD', headers: { ...tus, cookie: engineer } });
    expect([there.status, there.headers.get('upload-offset')], path).toEqual([200, '0']);
  }
  await fetch(`${api.url}/uploads/${uploadId}`, { method: 'DELETE', headers: { ...tus, cookie: engineer } });
});

it('several files become one import; a zip is told by its content and kept whole', async () => {
  const ids = [await upload(engineer, Buffer.from('one')), await upload(engineer, Buffer.from('two'))];
  const folder = await api.run(engineer, startImport, {
    input: { datasetId, files: ids.map((uploadId, i) => ({ path: `train/good/${i}.png`, uploadId })) },
  });
  expect(folder.data.startImport.import).toMatchObject({ source: '2 files', total: 2 });
  const zip = await upload(engineer, Buffer.from('504b0506000000000000000000000000000000000000', 'hex'));
  const unpacked = await api.run(engineer, startImport, { input: { datasetId, files: [{ path: 'set.bin', uploadId: zip }] } });
  const row = await api.db.datasetImport.findUniqueOrThrow({ where: { id: unpacked.data.startImport.import.id.slice(4) } });
  expect(row).toMatchObject({ source: 'set.bin', files: [{ zip: expect.stringMatching(/^[0-9a-f]{64}$/) }] });
});

it('what was said about files goes with them, and a defect is taken in among the test images alone', async () => {
  const start = async (path: string, place: object, content: string) =>
    api.run(engineer, startImport, {
      input: { datasetId, files: [{ path, uploadId: await upload(engineer, Buffer.from(content)), place }] },
    });
  const started = await start('loose.png', { split: 'test', label: ' scratch ' }, 'loose');
  const row = await api.db.datasetImport.findUniqueOrThrow({ where: { id: started.data.startImport.import.id.slice(4) } });
  expect(row.files).toMatchObject([{ path: 'loose.png', place: { split: 'test', label: 'scratch' } }]);
  for (const [place, sentence] of [
    [{ split: 'train', label: 'scratch' }, 'Only test images can be defective'],
    [{ split: 'test', label: 'a/b' }, 'A label holds no slashes'],
    [{ split: 'test', label: ' ' }, 'Give the defect a name'],
    [{ split: 'test', label: 'Good' }, 'Good images have the label good, in small letters'],
    [{ split: 'train', label: 'GOOD' }, 'Good images have the label good, in small letters'],
  ] as const) {
    const refused = await start('loose.png', place, sentence);
    expect(refused.data.startImport.issues).toEqual([{ path: expect.any(String), message: expect.stringContaining(sentence) }]);
  }
  const good = await start('good.png', { split: 'test', label: 'good' }, 'good');
  expect(good.data.startImport.__typename).toBe('StartImportSuccess');
});

it('an import tells how many files were there already and how many are none', async () => {
  const { id } = await api.db.datasetImport.create({
    data: { datasetId: datasetId.slice(4), source: 'counted', files: [], state: 'succeeded', total: 3, done: 3, accepted: 1 },
  });
  const kinds = ['accepted', 'duplicate', 'ignored'] as const;
  await api.db.importVerdict.createMany({ data: kinds.map((verdict) => ({ importId: id, path: verdict, verdict })) });
  const read = await api.run(
    engineer,
    'query ($id: ID!) { node(id: $id) { ... on DatasetImport { total accepted refused duplicates ignored } } }',
    {
      id: `imp_${id}`,
    },
  );
  expect(read.data.node).toEqual({ total: 3, accepted: 1, refused: 0, duplicates: 1, ignored: 1 });
});

it('an archive that an earlier import of it removes just before the row is made is stored again', async () => {
  const bytes = Buffer.from(`504b0506${'00'.repeat(17)}01`, 'hex');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { storage } = api.server.platform;
  const uploadId = await upload(engineer, bytes);
  // The worker's part: it holds the content while it counts and removes.
  const starting = await api.db.$transaction(async (tx) => {
    await lockContent(tx, sha256);
    const answer = api.run(engineer, startImport, { input: { datasetId, files: [{ path: 'set.zip', uploadId }] } });
    await eventually('the archive is in storage', 2000, async () => (await storage.stat(sha256)) !== null);
    await new Promise((done) => setTimeout(done, 200));
    expect(await tx.datasetImport.count({ where: { files: { equals: [{ zip: sha256 }] } } })).toBe(0);
    await storage.remove(sha256);
    return { answer };
  });
  expect((await starting.answer).data.startImport.import).toMatchObject({ state: 'queued', source: 'set.zip' });
  expect(await storage.stat(sha256)).toMatchObject({ bytes: bytes.length });
});

it('an upload is for people who may import, belongs to who began it, and has a size limit', async () => {
  expect((await begin(null, 10)).status).toBe(401);
  expect((await begin(viewer, 10)).status).toBe(403);
  expect((await begin(engineer, 6 * 1024 ** 3)).status).toBe(413);
  expect((await begin(engineer, 10, { origin: 'https://elsewhere.example' })).status).toBe(403);
  const uploadId = await upload(engineer, Buffer.from('mine'));
  const admin = (await api.signedIn(team.admin)).cookie;
  for (const path of [uploadId, '..%2f..%2fsecrets.json', `${team.admin.id}.${'0'.repeat(32)}`, `${uploadId}.json`]) {
    const answer = await fetch(`${api.url}/uploads/${path}`, { method: 'HEAD', headers: { ...tus, cookie: admin } });
    expect(answer.status, path).toBe(404);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  }
  const stolen = await api.run(admin, startImport, { input: { datasetId, files: [{ path: 'a', uploadId }] } });
  expect(stolen.data.startImport.__typename).toBe('InvalidInput');
  const doubled = await api.run(engineer, startImport, { input: { datasetId, files: [1, 2].map(() => ({ path: 'same.png', uploadId })) } });
  expect(doubled.data.startImport.issues[0].message).toContain('same.png is listed twice');
  expect(existsSync(join(api.data, 'uploads', uploadId))).toBe(true);
});

it('a dataset is deleted by its name, unless a run refers to it or an import goes on', async () => {
  const remove = `mutation ($i: DeleteDatasetInput!) { deleteDataset(input: $i) { __typename ... on InvalidInput { issues { path message } } } }`;
  const admin = (await api.signedIn(team.admin)).cookie;
  const busy = await api.run(admin, remove, { i: { id: datasetId, confirmName: 'brick' } });
  expect(busy.data.deleteDataset.issues[0].message).toContain('An import into brick is going on');
  const queued = await scenarios.queuedRun(api.db);
  const owner = (await api.signedIn(queued.admin)).cookie;
  const used = await api.run(owner, remove, { i: { id: `dst_${queued.dataset.id}`, confirmName: queued.dataset.name } });
  expect(used.data.deleteDataset.issues[0].message).toContain('A training run refers to');
  const free = await scenarios.datasetWithImages(api.db, queued.project);
  const wrong = await api.run(owner, remove, { i: { id: `dst_${free.dataset.id}`, confirmName: 'other' } });
  expect(wrong.data.deleteDataset.issues[0].path).toBe('confirmName');
  const done = await api.run(owner, remove, { i: { id: `dst_${free.dataset.id}`, confirmName: free.dataset.name } });
  expect(done.data.deleteDataset.__typename).toBe('DeleteDatasetSuccess');
  const read = await api.run(owner, 'query ($id: ID!) { dataset(id: $id) { id } }', { id: `dst_${free.dataset.id}` });
  expect(read.data.dataset).toBeNull();
});
