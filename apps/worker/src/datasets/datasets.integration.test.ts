import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJobs, type Jobs } from '@plumbline/jobs';
import {
  createDatasetVersion,
  type Dataset,
  deleteEvaluations,
  holdFiles,
  jsonWithoutFiles,
  type PrismaClient,
  requestLeakCheck,
} from '@plumbline/prisma';
import {
  createDataset,
  createImage,
  createProject,
  createTeam,
  createUser,
  type MigratedDatabase,
  scenarios,
  testDatabase,
} from '@plumbline/prisma/testing';
import { createLocalStorage, type Storage } from '@plumbline/storage';
import { pino } from 'pino';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepFiles } from '../runs/keepFiles.ts';
import { requestMissingChecks, runLeakCheck } from './leakHandler.ts';
import { graceMilliseconds, purgeDeleted } from './purge.ts';

const never = new AbortController().signal;
const log = pino({ level: 'silent' });
const day = 24 * 3600 * 1000;

let folder: string;
let storage: Storage;
let database: MigratedDatabase;
let prisma: PrismaClient;
let jobs: Jobs;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-datasets-'));
  storage = createLocalStorage({ root: folder });
  database = await testDatabase();
  prisma = database.prisma;
  jobs = createJobs({ connectionString: database.url, role: 'producer' });
  await jobs.start();
});
afterAll(async () => {
  await jobs?.stop(0);
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

const newDataset = async (): Promise<Dataset> => createDataset(prisma, await createProject(prisma, await createTeam(prisma)));
const put = async (text: string): Promise<string> => (await storage.put(Buffer.from(text))).sha256;
const there = async (sha256: string): Promise<boolean> => (await storage.stat(sha256)) !== null;
const ago = (days: number): Date => new Date(Date.now() - days * day);
const purge = () => purgeDeleted({ prisma, storage, log });

describe('what was deleted', () => {
  it('stays for seven days, then its rows and its files go; a file that something else refers to stays', async () => {
    expect(graceMilliseconds).toBe(7 * day);
    const dataset = await newDataset();
    const [own, shared, mask] = [await put('own'), await put('shared'), await put('mask')];
    const old = await createImage(prisma, dataset, {
      sha256: own,
      thumbnailSha256: shared,
      maskSha256: mask,
      label: 'x',
      split: 'test',
      deletedAt: ago(8),
    });
    const young = await createImage(prisma, dataset, { sha256: await put('young'), deletedAt: ago(6) });
    const live = await createImage(prisma, dataset, { sha256: await put('live'), thumbnailSha256: shared });
    const edit = await prisma.datasetEdit.create({
      data: { datasetId: dataset.id, changes: [{ imageId: live.id, before: { maskSha256: mask }, after: {} }] },
    });
    await purge();
    expect((await prisma.image.findMany({ where: { datasetId: dataset.id } })).map(({ id }) => id).sort()).toEqual(
      [young.id, live.id].sort(),
    );
    expect(await Promise.all([own, shared, mask, young.sha256].map(there))).toEqual([false, true, true, true]);
    // The edit that could bring the mask back grows as old as the image.
    await prisma.datasetEdit.update({ where: { id: edit.id }, data: { createdAt: ago(8) } });
    await purge();
    expect(await there(mask)).toBe(false);
    expect(await prisma.image.findUnique({ where: { id: old.id } })).toBeNull();
  });

  it('stays where a frozen version holds it, however long ago it was deleted', async () => {
    const dataset = await newDataset();
    const image = await createImage(prisma, dataset, { sha256: await put('frozen') });
    const version = await prisma.$transaction((tx) => createDatasetVersion(tx, dataset.id));
    await prisma.image.update({ where: { id: image.id }, data: { deletedAt: ago(100) } });
    await purge();
    expect(await there(image.sha256)).toBe(true);
    expect(await prisma.datasetVersionImage.count({ where: { versionId: version.id } })).toBe(1);
  });

  it('goes as a whole where a dataset was deleted, versions that nothing was learnt from included', async () => {
    const dataset = await newDataset();
    const image = await createImage(prisma, dataset, { sha256: await put('of a dataset') });
    await prisma.$transaction((tx) => createDatasetVersion(tx, dataset.id));
    await prisma.dataset.update({ where: { id: dataset.id }, data: { deletedAt: ago(6) } });
    await purge();
    expect(await there(image.sha256)).toBe(true);
    await prisma.dataset.update({ where: { id: dataset.id }, data: { deletedAt: ago(8) } });
    await purge();
    expect(await prisma.dataset.findUnique({ where: { id: dataset.id } })).toBeNull();
    expect(await there(image.sha256)).toBe(false);
    // A run refers to this one: its rows and files stay.
    const { run, version } = await scenarios.queuedRun(prisma);
    await prisma.dataset.update({ where: { id: version.datasetId }, data: { deletedAt: ago(8) } });
    await purge();
    expect(await prisma.trainingRun.findUnique({ where: { id: run.id } })).not.toBeNull();
    expect(await prisma.datasetVersion.findUnique({ where: { id: version.id } })).not.toBeNull();
  });

  it('keeps its files while an import is going on, which may have stored the same', async () => {
    const dataset = await newDataset();
    const sha256 = await put('stored again');
    await createImage(prisma, dataset, { sha256, deletedAt: ago(8) });
    const running = await prisma.datasetImport.create({ data: { datasetId: dataset.id, source: 'a', files: [], state: 'running' } });
    await purge();
    expect(await there(sha256)).toBe(true);
    await prisma.datasetImport.update({ where: { id: running.id }, data: { state: 'succeeded' } });
    await purge();
    expect(await there(sha256)).toBe(false);
  });
});

it('what cannot be removed keeps nothing else from being removed, and is named', async () => {
  const dataset = await newDataset();
  const [kept, gone] = [await put('of an edit that stays'), await put('of an image')];
  await prisma.datasetEdit.create({
    data: { datasetId: dataset.id, createdAt: ago(8), changes: [{ imageId: 'x', before: { maskSha256: kept }, after: {} }] },
  });
  await createImage(prisma, dataset, { sha256: gone, deletedAt: ago(8) });
  await prisma.$executeRaw`create function no_edits() returns trigger language plpgsql as $$ begin raise exception 'edits stay'; end $$`;
  await prisma.$executeRaw`create trigger no_edits before delete on "DatasetEdit" for each row execute function no_edits()`;
  try {
    await expect(purge()).rejects.toThrow(/^edits: [^]*edits stay/);
  } finally {
    await prisma.$executeRaw`drop function no_edits cascade`;
  }
  expect(await Promise.all([kept, gone].map(there))).toEqual([true, false]);
  await purge();
  expect(await there(kept)).toBe(false);
});

describe('the pictures of an evaluation', () => {
  it('go with it, but for those that another one shows', async () => {
    const { evaluation, reconstructions } = await scenarios.evaluatedRun(prisma);
    const [own, shared] = [await put('own picture'), await put('shared picture')];
    await prisma.reconstruction.update({
      where: { id: reconstructions[0]!.id },
      data: { inputSha256: shared, reconstructionSha256: own },
    });
    const other = await scenarios.evaluatedRun(prisma);
    await prisma.reconstruction.update({ where: { id: other.reconstructions[0]!.id }, data: { inputSha256: shared } });
    expect(await prisma.$transaction((tx) => deleteEvaluations(tx, { id: evaluation.id, state: 'failed' }))).toBe(0);
    await purge();
    expect(await Promise.all([own, shared].map(there))).toEqual([true, true]);
    expect(await prisma.$transaction((tx) => deleteEvaluations(tx, { id: evaluation.id, state: 'succeeded' }))).toBe(1);
    await purge();
    expect(await Promise.all([own, shared].map(there))).toEqual([false, true]);
  });
});

describe('a file whose bytes are those of something deleted', () => {
  it('is stored again where it was removed before its row was written, and is not removed while it is', async () => {
    const bytes = Buffer.from('stored by two');
    const { sha256 } = await storage.put(bytes);
    await prisma.discardedFile.create({ data: { address: sha256 } });
    await purge();
    expect(await there(sha256)).toBe(false);
    const { run } = await scenarios.queuedRun(prisma);
    let purging: Promise<void> | undefined;
    await prisma.$transaction(async (tx) => {
      await keepFiles(tx, storage, [{ sha256, content: bytes }]);
      expect(await there(sha256)).toBe(true);
      await prisma.discardedFile.create({ data: { address: sha256 } });
      purging = purge();
      await Promise.race([purging, new Promise((done) => setTimeout(done, 500))]);
      await tx.runPreview.create({ data: { runId: run.id, epoch: 0, imageId: 'a', sha256 } });
    });
    await purging;
    expect(await there(sha256)).toBe(true);
  });
});

it('whoever brings a file waits for who collects, longer than a statement may wait', async () => {
  let collected = false;
  const collecting = prisma.$transaction(
    async (tx) => {
      await holdFiles(tx, 'collect');
      await new Promise((done) => setTimeout(done, 3500));
      collected = true;
    },
    { timeout: 20_000 },
  );
  await new Promise((done) => setTimeout(done, 300));
  await prisma.$transaction((tx) => keepFiles(tx, storage, [{ sha256: 'a'.repeat(64), content: Buffer.alloc(0) }]), { timeout: 20_000 });
  expect(collected).toBe(true);
  await collecting;
});

it('every column of JSON that is not looked through for files is there, and none that holds some is left out', async () => {
  const rows = await prisma.$queryRaw<{ name: string }[]>`
    select table_name || '.' || column_name as name from information_schema.columns where table_schema = current_schema() and data_type = 'jsonb'`;
  const names = rows.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining([...jsonWithoutFiles]));
  expect(names.filter((name) => !jsonWithoutFiles.has(name)).sort()).toEqual([
    'Checkpoint.files',
    'DatasetEdit.changes',
    'DatasetImport.files',
  ]);
});

it('a notification goes after ninety days', async () => {
  const [user, team] = [await createUser(prisma), await createTeam(prisma)];
  const notify = (kind: string, createdAt: Date) =>
    prisma.notification.create({ data: { userId: user.id, teamId: team.id, kind, payload: {}, link: '/', createdAt } });
  await notify('old', ago(91));
  await notify('young', ago(89));
  await purge();
  expect((await prisma.notification.findMany({ where: { userId: user.id } })).map(({ kind }) => kind)).toEqual(['young']);
});

describe('a leak check', () => {
  const picture = (phase: number, quality: number) =>
    sharp(
      Buffer.from(Array.from({ length: 64 * 64 }, (_, i) => 128 + 90 * Math.sin((i % 64) / 7 + phase) * Math.cos(i / 64 / 5 + 2 * phase))),
      {
        raw: { width: 64, height: 64, channels: 1 },
      },
    )
      .webp({ quality })
      .toBuffer();
  const check = async (dataset: Dataset, sourcePattern: string | null = null) => {
    const id = await prisma.$transaction((tx) => requestLeakCheck(tx, dataset.id, { distance: 3, sourcePattern }));
    await runLeakCheck({ prisma, storage }, id!, never);
    const found = await prisma.leakCheck.findUniqueOrThrow({
      where: { id: id! },
      include: { pairs: { include: { image: true, other: true } } },
    });
    return { found, names: found.pairs.map(({ image, other }) => [image.name, other.name].sort().join(' ')) };
  };

  it('computes the hashes that are missing, and finds what looks alike across splits and nothing within one', async () => {
    const dataset = await newDataset();
    const add = async (name: string, split: 'train' | 'test', phase: number, quality: number) =>
      createImage(prisma, dataset, { name, split, thumbnailSha256: (await storage.put(await picture(phase, quality))).sha256 });
    await add('a.png', 'train', 0, 90);
    await add('a-again.png', 'test', 0, 60);
    await add('a-third.png', 'train', 0, 80);
    await add('b.png', 'test', 1.9, 90);
    const lost = await createImage(prisma, dataset, { name: 'lost.png', split: 'test' });
    const { found, names } = await check(dataset);
    expect(names.sort()).toEqual(['a-again.png a-third.png', 'a-again.png a.png']);
    expect(found).toMatchObject({ state: 'succeeded', pairCount: 2 });
    expect(await prisma.image.count({ where: { datasetId: dataset.id, differenceHash: null } })).toBe(1);
    expect((await prisma.image.findUniqueOrThrow({ where: { id: lost.id } })).differenceHash).toBeNull();
    await prisma.image.updateMany({ where: { datasetId: dataset.id, name: 'a-again.png' }, data: { deletedAt: new Date() } });
    expect((await check(dataset)).names).toEqual([]);
  });

  it('finds images of one source by their names', async () => {
    const dataset = await newDataset();
    for (const [name, split] of [
      ['p1_a.png', 'train'],
      ['p1_b.png', 'test'],
      ['p2_a.png', 'train'],
    ] as const)
      await createImage(prisma, dataset, { name, split });
    const { found, names } = await check(dataset, '{source}_*');
    expect(names).toEqual(['p1_a.png p1_b.png']);
    expect(found.pairs[0]).toMatchObject({ source: 'p1', distance: null });
  });

  it('is asked for once for every dataset that never had one, with its job', async () => {
    const dataset = await newDataset();
    await createImage(prisma, dataset, {});
    await requestMissingChecks({ prisma, jobs });
    await requestMissingChecks({ prisma, jobs });
    const checks = await prisma.leakCheck.findMany({ where: { datasetId: dataset.id } });
    expect(checks).toMatchObject([{ state: 'queued' }]);
    expect(await jobs.stateOf('leakCheck', checks[0]!.id)).toBe('created');
  });
});
